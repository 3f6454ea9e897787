"""The commands of `kiosk-center`, one module each."""

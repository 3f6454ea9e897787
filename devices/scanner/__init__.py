"""BarcodeReader: serial scan engines, and a camera with decoders."""

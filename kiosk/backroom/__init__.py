"""The child process behind the screen: owns the devices, the outbox and the way to the center."""

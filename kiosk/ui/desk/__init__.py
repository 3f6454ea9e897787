"""The device desk: a second window that works the virtual devices by hand."""

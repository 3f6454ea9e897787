"""The command line of the terminal: one file a command group, found by its name."""

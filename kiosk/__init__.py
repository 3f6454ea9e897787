"""The terminal program: screens, visit, outbox, sync, command line."""

"""The center: enrols terminals, receives and decides cases, answers lookups and progress."""

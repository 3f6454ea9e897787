"""The types of field: how each is read, kept, shown, and what is said of it while it is typed."""

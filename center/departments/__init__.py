"""Department systems, one module each, found by the name of the lookup."""

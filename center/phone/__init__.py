"""Pages for the phone of whoever holds a receipt: how far the case is, and how to go on with a visit that was kept."""

"""Documents the center issues: drawn, signed, and shown to whoever verifies them."""

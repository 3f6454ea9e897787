"""One person's way through the terminal as plain data: intents and messages in, a Screen value out. No Qt here."""

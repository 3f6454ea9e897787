"""What the screen process and the backroom say to each other: all that they share is here."""

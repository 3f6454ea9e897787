"""What happens to a case (办件) at the center: its stages, clocks, parts, corrections and follow-ups."""

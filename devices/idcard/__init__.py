"""CardReader: SDT/SAM readers of resident identity cards."""

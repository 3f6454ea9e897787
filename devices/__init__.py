"""Devices of the terminal: per class a contract, drivers and a virtual twin; usable without Qt and without the rest."""

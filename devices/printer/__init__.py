"""Printer: receipts as ESC/POS bytes."""

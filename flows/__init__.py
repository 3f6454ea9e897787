"""Matters, steps, expressions, fields, visit, case and the wire format: pure Python, no devices, no screen."""

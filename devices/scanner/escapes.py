"""Bytes as a technician writes them in a configuration: text with \\r, \\n, \\t, \\e, \\0, \\\\ and \\xHH."""

import re

NAMED = {"r": b"\r", "n": b"\n", "t": b"\t", "e": b"\x1b", "0": b"\0", "\\": b"\\"}
PIECE = re.compile(r"\\x([0-9A-Fa-f]{2})|\\([rnte0\\])|([^\\]+)|(.)", re.DOTALL)


def escaped_bytes(key: str, text: str) -> bytes:
    """Raises ValueError naming `key` where an escape is not known."""
    raw = b""
    for number, name, plain, wrong in PIECE.findall(text):
        if wrong:
            raise ValueError(f"key '{key}' has an unknown escape; known: \\r \\n \\t \\e \\0 \\\\ \\xHH")
        raw += bytes.fromhex(number) if number else NAMED[name] if name else plain.encode()
    return raw

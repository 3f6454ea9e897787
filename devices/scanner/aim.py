"""AIM symbology identifiers (ISO/IEC 15424): `]Q1` before a payload says that a QR code was read."""

import re

IDENTIFIER = re.compile(rb"\](.)(.)")
NAMES = {  # spelled as the decoders' symbologies are
    b"A": "Code39",
    b"C": "Code128",
    b"E": "EAN13",
    b"F": "Codabar",
    b"G": "Code93",
    b"I": "ITF",
    b"L": "PDF417",
    b"Q": "QRCode",
    b"U": "MaxiCode",
    b"d": "DataMatrix",
    b"e": "DataBar",
    b"z": "Aztec",
}
UNKNOWN = "unknown"


def symbology_and_text(payload: bytes) -> tuple[str, bytes]:
    """The identifier read and taken off; a payload without one is left as it is."""
    found = IDENTIFIER.match(payload)
    if found is None or found[1] not in NAMES:
        return UNKNOWN, payload
    name = "EAN8" if found[0] == b"]E4" else NAMES[found[1]]
    return name, payload[found.end() :]

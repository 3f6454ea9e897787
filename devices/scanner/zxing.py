"""zxing-cpp: the first decoder, fast enough for every frame."""

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from devices.scanner.charset import corrected
from devices.scanner.contract import Code

Grey = NDArray[np.uint8]
Codes = tuple[Code, ...]
MATRIX = ("QRCode", "MicroQRCode", "RMQRCode", "DataMatrix", "Aztec", "PDF417", "MicroPDF417", "MaxiCode")
CHECKED = ("Code128", "Code93", "EAN13", "EAN8", "UPCA", "UPCE", "DataBarOmni", "DataBarExp", "DataBarLtd")
# No check digit of their own: stripes of print pass for them, so short ones are not believed.
UNCHECKED = {"Code39": 5, "ITF": 8, "ITF14": 8, "Codabar": 8}
# Identifiers (ISO/IEC 15424) of codes that state their character set.
ECI = ("]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6", "]z3", "]z4", "]z5", "]L1")


def _formats(names: tuple[str, ...]) -> zxingcpp.BarcodeFormats:
    return zxingcpp.barcode_formats_from_str("|".join(names))


ALL = _formats((*MATRIX, *CHECKED, *UNCHECKED))
# What is held up here, looked for first: all the others together cost four times as much as these two.
COMMON = _formats(("QRCode", "Code128"))
QR = _formats(("QRCode",))
BARS = _formats(("Code128",))


def _code(barcode: zxingcpp.Barcode) -> Code | None:
    """None for what looks like a code and cannot be trusted."""
    name, text = barcode.format.name, barcode.text
    if not text or len(text) < UNCHECKED.get(name, 1):
        return None
    if barcode.symbology_identifier not in ECI:
        text = corrected(text, barcode.bytes)
    return Code(name, text)


def read_zxing(grey: Grey, formats: zxingcpp.BarcodeFormats = ALL) -> tuple[Code, ...]:
    """Codes in a grey picture of shape (height, width); symbologies are spelled as zxing spells them."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=formats,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(code for barcode in found if (code := _code(barcode)) is not None)


def read_worked_over(grey: Grey, formats: zxingcpp.BarcodeFormats, *, threshold: str = "LocalAverage") -> Codes:
    """One look at a picture that was made for it: no inverting, no scaling. `threshold`: LocalAverage, FixedThreshold
    (half of white), GlobalHistogram.
    """
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(grey),
        formats=formats,
        try_downscale=False,
        try_invert=False,
        binarizer=getattr(zxingcpp.Binarizer, threshold),
        text_mode=zxingcpp.TextMode.Plain,
    )
    return tuple(code for barcode in found if (code := _code(barcode)) is not None)

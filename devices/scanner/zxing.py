"""zxing-cpp: the first decoder, fast enough for every frame."""

import re
from collections.abc import Callable
from functools import partial

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from devices.scanner.charset import corrected, is_plain
from devices.scanner.contract import Code

Grey = NDArray[np.uint8]
Codes = tuple[Code, ...]
Look = Callable[..., list[zxingcpp.Barcode]]  # takes the text_mode
MATRIX = ("QRCode", "MicroQRCode", "RMQRCode", "DataMatrix", "Aztec", "PDF417", "MicroPDF417", "MaxiCode")
CHECKED = ("Code128", "Code93", "EAN13", "EAN8", "UPCA", "UPCE", "DataBarOmni", "DataBarExp", "DataBarLtd")
# No check digit of their own: stripes of print pass for them, so short ones are not believed.
UNCHECKED = {"Code39": 5, "ITF": 8, "ITF14": 8, "Codabar": 8}
# An ECI in what is sent on (ISO/IEC 15424): a backslash and six digits; a backslash of the text is sent twice.
ECI = re.compile(rb"\\(?:\\|(\d{6}))")


def _formats(names: tuple[str, ...]) -> zxingcpp.BarcodeFormats:
    return zxingcpp.barcode_formats_from_str("|".join(names))


ALL = _formats((*MATRIX, *CHECKED, *UNCHECKED))
# What is held up here, looked for first: all the others together cost four times as much as these two.
COMMON = _formats(("QRCode", "Code128"))
QR = _formats(("QRCode",))
BARS = _formats(("Code128",))


def _code(barcode: zxingcpp.Barcode, stated: frozenset[int]) -> Code | None:
    """None for what looks like a code and cannot be trusted."""
    name, text = barcode.format.name, barcode.text
    if not text or len(text) < UNCHECKED.get(name, 1):
        return None
    known = corrected(text, barcode.bytes, stated)
    return Code(name, known) if known else None


def _read(look: Look) -> Codes:
    found = look(text_mode=zxingcpp.TextMode.Plain)
    stated: dict[bytes, frozenset[int]] = {}
    if not all(is_plain(barcode.text, barcode.bytes) for barcode in found):
        for barcode in look(text_mode=zxingcpp.TextMode.HexECI):
            numbers = ECI.findall(bytes.fromhex(barcode.text))
            stated[barcode.bytes] = frozenset(int(number) for number in numbers if number)
    codes = (_code(barcode, stated.get(barcode.bytes, frozenset())) for barcode in found)
    return tuple(code for code in codes if code is not None)


def read_zxing(grey: Grey, formats: zxingcpp.BarcodeFormats = ALL) -> tuple[Code, ...]:
    """Codes in a grey picture of shape (height, width); symbologies are spelled as zxing spells them."""
    return _read(partial(zxingcpp.read_barcodes, np.ascontiguousarray(grey), formats=formats))


def read_worked_over(grey: Grey, formats: zxingcpp.BarcodeFormats, *, threshold: str = "LocalAverage") -> Codes:
    """One look at a picture that was made for it: no inverting, no scaling. `threshold`: LocalAverage, FixedThreshold
    (half of white), GlobalHistogram.
    """
    binarizer = getattr(zxingcpp.Binarizer, threshold)
    picture = np.ascontiguousarray(grey)
    return _read(
        partial(
            zxingcpp.read_barcodes,
            picture,
            formats=formats,
            try_downscale=False,
            try_invert=False,
            binarizer=binarizer,
        )
    )

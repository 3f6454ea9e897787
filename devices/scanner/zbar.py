"""ZBar through pyzbar's bindings, asked for the bytes as they are in the code.

pyzbar's own `decode` leaves ZBar guessing the character set, which turns Chinese into Japanese or Big5.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char, c_void_p, cast, string_at
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyzbar import wrapper

from devices.scanner.charset import certain
from devices.scanner.contract import Code

Grey = NDArray[np.uint8]
GREY_FORMAT = 808466521  # ZBar's name for 8-bit grey, "Y800"
CFG_BINARY = 4  # zbar.h since 0.23.1; pyzbar's enumeration ends before it
# Only symbologies with a check of their own; ZBar finds the others in ordinary print.
NAMES = {"QRCODE": "QRCode", "CODE128": "Code128", "CODE93": "Code93", "EAN13": "EAN13"}


@contextmanager
def _scanner() -> Iterator[Any]:
    scanner = wrapper.zbar_image_scanner_create()
    try:
        for symbol in wrapper.ZBarSymbol:
            wanted = int(symbol.name in NAMES)
            wrapper.zbar_image_scanner_set_config(scanner, symbol, wrapper.ZBarConfig.CFG_ENABLE, wanted)
        wrapper.zbar_image_scanner_set_config(scanner, wrapper.ZBarSymbol.QRCODE, CFG_BINARY, 1)
        yield scanner
    finally:
        wrapper.zbar_image_scanner_destroy(scanner)


@contextmanager
def _image(grey: Grey) -> Iterator[Any]:
    image, pixels = wrapper.zbar_image_create(), (c_char * grey.size).from_buffer_copy(grey.tobytes())
    try:
        wrapper.zbar_image_set_format(image, GREY_FORMAT)
        wrapper.zbar_image_set_size(image, grey.shape[1], grey.shape[0])
        wrapper.zbar_image_set_data(image, cast(pixels, c_void_p), grey.size, None)
        yield image
    finally:
        wrapper.zbar_image_destroy(image)


def read_zbar(grey: Grey) -> tuple[Code, ...]:
    """Codes in a grey picture of shape (height, width)."""
    codes: list[Code] = []
    with _scanner() as scanner, _image(grey) as image:
        wrapper.zbar_scan_image(scanner, image)
        symbol = wrapper.zbar_image_first_symbol(image)
        while symbol:
            raw = string_at(wrapper.zbar_symbol_get_data(symbol), wrapper.zbar_symbol_get_data_length(symbol))
            name = NAMES.get(wrapper.ZBarSymbol(symbol.contents.type).name)
            text = certain(raw)
            if name and text:
                codes.append(Code(name, text))
            symbol = wrapper.zbar_symbol_next(symbol)
    return tuple(codes)

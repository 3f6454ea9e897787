"""The portrait of the card that was read, in memory and only while its visit lasts, and how a face compares with it."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from devices.camera.contract import FaceCheck, Frame
from devices.device import DeviceError

if TYPE_CHECKING:
    from devices.idcard.photo import Portrait

log = logging.getLogger(__name__)
LONGEST = 200  # characters of what staff is told

Decode = Callable[[], "Portrait"]
Compare = Callable[[Frame, Frame], FaceCheck]


class Likeness:
    """The portrait is decoded only where it can be compared, and goes to nobody: only what came of it does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._decode: Decode | None = None
        self._comparing = ThreadPoolExecutor(1, "likeness")

    def keep(self, decode: Decode) -> None:
        with self._lock:
            self._decode = decode

    def forget(self) -> None:
        with self._lock:
            self._decode = None

    def check(self, jpeg: bytes, compare: Compare | None, then: Callable[[str], None]) -> None:
        """`then` is told on another thread; an empty text where no card was read in this visit."""
        with self._lock:
            decode = self._decode
        if decode is None:
            then("")
        else:
            self._comparing.submit(lambda: then(_said(jpeg, decode, compare)))

    def stop(self) -> None:
        self.forget()
        self._comparing.shutdown(wait=False, cancel_futures=True)


def _said(jpeg: bytes, decode: Decode, compare: Compare | None) -> str:
    try:
        return _compared(jpeg, decode, compare).said[:LONGEST]
    except DeviceError as error:
        return FaceCheck("toBeCheckedByStaff", reason=str(error)).said[:LONGEST]
    except Exception as error:  # noqa: BLE001 - a picture is taken whether or not it can be compared
        log.error("a face was not compared: %s", type(error).__name__)
        return FaceCheck("toBeCheckedByStaff", reason="the comparison failed").said


def _compared(jpeg: bytes, decode: Decode, compare: Compare | None) -> FaceCheck:
    if compare is None:
        return FaceCheck("toBeCheckedByStaff", reason="no model files")
    card = decode()
    if not card.decoded:
        return FaceCheck("toBeCheckedByStaff", reason=card.reason)
    return compare(_picture(jpeg), _picture(card.png))


def _picture(encoded: bytes) -> Frame:
    import cv2
    import numpy as np

    decoded = cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError("no picture")
    return decoded.astype(np.uint8)

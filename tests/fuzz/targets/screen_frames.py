"""Whatever comes over the socket between screen and backroom: messages or FrameError."""

import contextlib

from kiosk.messages.frames import Decoder, FrameError, encode
from kiosk.messages.from_backroom import PreviewFrame
from kiosk.messages.to_backroom import AwaitCard

SEEDS = (encode(AwaitCard()), encode(PreviewFrame(camera="face", hints=("noFace",)), b"jpeg"))


def check(data: bytes) -> None:
    half = len(data) // 2
    decoder = Decoder()
    with contextlib.suppress(FrameError):
        for piece in (data[:half], data[half:]):
            list(decoder.feed(piece))

"""Whatever comes over the socket between screen and backroom: messages or FrameError."""

import contextlib

from kiosk.backroom.frames import Decoder, FrameError, encode
from kiosk.backroom.messages import AwaitCard, PreviewFrame

SEEDS = (encode(AwaitCard()), encode(PreviewFrame(camera="face", hints=("noFace",)), b"jpeg"))


def check(data: bytes) -> None:
    half = len(data) // 2
    decoder = Decoder()
    with contextlib.suppress(FrameError):
        for piece in (data[:half], data[half:]):
            list(decoder.feed(piece))

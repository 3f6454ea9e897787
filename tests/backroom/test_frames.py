"""Frames: whole in any pieces, and nothing unknown gets in."""

import json
import struct

import pytest

from kiosk.messages.frames import Decoder, FrameError, encode
from kiosk.messages.from_backroom import PreviewFrame
from kiosk.messages.to_backroom import Attach, Stop


def raw(body, blob=b""):
    text = json.dumps(body).encode()
    return struct.pack("!II", len(text), len(blob)) + text + blob


def test_frames_come_whole_out_of_single_bytes():
    sent = [
        (Attach(request="r", name="图", media_type="image/jpeg"), b"\x00" * 300),
        (Stop(), b""),
        (PreviewFrame(camera="face", hints=("noFace",)), b"jpeg"),
    ]
    decoder = Decoder()
    stream = b"".join(encode(*item) for item in sent)
    assert [item for place in range(len(stream)) for item in decoder.feed(stream[place : place + 1])] == sent


@pytest.mark.parametrize(
    "body",
    [
        {"type": "Nonsense"},
        {"type": ["Stop"]},
        {"type": "Stop", "more": 1},
        {"type": "TakeStill", "camera": "face"},
        {"type": "TakeStill", "camera": 1, "request": "r"},
        {"type": "Committed", "request": "r", "case_id": "c", "sequence": True, "local_number": ""},
        {"type": "NotCommitted", "request": "r", "code": "other", "message": ""},
        [],
    ],
)
def test_what_no_message_allows_is_refused_without_its_value(body):
    with pytest.raises(FrameError):
        list(Decoder().feed(raw(body)))


def test_a_frame_that_would_fill_the_memory_is_refused_at_its_head():
    with pytest.raises(FrameError):
        list(Decoder().feed(struct.pack("!II", 1 << 31, 0)))

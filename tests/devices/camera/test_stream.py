"""The MJPEG stream on bad days: torn anywhere, full of garbage, late, with lengths that lie."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera.multipart import Multipart, boundary_of
from devices.camera.opencv import OpenCvCamera, Options, create
from devices.camera.twin import VERBS, CameraTwin
from devices.camera.twin_stream import part_of
from devices.clock import SystemClock
from devices.device import DeviceTimeout
from devices.twin import UnknownVerb

PICTURES = [b"\xff\xd8" + bytes([number]) * 50 + b"\xff\xd9" for number in range(4)]
STREAM = b"".join(part_of(picture) for picture in PICTURES)


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_torn_anywhere_every_picture_comes_whole(cuts: list[int]) -> None:
    parts, places = Multipart(b"frame"), [0, *sorted(cuts), len(STREAM)]
    found = [picture for begins, ends in itertools.pairwise(places) for picture in parts.feed(STREAM[begins:ends])]
    assert found == PICTURES


@given(st.binary(max_size=300))
def test_after_any_noise_the_pictures_come_again(noise: bytes) -> None:
    parts = Multipart(b"frame")
    parts.feed(noise)
    found = [picture for _ in range(100) for picture in parts.feed(STREAM)]
    assert PICTURES[-1] in found


@given(st.text(max_size=80))
def test_any_content_type_is_understood_or_refused(told: str) -> None:
    assert boundary_of(told) is None or told.lower().lstrip().startswith("multipart/")


@pytest.fixture
def camera(twin: CameraTwin, tmp_path: Path) -> Iterator[OpenCvCamera]:
    options = Options(source=str(tmp_path / "document_camera.url"), open_timeout=1.0, read_timeout=0.6)
    device = create("document_camera", options, SystemClock())
    device.open()
    yield device
    device.close()


@pytest.mark.parametrize("kind", ["garbage", "half_frame", "oversized"])
def test_a_stream_without_whole_pictures_is_a_timeout_and_then_goes_on(
    twin: CameraTwin, camera: OpenCvCamera, kind: str
) -> None:
    twin.do("fault", {"kind": kind})
    with pytest.raises(DeviceTimeout):
        _frames(camera)
    twin.do("fault", {"kind": "none"})
    assert camera.frame().shape == (720, 1280, 3)


@pytest.mark.parametrize("kind", ["garbage", "half_frame", "wrong_length", "oversized"])
def test_a_few_bad_pictures_are_passed_over(twin: CameraTwin, camera: OpenCvCamera, kind: str) -> None:
    twin.do("fault", {"kind": kind, "times": "3"})
    for _ in range(3):
        camera.reset()
        assert camera.frame().shape == (720, 1280, 3)


def test_a_slow_camera_still_shows_pictures(twin: CameraTwin, camera: OpenCvCamera) -> None:
    twin.do("delay", {"seconds": "0.2"})
    camera.reset()
    assert camera.frame().shape == (720, 1280, 3)
    assert camera.frame().shape == (720, 1280, 3)


def test_a_silent_camera_is_a_timeout(twin: CameraTwin, camera: OpenCvCamera) -> None:
    twin.do("silent", {"on": "yes"})
    camera.reset()
    with pytest.raises(DeviceTimeout):
        camera.frame()
    twin.do("silent", {"on": "no"})
    assert camera.frame().shape == (720, 1280, 3)


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [("fault", {"kind": "moon"}), ("fault", {"kind": "garbage", "times": "x"}), ("delay", {"seconds": "soon"})],
)
def test_a_fault_that_is_not_known_is_refused(twin: CameraTwin, verb: str, arguments: dict[str, str]) -> None:
    assert verb in VERBS
    with pytest.raises(UnknownVerb):
        twin.do(verb, arguments)


def _frames(device: OpenCvCamera) -> None:
    """As many as may still be on their way."""
    clock = SystemClock()
    until = clock.monotonic() + 3.0
    while clock.monotonic() < until:
        device.frame()

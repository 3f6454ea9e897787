"""The camera driver against the twin's MJPEG stream: what it sees, what it says of it, and the cable pulled."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera.document_quality import LIVE, document_problems
from devices.camera.face_quality import face_problems
from devices.camera.opencv import OpenCvCamera, Options, create
from devices.camera.twin import CameraTwin
from devices.clock import SystemClock
from devices.device import DeviceLost, DeviceState, DeviceTimeout, HealthLevel
from devices.scanner.decode import decode, decode_fast
from devices.twin import UnknownVerb
from tests.devices.clock_ahead import ClockAhead


def camera(folder: Path, which: str = "document", clock: SystemClock | None = None) -> OpenCvCamera:
    options = Options(source=str(folder / f"{which}_camera.url"), open_timeout=1.0, read_timeout=0.5)
    return create(f"{which}_camera", options, clock or SystemClock())


@pytest.fixture
def document(twin: CameraTwin, tmp_path: Path) -> Iterator[OpenCvCamera]:
    device = camera(tmp_path)
    device.open()
    yield device
    device.close()


def test_a_frame_is_what_the_contract_says(document: OpenCvCamera) -> None:
    frame = document.frame()
    assert frame.shape == (720, 1280, 3)
    assert frame.dtype == np.uint8
    assert not frame.flags.writeable
    assert document.status().state is DeviceState.ONLINE


@pytest.mark.parametrize(
    ("which", "scene", "problems"),
    [
        ("document", "sheet", ()),
        ("document", "empty", ("noSheet",)),
        ("document", "sheet_glare", ("glare",)),
        ("document", "sheet_shadow", ()),
        ("document", "sheet_hand", ()),
        ("document", "sheet_white", ()),
        ("document", "sheet_wood", ()),
        ("document", "sheet_cut_off", ("cutOff",)),
        ("document", "sheet_blurred", ("blurred",)),
        ("document", "dark", ("tooDark",)),
        ("document", "glare", ("tooBright",)),
        ("face", "face", ()),
        ("face", "empty", ("noFace",)),
        ("face", "two_faces", ("severalFaces",)),
        ("face", "far_face", ("faceTooSmall",)),
        ("face", "face_blurred", ("blurred",)),
        ("face", "dark", ("tooDark",)),
    ],
)
def test_a_still_says_what_is_wrong_with_it(
    twin: CameraTwin, tmp_path: Path, which: str, scene: str, problems: tuple[str, ...]
) -> None:
    twin.do("show", {"camera": which, "scene": scene})
    device = camera(tmp_path, which)
    device.open()
    still, frame = device.take(which), device.frame()
    assert still.problems == problems
    assert (face_problems(frame) if which == "face" else document_problems(frame, LIVE)[0]) == problems
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape == (still.height, still.width, 3)
    device.close()


def test_a_sheet_is_cut_out_and_laid_flat(twin: CameraTwin, document: OpenCvCamera) -> None:
    twin.do("show", {"camera": "document", "scene": "sheet"})
    document.reset()
    still = document.take("document")
    assert 1.35 < still.width / still.height < 1.6  # A5 across
    sheet = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    corners = [sheet[y, x] for y in (8, -9) for x in (8, -9)]
    assert min(corners) > 200  # paper in every corner, no desk


def test_a_slow_viewer_sees_now_and_not_the_past(twin: CameraTwin, document: OpenCvCamera) -> None:
    twin.do("show", {"camera": "document", "scene": "sheet"})
    for _ in range(6):
        decode(document.frame())  # about as slow a viewer as there is
    twin.do("show", {"camera": "document", "scene": "dark"})
    bright: list[np.ndarray] = []
    while (frame := document.frame()).mean() > 45:
        if not bright or frame is not bright[-1]:
            bright.append(frame)
        assert len(bright) <= 3  # on its way already; without care there are five or more


def test_unplugged_is_lost_and_plugged_in_again_it_sees(
    twin: CameraTwin, document: OpenCvCamera, capfd: pytest.CaptureFixture[str]
) -> None:
    twin.do("unplug", {"camera": "document"})
    with pytest.raises(DeviceLost):
        _frames(document)
    assert document.status().state is DeviceState.NO_DEVICE
    assert not document.check_health(HealthLevel.SELF_TEST).healthy
    with pytest.raises(DeviceLost, match="no camera there"):
        document.open()
    twin.do("plug", {"camera": "document"})
    document.open()
    assert document.status().state is DeviceState.ONLINE
    assert document.check_health(HealthLevel.SELF_TEST).healthy
    assert capfd.readouterr().err == ""  # OpenCV and FFmpeg keep quiet


def test_a_frozen_camera_is_a_timeout_and_thawed_it_goes_on(twin: CameraTwin, document: OpenCvCamera) -> None:
    clock = SystemClock()
    twin.do("freeze", {"camera": "document"})
    started = clock.monotonic()
    with pytest.raises(DeviceTimeout):
        _frames(document)
    assert clock.monotonic() - started < 2.5
    twin.do("thaw", {"camera": "document"})
    assert document.frame().shape == (720, 1280, 3)


def test_a_camera_not_yet_opened_is_starting(twin: CameraTwin, tmp_path: Path) -> None:
    device = camera(tmp_path)
    assert device.status().state is DeviceState.STARTING
    with pytest.raises(DeviceLost, match="not opened"):
        device.frame()


def test_a_refused_address_is_lost(twin: CameraTwin, tmp_path: Path) -> None:
    url = (tmp_path / "face_camera.url").read_text().strip()
    twin.do("unplug", {"camera": "face"})
    device = create("face", Options(source=url, open_timeout=1.0), SystemClock())
    with pytest.raises(DeviceLost, match="check the cable"):
        device.open()
    assert device.status().state is DeviceState.NO_DEVICE


def test_a_device_that_is_not_there_is_lost(tmp_path: Path) -> None:
    for source in (str(tmp_path / "video99"), "97", str(tmp_path / "none.url")):
        device = create("camera", Options(source=source), SystemClock())
        with pytest.raises(DeviceLost):
            device.open()
        assert device.status().state is DeviceState.NO_DEVICE


def test_two_threads_share_one_camera(document: OpenCvCamera) -> None:
    shapes: list[tuple[int, ...]] = []

    def look() -> None:
        shapes.extend(document.frame().shape for _ in range(8))

    lookers = [threading.Thread(target=look) for _ in range(2)]
    for looker in lookers:
        looker.start()
    for looker in lookers:
        looker.join(10)
    assert shapes == [(720, 1280, 3)] * 16


def test_nobody_is_filmed_while_nobody_looks(twin: CameraTwin, tmp_path: Path) -> None:
    clock = ClockAhead()
    device = camera(tmp_path, "face", clock)
    device.open()
    assert twin.state()["face_viewers"] == 0
    device.frame()
    assert twin.state()["face_viewers"] == 1
    clock.ahead = 6.0
    assert device.status().state is DeviceState.ONLINE
    deadline = clock.monotonic() + 2
    while twin.state()["face_viewers"] and clock.monotonic() < deadline:
        os.sched_yield()
    assert twin.state()["face_viewers"] == 0
    assert device.frame().shape == (720, 1280, 3)
    device.close()


def test_a_code_held_under_the_camera_can_be_read(twin: CameraTwin, document: OpenCvCamera) -> None:
    twin.do("hold_code", {"text": "OEB1:C:330381-000042"})
    document.reset()
    assert [code.text for code in decode_fast(document.frame())] == ["OEB1:C:330381-000042"]
    twin.do("remove_code", {})
    document.reset()
    assert decode_fast(document.frame()) == ()


def test_any_picture_can_be_shown(twin: CameraTwin, document: OpenCvCamera, tmp_path: Path) -> None:
    red = np.zeros((300, 200, 3), np.uint8)
    red[:] = (0, 0, 255)
    cv2.imwrite(str(tmp_path / "red.png"), red)
    twin.do("show", {"camera": "document", "image": str(tmp_path / "red.png")})
    document.reset()
    assert document.frame()[360, 640, 2] > 200
    assert twin.state()["document_scene"] == "image"


@pytest.mark.parametrize(
    ("verb", "arguments", "words"),
    [
        ("dance", {}, "known: show, hold_code"),
        ("show", {"scene": "moon"}, "known: empty, sheet"),
        ("show", {"camera": "back", "scene": "empty"}, "known: document, face"),
        ("show", {"image": "/nowhere.png"}, "no picture here"),
        ("show", {"colour": "red"}, "known: camera, scene, image"),
        ("hold_code", {}, "needs text"),
        ("hold_code", {"text": "x", "symbology": "Runes"}, "cannot draw"),
    ],
)
def test_the_twin_says_what_it_knows(twin: CameraTwin, verb: str, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UnknownVerb, match=words):
        twin.do(verb, arguments)


def _frames(device: OpenCvCamera) -> None:
    """As many as may still be on their way."""
    clock = SystemClock()
    deadline = clock.monotonic() + 3
    while clock.monotonic() < deadline:
        device.frame()

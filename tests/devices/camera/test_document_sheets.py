"""Sheets found on hard desks, their shape, the cleaned page, and what is said to be wrong with it."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera.decoding import decoded
from devices.camera.document_live import HOLD_STILL, READY, DocumentLook
from devices.camera.document_quality import LIVE, document_problems
from devices.camera.document_still import THUMBNAIL, document_still
from devices.camera.jpeg_size import MOST_PIXELS, checked_size
from devices.camera.sheet import find_sheet, lay_flat
from devices.camera.twin_desk import with_glare
from devices.device import DeviceError

from .document_scenes import CONDITIONS, PAPERS, corner_error, make_empty, make_scene

HEAD = cv2.imencode(".jpg", np.zeros((40, 30, 3), np.uint8))[1].tobytes()


class HandClock:
    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        return self.passed


def grained(picture: np.ndarray) -> np.ndarray:
    grain = np.random.default_rng(1).normal(0, 2, picture.shape[:2])
    return np.clip(picture + grain[..., None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_sheet_is_found_to_a_pixel_and_an_empty_desk_has_none(condition: str) -> None:
    for paper in PAPERS:
        scene = make_scene(condition, paper, 1)
        sheet = find_sheet(scene.frame)
        assert sheet is not None, scene.name
        assert corner_error(sheet.corners, scene.corners) < 1, scene.name
        assert not sheet.cut_off
    assert find_sheet(make_empty(condition, 1).frame) is None


@pytest.mark.parametrize(("paper", "name"), [("a4", "a4"), ("id_card", "id_1"), ("booklet", "free")])
def test_a_sheet_seen_askew_gets_its_true_shape(paper: str, name: str) -> None:
    scene = make_scene("rotated", paper, 0)
    page, shape = lay_flat(scene.frame, find_sheet(scene.frame))
    true = PAPERS[paper][0] / PAPERS[paper][1]
    assert shape.format == name
    assert page.shape[1] / page.shape[0] == pytest.approx(true, rel=0.03)


def test_a_page_half_in_shadow_comes_out_white_with_its_stamp_red() -> None:
    still = document_still(make_scene("shadow", "a4", 2).frame)
    page = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert still.problems == ()
    assert float((page.min(axis=2) > 245).mean()) > 0.6
    red = (page[..., 2] > 150) & (page[..., 1] < 110) & (page[..., 0] < 110)
    assert 0.002 < float(red.mean()) < 0.1


def test_a_photograph_on_a_page_keeps_its_tones() -> None:
    scene = make_scene("dark", "id_card", 0)
    page = cv2.imdecode(np.frombuffer(document_still(scene.frame).jpeg, np.uint8), cv2.IMREAD_COLOR)
    height, width = page.shape[:2]
    blue, green, red = page[round(height * 0.6), round(width * 0.68)]
    assert 120 < blue < 190
    assert red < green < blue


@pytest.mark.parametrize("paper", PAPERS)
def test_glare_over_writing_and_blur_are_told(paper: str) -> None:
    scene = make_scene("dark", paper, 0)
    assert document_problems(scene.frame)[0] == document_problems(scene.frame, LIVE)[0] == ()
    middle = scene.corners.mean(axis=0) / (1280, 720)
    spot = 0.025 if paper == "id_card" else 0.05
    glaring = with_glare(scene.frame, (float(middle[0]), float(middle[1])), spot)
    assert document_problems(glaring)[0] == ("glare",)
    assert document_problems(grained(cv2.GaussianBlur(scene.frame, (0, 0), 3.2)))[0] == ("blurred",)


def test_a_small_sheet_is_too_small() -> None:
    scene = make_scene("dark", "id_card", 0)
    small = cv2.resize(scene.frame, (640, 360), interpolation=cv2.INTER_AREA)
    desk = make_empty("dark", 0).frame.copy()
    desk[180:540, 320:960] = small
    assert document_problems(desk)[0] == ("tooSmall",)


def test_a_sheet_moved_between_two_pictures_was_moved() -> None:
    scene = make_scene("dark", "a4", 0)
    shifted = np.roll(scene.frame, 14, axis=1)
    assert document_still(scene.frame, find_sheet(scene.frame)).problems == ()
    assert document_still(scene.frame, find_sheet(shifted)).problems == ("moved",)


def test_a_sheet_is_ready_after_a_second_and_trembling_does_not_count() -> None:
    clock, scene = HandClock(), make_scene("dark", "a4", 0)
    look = DocumentLook(clock)
    said = []
    for turn in range(7):
        said.append(look(np.roll(scene.frame, (turn % 2) * 6, axis=1)))
        clock.passed += 0.25
    assert said[:4] == [()] * 4
    assert said[-1] == (READY,)
    assert look(np.roll(scene.frame, 40, axis=1)) == (HOLD_STILL,)
    assert look(make_empty("dark", 0).frame) == ("noSheet",)


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xd8", b"no picture", b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + b"0" * 20]
)
def test_what_is_no_picture_or_far_too_large_a_one_is_named(damage: bytes) -> None:
    with pytest.raises(DeviceError) as caught:
        decoded(damage)
    assert caught.value.code == "invalidMedia"


@given(st.binary(max_size=400), st.booleans(), st.integers(0, 600))
def test_random_bytes_are_a_picture_or_a_named_error(noise: bytes, headed: bool, at: int) -> None:
    begin = HEAD[:at] if headed else b"\xff\xd8"
    try:
        frame = decoded(begin + noise)
    except DeviceError as error:
        told = error.code
    else:
        told = "invalidMedia" if frame.shape[0] * frame.shape[1] <= MOST_PIXELS else "too large"
    assert told == "invalidMedia"


def test_a_page_knows_its_size_and_has_a_small_picture() -> None:
    still = document_still(make_scene("dark", "a4", 0).frame)
    assert checked_size(still.jpeg)[:2] == (still.width, still.height)
    assert max(decoded(still.thumbnail).shape) == THUMBNAIL

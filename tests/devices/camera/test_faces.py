"""Framing a face: what the twin's scenes are said to be, one steady instruction, and the best of a burst."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.camera.contract import Frame
from devices.camera.face_quality import advice_of, problems_of
from devices.camera.face_still import best_of
from devices.camera.face_watch import FaceObservation, FaceWatch
from devices.camera.opencv import OpenCvCamera, Options, create
from devices.camera.steady import Steady
from devices.camera.twin import CameraTwin
from devices.camera.twin_scenes import SCENES, with_noise
from devices.clock import SystemClock


def scene(name: str, seed: int = 1) -> Frame:
    return with_noise(SCENES["face"][name](), seed)


def seen(name: str) -> FaceObservation:
    return FaceWatch().look(scene(name), 0.0, thorough=True)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("empty", "noFace"),
        ("face", ""),
        ("two_faces", "severalFaces"),
        ("far_face", "faceTooSmall"),
        ("near_face", "faceTooLarge"),
        ("face_aside", "moveRight"),
        ("face_low", "moveUp"),
        ("face_blurred", "blurred"),
        ("eyes_closed", "eyesClosed"),
        ("dark", "tooDark"),
        ("bright", "tooBright"),
        ("backlit", "backlit"),
    ],
)
def test_each_scene_gives_one_instruction(name: str, advice: str) -> None:
    assert advice_of(seen(name), eyes_known=True) == ((advice,) if advice else ())


def test_nobody_is_told_to_open_eyes_that_were_never_seen_open() -> None:
    assert advice_of(seen("eyes_closed"), eyes_known=False) == ()
    assert problems_of(seen("eyes_closed")) == ()


@pytest.mark.parametrize(("name", "side"), [("turned_left", -1.0), ("turned_right", 1.0)])
def test_a_followed_face_that_turns_away_is_told_to_look_here(name: str, side: float) -> None:
    watch = FaceWatch()
    watch.look(scene("face"), 0.0)
    turned = watch.look(scene(name), 0.2)
    assert turned.face is not None
    assert turned.face.turn == side
    assert problems_of(turned) == ("lookStraight",)


def test_a_second_person_is_noticed_while_the_first_is_followed() -> None:
    watch = FaceWatch()
    watch.look(scene("face"), 0.0)
    looks = [watch.look(scene("two_faces"), 0.2 * number) for number in range(1, 6)]
    assert any(len(look.faces) == 2 for look in looks)


def test_the_best_of_a_burst_has_open_eyes_and_is_sharp() -> None:
    names = ("eyes_closed", "face_blurred", "empty", "face", "eyes_closed")
    watch = FaceWatch()
    shots = [(scene(name), watch.look(scene(name), 0.0, thorough=True)) for name in names]
    assert best_of(shots) is shots[3]


def test_an_instruction_stands_for_a_while_and_only_lasting_reasons_change_it() -> None:
    steady = Steady()
    assert steady.settle(("noFace",), 0.0) == ("noFace",)
    assert steady.settle((), 0.2) == ("noFace",)
    assert steady.settle((), 0.4) == ("noFace",)
    assert steady.settle((), 0.7) == ()
    assert steady.settle(("tooDark",), 1.5) == ()  # one look is no reason
    assert steady.settle((), 1.7) == ()
    assert steady.settle(("tooDark", "blurred"), 1.9) == ()
    assert steady.settle(("tooDark", "blurred"), 2.1) == ("tooDark",)


@pytest.fixture
def camera(twin: CameraTwin, tmp_path: Path) -> Iterator[OpenCvCamera]:
    options = Options(source=str(tmp_path / "face_camera.url"), open_timeout=1.0, read_timeout=1.0)
    device = create("face_camera", options, SystemClock())
    device.open()
    yield device
    device.close()


def test_of_a_person_who_blinks_a_picture_with_open_eyes_is_taken(twin: CameraTwin, camera: OpenCvCamera) -> None:
    twin.do("show", {"camera": "face", "scene": "blinking"})
    frames: list[Frame] = []
    still = camera.take("face", frames.append)
    assert still.problems == ()
    assert 2 <= len(frames) <= 8
    assert all(frame is not before for before, frame in itertools.pairwise(frames))

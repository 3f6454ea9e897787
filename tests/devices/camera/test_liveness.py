"""Blinking and turning, seen from look to look: a still picture never passes, and neither does one bad look."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera.face_watch import FaceObservation
from devices.camera.faces import FoundFace
from devices.camera.liveness import GAP, LONGEST, FaceChallenge, is_shown
from devices.camera.opencv import Options, create
from devices.camera.twin_scenes import SCENES, with_noise
from devices.clock import SystemClock
from devices.drivers import DriverConfigError, build_device

BETWEEN = 0.04  # s
REST, CLOSED, AWAY = (
    FoundFace((400, 110, 300, 300), 0.0, True),
    FoundFace((0, 0, 9, 9), 0.0, False),
    FoundFace((0, 0, 9, 9), 1),
)
ASKED = st.sampled_from(("blink", "turn"))
FACES = st.builds(
    FoundFace, st.just((400, 110, 300, 300)), st.floats(-1, 1, allow_nan=False), st.sampled_from((True, False, None))
)


def looks(faces: list[FoundFace | None], between: float = BETWEEN) -> list[FaceObservation]:
    return [
        FaceObservation(number * between, (1280, 720), (face,) if face else (), 120.0)
        for number, face in enumerate(faces)
    ]


@given(ASKED, FACES, st.lists(st.booleans(), max_size=200), st.floats(0.01, 0.5))
def test_a_still_picture_never_passes_also_when_it_is_lost_now_and_then(asked, face, found, between) -> None:
    assert not is_shown(asked, looks([face if there else None for there in found], between))


@given(ASKED, st.lists(st.integers(1, 20), max_size=20))
def test_single_looks_that_saw_something_else_are_nothing(asked, rests) -> None:
    other = CLOSED if asked == "blink" else AWAY
    faces = list(itertools.chain.from_iterable([REST] * rest + [other] for rest in rests))
    assert not is_shown(asked, looks(faces))


@given(ASKED, st.integers(2, 50), st.integers(2, 50), st.integers(2, 50), st.lists(FACES, max_size=5))
def test_rest_movement_and_rest_pass_whatever_came_before(asked, first, moving, last, before) -> None:
    other = CLOSED if asked == "blink" else AWAY
    gone = [None] * (int(GAP / BETWEEN) + 2)
    faces = [*before, *gone, *[REST] * first, *[other] * moving, *[REST] * last]
    assert is_shown(asked, looks(faces))
    assert not is_shown(asked, looks([*before, *gone, *[REST] * first, *[other] * moving])[len(before) :])


def test_neither_another_face_nor_two_faces_nor_long_closed_eyes_complete_it() -> None:
    rest, closed = [REST] * 3, [CLOSED] * 3
    gone: list[FoundFace | None] = [None] * 30
    assert not is_shown("blink", looks([*rest, *closed, *gone, *rest]))
    assert not is_shown("blink", looks([*rest, *[CLOSED] * (int(LONGEST / BETWEEN) + 3), *rest]))
    two = FaceObservation(0.24, (1280, 720), (REST, REST), 120.0)
    seen = looks([*rest, *closed, None, *rest])
    assert is_shown("blink", seen)
    assert not is_shown("blink", [*seen[:6], two, *seen[7:]])


def shown_by(asked: str, scenes: list[str]) -> bool:
    challenge = FaceChallenge(asked, SystemClock())
    frames = (with_noise(SCENES["face"][name](), seed % 3) for seed, name in enumerate(scenes))
    return any(challenge(frame) for frame in frames)


@pytest.mark.parametrize(
    ("asked", "scene"), [("blink", "eyes_closed"), ("turn", "turned_left"), ("turn", "turned_right")]
)
def test_the_twins_person_is_seen_to_blink_and_to_turn(asked: str, scene: str) -> None:
    assert shown_by(asked, ["face"] * 4 + [scene] * 4 + ["face"] * 4)
    assert not shown_by(asked, ["face"] * 12)
    assert not shown_by(asked, [scene] * 12)


def test_nothing_is_asked_unless_it_is_configured() -> None:
    assert create("face_camera", Options(source="x.url"), SystemClock()).challenge() is None
    challenge = create("face_camera", Options(source="x.url", liveness="turn"), SystemClock()).challenge()
    assert challenge is not None
    assert challenge.asked == "turn"
    with pytest.raises(DriverConfigError, match="liveness = 'nod' is not known; known: none, blink, turn"):
        build_device("face_camera", {"driver": "camera.opencv", "source": "x", "liveness": "nod"}, SystemClock())

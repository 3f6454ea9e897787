"""How often a picture is looked at, and how long a code stays read: frames drawn here, a clock moved by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest
import zxingcpp

from devices.camera.contract import Frame
from devices.scanner.code_watch import CASCADE_REST, SETTLED, STILL_CASCADE, CodeWatch
from devices.scanner.contract import Code
from devices.scanner.decode import decode_fast

ONCE = Code("QRCode", "OEB1:M:one")
TWICE = Code("QRCode", "OEB1:M:two")
CHANCE = np.random.default_rng(7)


class HandClock:
    passed = 0.0

    def monotonic(self) -> float:
        return 50.0 + self.passed

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


def desk(code: Code | None = None, at: tuple[int, int] = (260, 400), blur: float = 0.5) -> Frame:
    """1280×720 with the grain of a camera in it."""
    grey = np.full((720, 1280), 90, np.uint8)
    if code is not None:
        barcode = zxingcpp.create_barcode(code.text, zxingcpp.barcode_format_from_str(code.symbology))
        drawn = np.array(barcode.to_image(scale=6))
        grey[at[0] : at[0] + drawn.shape[0], at[1] : at[1] + drawn.shape[1]] = drawn
    seen = cv2.GaussianBlur(grey, (0, 0), blur) + CHANCE.normal(0, 4, grey.shape)
    return np.repeat(np.clip(seen, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def watch(clock: HandClock) -> Iterator[CodeWatch]:
    watch = CodeWatch(clock)
    yield watch
    watch.close()


def looks(watch: CodeWatch, clock: HandClock, seconds: float, code: Code | None = None) -> list[tuple[Code, ...]]:
    seen = []
    for _ in range(round(seconds / 0.1)):
        seen.append(watch.look(desk(code)))
        clock.passed += 0.1
    return seen


def test_a_desk_on_which_nothing_happens_is_hardly_looked_at(watch: CodeWatch, clock: HandClock) -> None:
    assert set(looks(watch, clock, 20)) == {()}
    assert watch.still
    assert watch.looks["quick"] <= SETTLED / 0.1 + 2 + 20
    assert watch.looks["cascade"] <= SETTLED / CASCADE_REST + 2 + 20 / STILL_CASCADE


def test_a_code_that_lies_still_is_in_view_at_every_look(watch: CodeWatch, clock: HandClock) -> None:
    assert set(looks(watch, clock, 6, ONCE)) == {(ONCE,)}
    assert watch.looks["quick"] <= SETTLED / 0.1 + 2 + 6
    assert watch.looks["cascade"] == 0


def test_a_code_taken_away_is_gone_at_once_and_another_is_seen_at_once(watch: CodeWatch, clock: HandClock) -> None:
    looks(watch, clock, 4, ONCE)
    assert watch.look(desk()) == ()
    looks(watch, clock, 4)
    assert watch.look(desk(TWICE)) == (TWICE,)
    assert watch.look(desk(ONCE)) == (ONCE,)


def test_a_code_that_comes_into_focus_is_read_though_the_picture_hardly_changes(
    watch: CodeWatch, clock: HandClock
) -> None:
    looks(watch, clock, 3)
    watch.look(desk(ONCE, blur=9))
    clock.passed += 0.1
    assert ONCE in watch.look(desk(ONCE))


def test_what_only_the_cascade_reads_is_read_and_held(watch: CodeWatch, clock: HandClock) -> None:
    frame = desk(ONCE, blur=3.6)
    assert decode_fast(frame) == ()
    seen: tuple[Code, ...] = ()
    for _ in range(400):
        seen = watch.look(frame)
        if seen:
            break
        clock.passed += 0.1
        watch.wait()
    assert seen == (ONCE,)
    for _ in range(40):
        clock.passed += 0.1
        assert watch.look(frame) == (ONCE,)
        watch.wait()


def test_who_looked_away_begins_anew(watch: CodeWatch, clock: HandClock) -> None:
    looks(watch, clock, 4, ONCE)
    clock.passed += 60
    assert watch.look(desk()) == ()
    assert not watch.still

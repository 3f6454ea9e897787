"""Whatever happens to one reply, the driver ends right and in time, and the next card is read."""

from collections import defaultdict
from functools import partial

import pytest

from devices.device import CommandCancelled, DeviceError
from devices.idcard.cards import CARDS
from devices.idcard.frames import Command
from tests.devices.idcard.tear import (
    FIRST,
    REPLIES,
    RIGHT,
    SECOND,
    Case,
    Rig,
    cases,
    delayed,
    read_reply,
    torn,
    try_out,
)

SAMPLE = 31  # every Nth byte of the long replies; the command tries every one
BY_KIND: dict[str, list[Case]] = defaultdict(list)
for case in cases(SAMPLE):
    BY_KIND[case.kind].append(case)


def failures(tried: list[Case]) -> list[str]:
    return [f"{case}: {wrong}" for case in tried if (wrong := try_out(case)[1])]


@pytest.mark.parametrize("kind", BY_KIND)
def test_done_to_one_reply_it_ends_right_and_the_next_card_is_read(kind: str) -> None:
    assert failures(BY_KIND[kind]) == []


def test_torn_at_every_single_byte_it_ends_right_and_the_next_card_is_read() -> None:
    every = [
        Case("torn", command, partial(torn, at), str(at))
        for command, good in REPLIES.items()
        for at in range(len(good))
    ]
    assert len(every) > 3500
    assert failures(every) == []


@pytest.mark.parametrize("hundredths", range(30))
@pytest.mark.parametrize("slow", [Command.FIND, Command.SELECT, Command.READ, Command.READ_NEWEST_ADDRESS])
def test_a_read_cancelled_at_any_moment_leaves_the_card_readable(hundredths: int, slow: Command) -> None:
    rig = Rig(Case("delayed", slow, partial(delayed, 0.2)))
    rig.sam.lay(CARDS[FIRST])
    rig.line.meanwhile = (rig.clock.at + hundredths / 100, rig.reader.cancel)
    try:
        rig.reader.read(newest_address=True)
    except CommandCancelled:
        assert rig.reader.card_present()  # it was never lifted
        assert rig.reader.read(newest_address=True) == RIGHT[FIRST, False]
    rig.line.meanwhile = None
    rig.sam.lay(CARDS[SECOND])
    assert rig.reader.read(newest_address=True) == RIGHT[SECOND, False]


@pytest.mark.parametrize("command", [Command.SELECT, Command.READ])
def test_a_read_that_broke_off_is_taken_up_again_while_the_card_lies_there(command: Command) -> None:
    rig = Rig(Case("torn", command, partial(torn, 9), always=True))
    rig.sam.lay(CARDS[FIRST])
    with pytest.raises(DeviceError):
        rig.reader.read()
    rig.case = None
    rig.clock.sleep(1.0)
    assert rig.reader.card_present()
    assert rig.reader.read(newest_address=True) == RIGHT[FIRST, False]


def test_a_read_that_goes_on_failing_is_not_taken_up_for_ever() -> None:
    rig = Rig(Case("torn", Command.READ, partial(torn, 9), always=True))
    rig.sam.lay(CARDS[FIRST])
    present = []
    for _ in range(4):
        present.append(rig.reader.card_present())
        if present[-1]:
            with pytest.raises(DeviceError):
                rig.reader.read()
    assert present == [True, True, False, False]


@pytest.mark.parametrize("before", [0.0, 0.05, 0.1, 0.15, 0.3, 0.6])
def test_a_late_record_of_the_last_person_is_never_the_next_persons(before: float) -> None:
    rig = Rig(Case("delayed", Command.READ, partial(delayed, 6.0)))
    rig.sam.lay(CARDS[FIRST])
    with pytest.raises(DeviceError):
        rig.reader.read()
    rig.clock.sleep(rig.line.busy_until - before - rig.clock.at)
    rig.sam.lay(CARDS[SECOND])
    assert rig.reader.read(newest_address=True) == RIGHT[SECOND, False]


@pytest.mark.parametrize("card", CARDS)
def test_a_plain_read_answered_in_the_fingerprint_layout_is_the_same_record(card: str) -> None:
    rig = Rig(Case("another's reply", Command.READ, lambda _: [(0.0, read_reply(card, prints=True))]))
    rig.sam.lay(CARDS[card])
    with_place_for_prints = rig.reader.read()
    rig.sam.lay(CARDS[card])
    plain = rig.reader.read()
    assert plain.fingers is None
    assert with_place_for_prints.fingers is not None
    assert (plain.name, plain.number, plain.photo_wlt) == (
        with_place_for_prints.name,
        with_place_for_prints.number,
        with_place_for_prints.photo_wlt,
    )

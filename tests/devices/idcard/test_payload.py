"""What replies carry, in both layouts, and which reply may answer which question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.cards import CARDS, prints
from devices.idcard.frames import Answer, Command, Reply
from devices.idcard.payload import Payload, fingers, packed_sam_id, sam_id, unpack
from devices.idcard.question import Fit, fit
from devices.idcard.sam import SAM_ID

TEXT = CARDS["ceshijia"].text


def head(*sizes: int) -> bytes:
    return b"".join(size.to_bytes(2, "big") for size in sizes)


@pytest.mark.parametrize(
    ("data", "payload"),
    [
        (head(256, 1024) + TEXT + bytes(1024), Payload(TEXT, bytes(1024))),
        (head(256, 1024, 0) + TEXT + bytes(1024), Payload(TEXT, bytes(1024), b"")),
        (head(256, 1024, 1024) + TEXT + bytes(1024) + b"\xff" * 1024, Payload(TEXT, bytes(1024), b"\xff" * 1024)),
        (head(256, 0) + TEXT, Payload(TEXT, b"")),
    ],
)
def test_a_record_is_told_from_its_lengths(data: bytes, payload: Payload) -> None:
    assert unpack(data) == payload


@given(st.binary(max_size=400), st.integers(0, 40))
def test_any_bytes_are_a_record_or_none(data: bytes, missing: int) -> None:
    assert unpack(data) is None or len(data) >= 260
    assert unpack((head(256, 1024) + TEXT + bytes(1024))[: 1284 - missing]) is None or missing == 0


def test_the_number_of_a_sam_is_shown_as_it_is_printed() -> None:
    assert sam_id(SAM_ID) == "05.01-20180615-0012345678-123456789"


def test_prints_tell_their_fingers_and_nothing_else() -> None:
    assert fingers(prints(11, 17)) == ("right thumb", "left index")
    assert fingers(prints(97, 44)) == ("right hand", "unknown")
    assert fingers(bytes(1024)) == ()
    assert fingers(b"") == ()


@pytest.mark.parametrize(
    ("command", "reply", "fits"),
    [
        (Command.FIND, Reply(Answer.FOUND, bytes(4)), Fit.YES),
        (Command.FIND, Reply(Answer.OK), Fit.PERHAPS),
        (Command.FIND, Reply(Answer.OK, bytes(1284)), Fit.NO),
        (Command.SELECT, Reply(Answer.FOUND, bytes(4)), Fit.NO),
        (Command.SELECT, Reply(Answer.OK, bytes(8)), Fit.YES),
        (Command.SELECT, Reply(Answer.OK), Fit.PERHAPS),
        (Command.SELECT, Reply(Answer.NOT_FOUND), Fit.PERHAPS),
        (Command.READ, Reply(Answer.OK, bytes(8)), Fit.NO),
        (Command.READ, Reply(Answer.OK, bytes(70)), Fit.NO),
        (Command.READ, Reply(Answer.OK, head(256, 0, 0) + TEXT), Fit.YES),
        (Command.READ, Reply(Answer.READ_FAILED), Fit.YES),
        (Command.READ, Reply(Answer.SAM_UNAUTHORISED), Fit.YES),
        (Command.READ_NEWEST_ADDRESS, Reply(Answer.OK, bytes(70)), Fit.YES),
        (Command.READ_NEWEST_ADDRESS, Reply(Answer.NO_SUCH_CONTENT), Fit.YES),
        (Command.SAM_ID, Reply(Answer.OK, bytes(16)), Fit.YES),
        (Command.SAM_ID, Reply(Answer.OK), Fit.NO),
        (Command.RESET, Reply(Answer.OK), Fit.YES),
    ],
)
def test_a_reply_fits_its_question(command: Command, reply: Reply, fits: Fit) -> None:
    assert fit(command, reply) is fits


@given(st.binary(min_size=16, max_size=16))
def test_a_number_of_a_sam_as_printed_is_packed_again(number: bytes) -> None:
    assert packed_sam_id(sam_id(number)) == number


@given(st.text() | st.from_regex("[0-9]{1,6}[.][0-9]{1,6}-[0-9]{1,11}-[0-9]{1,11}-[0-9]{1,11}"))
def test_what_a_library_prints_for_a_number_is_16_bytes_or_nothing(printed: str) -> None:
    packed = packed_sam_id(printed)
    assert packed is None or len(packed) == 16

"""Frames against the published bytes, and against every kind of damage."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.cards import CARDS
from devices.idcard.frames import Answer, Command, Damaged, Incomplete, Reply, reply, request, scan

REQUESTS = {
    Command.RESET: "AAAAAA9669 0003 10FF EC",
    Command.SAM_STATUS: "AAAAAA9669 0003 11FF ED",
    Command.SAM_ID: "AAAAAA9669 0003 12FF EE",
    Command.FIND: "AAAAAA9669 0003 2001 22",
    Command.SELECT: "AAAAAA9669 0003 2002 21",
    Command.READ: "AAAAAA9669 0003 3001 32",
    Command.READ_WITH_FINGERPRINT: "AAAAAA9669 0003 3010 23",
    Command.READ_NEWEST_ADDRESS: "AAAAAA9669 0003 3003 30",
    Command.BAUD_115200: "AAAAAA9669 0003 6000 63",
    Command.BAUD_57600: "AAAAAA9669 0003 6001 62",
    Command.BAUD_38400: "AAAAAA9669 0003 6002 61",
    Command.BAUD_19200: "AAAAAA9669 0003 6003 60",
    Command.BAUD_9600: "AAAAAA9669 0003 6004 67",
}
REPLIES = [
    (Answer.OK, b"", "AAAAAA9669 0004 000090 94"),
    (Answer.FOUND, bytes(4), "AAAAAA9669 0008 00009F 00000000 97"),
    (Answer.OK, bytes(8), "AAAAAA9669 000C 000090 0000000000000000 9C"),
    (Answer.NOT_FOUND, b"", "AAAAAA9669 0004 000080 84"),
    (Answer.SELECT_FAILED, b"", "AAAAAA9669 0004 000081 85"),
    (Answer.READ_FAILED, b"", "AAAAAA9669 0004 000041 45"),
    (Answer.SELF_TEST_FAILED, b"", "AAAAAA9669 0004 000060 64"),
    (Answer.NO_SUCH_CONTENT, b"", "AAAAAA9669 0004 000091 95"),
    (Answer.SAM_UNAUTHORISED, b"", "AAAAAA9669 0004 000066 62"),
    (Answer.WRONG_CHECKSUM, b"", "AAAAAA9669 0004 000010 14"),
]
SHORT = reply(Answer.FOUND, bytes(4))


@pytest.mark.parametrize("command", Command)
def test_requests_are_the_published_bytes(command: Command) -> None:
    assert request(command) == bytes.fromhex(REQUESTS[command])


@pytest.mark.parametrize(("status", "data", "published"), REPLIES)
def test_replies_are_the_published_bytes(status: int, data: bytes, published: str) -> None:
    assert reply(status, data) == bytes.fromhex(published)
    assert scan(bytes.fromhex(published)) == Reply(status, data)


def test_the_worked_example_is_reproduced() -> None:
    card = CARDS["ceshijia"]
    frame = reply(Answer.OK, bytes.fromhex("01000400") + card.text + card.photo)
    assert frame.startswith(bytes.fromhex("AAAAAA9669 0508 000090 01000400 4B6DD58B"))
    assert len(frame) == 1295
    assert frame[-1] == 0x26
    assert hashlib.sha256(frame).hexdigest() == "37fa2f19c556ff155f5d7ba58bab269ba23e89412599c484b353dcdf90d4fc0f"


@pytest.mark.parametrize(
    "before", ["AA00AAAA9669", "AAAA9669", "AA9669", "00FF9669AA AAAAAA9669", "AA9669FFFF AAAAAA9669", "96 AAAAAA9669"]
)
def test_a_frame_is_found_behind_a_damaged_preamble(before: str) -> None:
    assert scan(bytes.fromhex(before) + SHORT[5:]) == Reply(Answer.FOUND, bytes(4))


@given(st.data())
def test_never_asks_for_bytes_beyond_the_frame(data: st.DataObject) -> None:
    frame = reply(data.draw(st.integers(0, 255)), data.draw(st.binary(max_size=300)))
    heard = b""
    while not isinstance(found := scan(heard), Reply):
        assert isinstance(found, Incomplete)
        assert 1 <= found.missing <= len(frame) - len(heard)
        heard += frame[len(heard) :][: data.draw(st.integers(1, found.missing))]
    assert heard == frame


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_are_a_reply_or_not_but_never_a_crash(noise: bytes, final: bool) -> None:
    assert isinstance(scan(noise, final=final), Reply | Incomplete | Damaged)


@given(st.integers(7, len(SHORT) - 1), st.integers(1, 255))
def test_one_wrong_byte_is_noticed(at: int, change: int) -> None:
    damaged = SHORT[:at] + bytes([SHORT[at] ^ change]) + SHORT[at + 1 :]
    assert scan(damaged) == Damaged()


def test_a_whole_frame_inside_a_torn_one_is_found_when_nothing_more_comes() -> None:
    torn = request(Command.READ)[:5] + bytes.fromhex("0508000090") + SHORT
    assert isinstance(scan(torn), Incomplete)
    assert scan(torn, final=True) == Reply(Answer.FOUND, bytes(4))

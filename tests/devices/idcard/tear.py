"""Every frame of a reader torn, disturbed, delayed, repeated, dropped: `python -m tests.devices.idcard.tear`.

A case is one thing done to the reply of one command. It ends in the right record or the right named error within the
driver's time, and the next card is read whatever happened; else it is a failure, and the exit code is 1.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from devices.device import DeviceError
from devices.idcard.cards import CARDS
from devices.idcard.contract import CardRecord
from devices.idcard.frames import Answer, Command, reply
from devices.idcard.payload import fingers, unpack
from devices.idcard.records import decode_address, parse_record
from devices.idcard.sam import SAM_ID as SAM_NUMBER
from devices.idcard.sam import Requests, VirtualSam
from devices.idcard.sam_reader import READ_TIME, STATUS_TIME
from devices.idcard.sdt import Options, SdtReader
from devices.lines.line import SLICE
from tests.devices.idcard.memory_line import Deliveries, MemoryLine, VirtualClock

THINKING = 0.02  # s until a reader answers
FIRST, SECOND = "moved", "ouyang"
GAPS = (0.0, 0.05, 0.5, 1.5, 2.5)  # s
DELAYS = (0.5, 0.9, 1.1, 1.9, 2.9, 3.5, 6.0)  # s
CODES = {"timeOut", "invalidMedia", "hardwareError", "noMedia"}

Deed = Callable[[bytes], Deliveries]


def read_reply(card: str, *, prints: bool = False) -> bytes:
    sam = VirtualSam()
    sam.lay(CARDS[card])
    for command in (Command.FIND, Command.SELECT):
        sam.answer(_asked(command))
    return sam.answer(_asked(Command.READ_WITH_FINGERPRINT if prints else Command.READ))


def _asked(command: Command) -> bytes:
    body = bytes([0, 3]) + command.to_bytes(2, "big")
    return body + bytes([body[1] ^ body[2] ^ body[3]])


REPLIES = {
    Command.SAM_STATUS: reply(Answer.OK),
    Command.SAM_ID: reply(Answer.OK, SAM_NUMBER),
    Command.FIND: reply(Answer.FOUND, bytes(4)),
    Command.SELECT: reply(Answer.OK, bytes(8)),
    Command.READ: read_reply(FIRST),
    Command.READ_WITH_FINGERPRINT: read_reply(FIRST, prints=True),
    Command.READ_NEWEST_ADDRESS: reply(Answer.OK, CARDS[FIRST].newest_address or b""),
}
STRANGERS = {  # replies to something else
    "find": REPLIES[Command.FIND],
    "no card": reply(Answer.NOT_FOUND),
    "select": REPLIES[Command.SELECT],
    "select failed": reply(Answer.SELECT_FAILED),
    "status": reply(Answer.OK),
    "sam id": reply(Answer.OK, bytes(range(16))),
    "another's record": read_reply(SECOND),
    "another's record with prints": read_reply(SECOND, prints=True),
    "another's address": reply(Answer.OK, "浙江省瑞安市别处9号".ljust(35).encode("utf-16-le")),
    "no address": reply(Answer.NO_SUCH_CONTENT),
    "read failed": reply(Answer.READ_FAILED),
}
RECORDS = ("another's record", "another's record with prints")
DOUBLES = {
    # What cannot be told from the right reply, and cannot come in its place, for replies keep their order: a find and a
    # select were answered after it. Only together with the right one it is noticed.
    Command.SAM_ID: ("sam id",),
    Command.READ: RECORDS,
    Command.READ_WITH_FINGERPRINT: RECORDS,
    Command.READ_NEWEST_ADDRESS: ("another's address", "no address"),
}
NOISES = {
    "00": b"\x00",
    "FF": b"\xff",
    "AA": b"\xaa",
    "mark": bytes.fromhex("AA9669"),
    "preamble": bytes.fromhex("AAAAAA9669"),
    "head": bytes.fromhex("AAAAAA96690508"),
    "a frame": reply(Answer.FOUND, bytes(4)),
}


@dataclass(frozen=True)
class Case:
    """`deed` turns a good reply into what arrives, the first time `command` is asked, or every time (`always`)."""

    kind: str
    command: Command
    deed: Deed
    at: str = ""
    always: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.at} on {self.command.name}{' always' if self.always else ''}"


def torn(at: int, good: bytes) -> Deliveries:
    return [(0.0, good[:at])] if at else []


def paused(at: int, seconds: float, good: bytes) -> Deliveries:
    return [(0.0, good[:at]), (seconds, good[at:])]


def disturbed(at: int, noise: bytes, good: bytes) -> Deliveries:
    return [(0.0, good[:at] + noise + good[at:])]


def lost(at: int, good: bytes) -> Deliveries:
    return [(0.0, good[:at] + good[at + 1 :])]


def changed(at: int, bits: int, good: bytes) -> Deliveries:
    return [(0.0, good[:at] + bytes([good[at] ^ bits]) + good[at + 1 :])]


def delayed(seconds: float, good: bytes) -> Deliveries:
    return [(seconds, good)]


def repeated(times: int, gap: float, good: bytes) -> Deliveries:
    return [(number * gap, good) for number in range(times)]


def late(stranger: bytes, gap: float, good: bytes) -> Deliveries:
    return [(0.0, stranger), (gap, good)]


def replaced(stranger: bytes, _: bytes) -> Deliveries:
    return [(0.0, stranger)]


def cases(every: int = 1) -> Iterator[Case]:
    """Every `every`th byte of the long replies; of the short ones, every byte."""
    for command, good in REPLIES.items():
        places = range(0, len(good), every if len(good) > 100 else 1)
        for at in places:
            yield Case("torn", command, partial(torn, at), str(at))
            yield Case("a byte lost", command, partial(lost, at), str(at))
            for bits in (0x01, 0xFF):
                yield Case("a byte changed", command, partial(changed, at, bits), f"{at} ^{bits:02X}")
            for seconds in (0.5, 1.9, 2.5, 4.0):
                yield Case("a pause", command, partial(paused, at, seconds), f"{at} {seconds}s")
            for name, noise in {**NOISES, "its own checksum": good[-1:]}.items():
                yield Case("noise", command, partial(disturbed, at, noise), f"{at} {name}")
        yield from _whole(command, good)


def _whole(command: Command, good: bytes) -> Iterator[Case]:
    for name, noise in NOISES.items():
        yield Case("noise behind", command, partial(disturbed, len(good), noise), name)
    for seconds in DELAYS:
        yield Case("delayed", command, partial(delayed, seconds), f"{seconds}s")
    for times in (2, 3):
        for gap in GAPS:
            yield Case("repeated", command, partial(repeated, times, gap), f"{times}x {gap}s")
    for name, stranger in STRANGERS.items():
        if stranger == good:
            continue
        doubles = name in DOUBLES.get(command, ())
        for gap in (0.0,) if doubles else GAPS:
            yield Case("a late reply", command, partial(late, stranger, gap), f"{name} {gap}s")
        if not doubles:
            yield Case("another's reply", command, partial(replaced, stranger), name)
    for at in (0, 1, 4, 6, 9, len(good) // 2, len(good) - 1):
        yield Case("torn", command, partial(torn, at), str(at), always=True)
        yield Case("a byte changed", command, partial(changed, at, 0x10), str(at), always=True)
        yield Case("noise", command, partial(disturbed, at, NOISES["head"]), str(at), always=True)


OPTIONS = Options(port="memory")
WITH_PRINTS = Options(port="memory", fingerprint=True)


class Rig:
    """The driver on a line in memory, the twin's SAM at its end, and one deed waiting for its reply."""

    def __init__(self, case: Case | None, options: Options = OPTIONS) -> None:
        self.clock = VirtualClock()
        self.sam = VirtualSam()
        self.case = case
        self.options = options
        self._requests = Requests()
        self.line = MemoryLine(self.clock, self._hear)
        self.reader = SdtReader("card_reader", options, self.clock, lambda *_: self.line)
        self.reader.open()

    def _hear(self, data: bytes) -> Deliveries:
        for asked in self._requests.feed(data):
            good, case = self.sam.answer(asked), self.case
            if case is None or int.from_bytes(asked[2:4], "big") != case.command:
                yield THINKING, good
                continue
            self.case = case if case.always else None
            for after, piece in case.deed(good):
                yield THINKING + after, piece


def expected(card: str, *, prints: bool = False) -> CardRecord:
    payload = unpack(read_reply(card, prints=prints)[10:-1])
    assert payload is not None
    record = parse_record(payload.text, payload.photo, VirtualClock().now().date())
    address = CARDS[card].newest_address
    return replace(
        record,
        newest_address=decode_address(address) if address else None,
        fingers=fingers(payload.prints) if payload.prints is not None else None,
    )


RIGHT = {(card, prints): expected(card, prints=prints) for card in (FIRST, SECOND) for prints in (True, False)}
MODELS = {"SDT/SAM identity-card reader", "SDT/SAM identity-card reader, SAM 05.01-20180615-0012345678-123456789"}


def try_out(case: Case) -> tuple[str, str]:
    """What it ended in, and what is wrong with that ("" where it is right)."""
    rig = Rig(case, WITH_PRINTS if case.command is Command.READ_WITH_FINGERPRINT else OPTIONS)
    rig.sam.lay(CARDS[FIRST])
    ended, wrong = _asked_for_status(rig) if case.command in (Command.SAM_STATUS, Command.SAM_ID) else _read(rig, FIRST)
    rig.case = None
    rig.clock.sleep(max(0.5, rig.line.busy_until - rig.clock.at))  # nobody lifts and lays a card faster
    rig.sam.lay(CARDS[SECOND])
    after, wrong_after = _read(rig, SECOND)
    if not wrong and after != "right record":
        wrong = wrong_after or f"the next read ended in {after}"
    return ended, wrong


def _asked_for_status(rig: Rig) -> tuple[str, str]:
    """A number of the SAM that nothing confirms is told or not told, but never a wrong one."""
    begun = rig.clock.at
    status = rig.reader.status()
    model = rig.reader.capabilities.model
    wrong = f"the model is told as {model}" if model not in MODELS else ""
    ended = f"{status.state}{', with its number' if 'SAM 05' in model else ''}"
    return ended, wrong or _overdue(rig.clock.at - begun, STATUS_TIME)


def _read(rig: Rig, card: str) -> tuple[str, str]:
    begun = rig.clock.at
    prints = rig.options.fingerprint
    try:
        record = rig.reader.read(newest_address=True)
    except DeviceError as error:
        ended = f"{error.code} ({type(error).__name__})"
        wrong = "" if error.code in CODES and "\n" not in str(error) else f"{error.code}: {error}"
    else:
        ended, wrong = _judged(record, RIGHT[card, prints])
    return ended, wrong or _overdue(rig.clock.at - begun, READ_TIME)


def _overdue(took: float, limit: float) -> str:
    return f"it took {took:.1f} s" if took > limit + SLICE else ""


def _judged(record: CardRecord, right: CardRecord) -> tuple[str, str]:
    if record == right:
        return "right record", ""
    said = tuple(warning for warning in record.warnings if warning not in right.warnings)
    but_address = replace(record, newest_address=right.newest_address, warnings=right.warnings)
    if but_address == right and record.newest_address is None and any("newest_address" in words for words in said):
        return "right record, newest address missing and said so", ""
    return "WRONG RECORD", "a wrong record"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.devices.idcard.tear", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="every Nth byte of the long replies; default: every byte")
    options = parser.parse_args(arguments)
    counts: Counter[tuple[str, str]] = Counter()
    failures: list[str] = []
    begun = time.monotonic()
    for case in cases(options.every):
        ended, wrong = try_out(case)
        counts[case.kind + (", always" if case.always else ""), ended] += 1
        if wrong:
            failures.append(f"{case}: {wrong}")
    print(f"{'done to one reply':28} {'ended in':52} cases")
    for (kind, ended), count in sorted(counts.items()):
        print(f"{kind:28} {ended:52} {count:5}")
    seconds = time.monotonic() - begun
    print(f"{sum(counts.values())} cases in {seconds:.0f} s; failures: {len(failures)}")
    print(*failures[:40], sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

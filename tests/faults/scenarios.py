"""What a terminal does on disk, one act a run in a fork of its own (`fork_server`); killed by the sweep.

Prints `confirmed ID` for what it has promised. The ids are the same in every run of an act, so that doing it again is
what the terminal does after a restart.
"""

import random  # noqa: TID251 - pauses of no length
from collections.abc import Callable
from pathlib import Path

from devices.clock import SystemClock
from devices.printer.contract import PrintPhase, ReceiptDocument
from flows.canonical import sha256_hex
from flows.case import Applicant, Attachment, Case
from flows.heartbeats import Announced
from flows.keys import decode_verify_key
from flows.packages import Manifest
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.delivery import deliver_waiting
from kiosk.backroom.keeping import Keeping
from kiosk.backroom.outbox import Outbox
from kiosk.backroom.packages import Packages
from kiosk.backroom.printing import Printing
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.identity import load_identity
from kiosk.messages.from_backroom import Committed, Delivered, FromBackroom
from kiosk.messages.to_backroom import Attach, PrintReceipt

PRINT = "receipt-1"
PICTURE = bytes(range(256)) * 80
VALUES = {"matter": "示例", "name": "测试甲", "number": "L1", "number_kind": "local", "time": "2026-11-24 16:00"}
CLOCK = SystemClock()
PATIENCE = 3.0  # s; a request that could not be sent whole is awaited so long
UNSAID: list[str] = []  # of this run


def case_ids(folder: Path) -> tuple[str, str]:
    """Of this folder's terminal: the center takes no case id twice, whoever sends it."""
    identity = load_identity(folder)
    assert identity is not None
    first, second = (sha256_hex(f"{identity.terminal_id}-{number}".encode())[:32] for number in (1, 2))
    return first, second


def opened(folder: Path) -> Outbox:
    return Outbox(folder, CLOCK, lambda aside: say("set-aside", aside.name), patience=0.0)


def say(*words: str) -> None:
    """In one write, so that a disk that fails cuts no line in two."""
    print(" ".join(words) + "\n", end="", flush=True)


def say_later(*words: str) -> None:
    """Where the fault hits these words themselves they are said when it is over."""
    try:
        say(*words)
    except OSError:
        UNSAID.append(" ".join(words))


def commit(folder: Path, *pragmas: str) -> None:
    """Two cases, the second one with a picture."""
    outbox, identity = opened(folder), load_identity(folder)
    assert identity is not None
    for pragma in pragmas:
        outbox.database.conn.execute(pragma)
    clerk = Clerk(outbox, identity, CLOCK, folder, 1)
    for case_id, picture in zip(case_ids(folder), (b"", PICTURE), strict=True):
        attachments = ()
        if picture:
            clerk.attach(Attach(request="a", name="material-1", media_type="image/jpeg"), picture)
            attachments = (
                Attachment(
                    name="material-1",
                    sha256=sha256_hex(picture),
                    size=len(picture),
                    media_type="image/jpeg",
                    step="material",
                ),
            )
        answer, _ = clerk.submit_case("s", _case(case_id, identity.terminal_id, attachments).model_dump(mode="json"))
        if isinstance(answer, Committed):
            say("confirmed", answer.case_id)
    outbox.close()


def _case(case_id: str, terminal_id: str, attachments: tuple[Attachment, ...]) -> Case:
    card = {"kind": "citizen", "name": "测试甲", "number": "330381189901010015"}
    return Case(
        case_id=case_id,
        terminal_id=terminal_id,
        matter="resident-medical-insurance",
        matter_version=1,
        kind="accepted",
        language="zh",
        created_at="2026-11-24T08:00:00Z",
        applicant=Applicant(**card),
        answers={"who": card},
        attachments=attachments,
    )


def print_once(folder: Path) -> None:
    """The paper is a file that only grows: what is on it cannot be taken back."""
    outbox = opened(folder)

    def on_paper(_document: ReceiptDocument, command_id: str) -> PrintPhase:
        with (folder / "paper").open("ab", buffering=0) as paper:
            paper.write(f"{command_id}\n".encode())
        return PrintPhase.PRINTED

    def asked(command_id: str) -> PrintPhase:
        paper = folder / "paper"
        known = paper.exists() and f"{command_id}\n".encode() in paper.read_bytes()
        return PrintPhase.PRINTED if known else PrintPhase.UNKNOWN

    printing = Printing(outbox.prints, on_paper, asked, lambda told: say("phase", told.phase))
    printing.print_receipt(PrintReceipt(command_id=PRINT, template="case", values=VALUES))
    if outbox.prints.phase(PRINT) == PrintPhase.PRINTED:
        say("confirmed", PRINT)
    outbox.close()


def deliver(folder: Path) -> None:
    """All that waits, then what the center has in a backup is forgotten."""
    outbox, identity = opened(folder), load_identity(folder)
    assert identity is not None
    link = CenterLink(identity.center_url, identity, CLOCK, PATIENCE)
    try:
        deliver_waiting(outbox, link, lambda entry, _receipt: say("confirmed", entry.envelope_id))
        Keeping(outbox, link, CLOCK, 0).settle("")
    except CenterFailed as error:
        say("failed", str(error))
    finally:
        link.close()
        outbox.close()


def sync(folder: Path) -> None:
    """One turn of the thread that keeps offering: time and key of the center, delivery, keeping, the note for `kiosk
    queue`. An exception out of it would end the thread.
    """
    outbox, identity = opened(folder), load_identity(folder)
    assert identity is not None
    link = CenterLink(identity.center_url, identity, CLOCK, PATIENCE)

    def told(message: FromBackroom) -> None:
        if isinstance(message, Delivered):
            say_later("confirmed", message.case_id)

    turning = Sync(outbox, link, CLOCK, random.Random(1), told, Rhythm(), 0)
    try:
        turning.turn()
    except Exception as fault:
        say_later("fallen", type(fault).__name__)
        raise
    link.close()
    outbox.close()


def open_only(folder: Path) -> None:
    """Opening brings an older file up to date, or sets a damaged one aside."""
    opened(folder).close()
    say("confirmed", "open")


def update(folder: Path) -> None:
    """The package of matters that lies in `source` comes into use."""
    source = folder / "source"
    packages = Packages(folder, decode_verify_key((source / "key").read_text()))
    body = (source / "manifest").read_bytes()
    manifest = Manifest.model_validate_json(body)

    def fetch(path: str) -> bytes:
        return (source / path.rpartition("/")[2]).read_bytes() if "/files/" in path else body

    packages.take(Announced(version=manifest.version, digest=manifest.digest), fetch)
    if packages.version == manifest.version:
        say("confirmed", str(packages.version))


ACTS: dict[str, Callable[[Path], None]] = {
    "commit": commit,
    "print": print_once,
    "deliver": deliver,
    "sync": sync,
    "open": open_only,
    "update": update,
    "careless": lambda folder: commit(folder, "PRAGMA synchronous = OFF"),  # a fault that sweeps must find
}


def preload() -> None:
    """What acts would load only when they need it: a fault there would tell nothing about the disk."""
    import kiosk.receipts

    kiosk.receipts.render_receipt("case", VALUES, "zh")
    load_identity(Path("nowhere"))


def perform(act: str, folder: Path) -> None:
    try:
        ACTS[act](folder)
    except Exception as fault:  # noqa: BLE001 - the sweep wants to know how it ended, not why
        say("failed", type(fault).__name__)
    else:
        say("ended")

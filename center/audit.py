"""The audit log: who did what when, each entry chained to the one before by its hash, the newest signed by the center.

An entry names staff, terminals, case numbers and kinds of acts, and nobody who applied. Whoever may write to the
database but has not the center's signing key can neither change, remove, swap nor cut off an entry unseen; a head noted
outside (`kiosk-center audit head`, every backup) also shows a database that was set back as a whole.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import JsonValue, ValidationError
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from center.staff_tables import AuditEntry, AuditHead
from flows.canonical import canonical, from_base64, sha256_hex, to_base64
from flows.text import Frozen
from flows.wire import Base64, Sha256, iso_utc

_GENESIS = sha256_hex(b"OEB-1 audit\n")
_ENTRY, _HEAD = b"OEB-1 audit entry\n", b"OEB-1 audit head\n"
_CHUNK = 1000  # rows
_ONE = 1  # the id of the only head


class Head(Frozen):
    """So many entries, the last of which has this hash; signed by the center."""

    entries: int
    hash: Sha256
    signature: Base64


class Entry(Frozen):
    """`more` holds what else the kind of act needs, such as the part and the stage of a case."""

    number: int
    at: str
    actor: str
    action: str
    subject: str
    more: dict[str, str]
    hash: Sha256


@dataclass(frozen=True)
class Verdict:
    """`problem` is empty for a whole chain; else one line that names the first entry that is wrong."""

    entries: int
    problem: str = ""


def record(
    session: Session, key: Ed25519PrivateKey, now: datetime, *, actor: str, action: str, subject: str = "", **more: str
) -> None:
    """In the transaction under way, as its last statement: other writers wait from here until it ends."""
    head = _locked_head(session, key)
    entry = AuditEntry(
        number=head.entries + 1,
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        more=canonical(dict(more)).decode(),
        previous=head.hash,
        hash="",
    )
    entry.hash = _hash(entry)
    session.add(entry)
    head.entries, head.hash = entry.number, entry.hash
    head.signature = _sign(head.entries, head.hash, key)
    session.flush()


def _locked_head(session: Session, key: Ed25519PrivateKey) -> AuditHead:
    first = {"head_id": _ONE, "entries": 0, "hash": _GENESIS, "signature": _sign(0, _GENESIS, key)}
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(AuditHead).values(first).on_conflict_do_nothing())
    locked = select(AuditHead).where(AuditHead.head_id == _ONE).with_for_update()
    return session.scalars(locked.execution_options(populate_existing=True)).one()


def _hash(entry: AuditEntry) -> str:
    told: Mapping[str, JsonValue] = {
        "number": entry.number,
        "at": iso_utc(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "more": entry.more,
        "previous": entry.previous,
    }
    return sha256_hex(_ENTRY + canonical(told))


def _head_bytes(entries: int, hash_: str) -> bytes:
    return _HEAD + canonical({"entries": entries, "hash": hash_})


def _sign(entries: int, hash_: str, key: Ed25519PrivateKey) -> str:
    return to_base64(key.sign(_head_bytes(entries, hash_)))


def head_of(session: Session) -> Head | None:
    """To be noted outside; None for a log without entries."""
    row = session.get(AuditHead, _ONE)
    return Head(entries=row.entries, hash=row.hash, signature=row.signature) if row else None


def entries_of(session: Session, newest: int, before: int | None = None) -> list[Entry]:
    """So many of the newest ones, of those before a number; oldest first."""
    rows = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(newest)
    found = session.scalars(rows if before is None else rows.where(AuditEntry.number < before)).all()
    return [_told(row) for row in reversed(found)]


def _told(row: AuditEntry) -> Entry:
    return Entry(
        number=row.number,
        at=iso_utc(row.at),
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        more=json.loads(row.more),
        hash=row.hash,
    )


def verify(session: Session, key: Ed25519PublicKey, noted: Head | None = None) -> Verdict:
    """Of one snapshot. `noted`: a head of this log that was kept elsewhere; it must still be on the chain."""
    head = head_of(session)
    if head is None:
        if session.scalar(select(func.count()).select_from(AuditEntry)) or noted is not None:
            return Verdict(0, "the head of the log is gone")
        return Verdict(0)
    if not _is_signed(head, key):
        return Verdict(head.entries, "the head of the log is not signed by this center")
    if noted is not None and not _is_signed(noted, key):
        return Verdict(head.entries, "the noted head is not signed by this center")
    return _walk(session, head, noted)


def _walk(session: Session, head: Head, noted: Head | None) -> Verdict:
    number, previous = 0, _GENESIS
    marks = {noted.entries: noted.hash} if noted else {}
    for entry in _all(session):
        number += 1
        if entry.number != number:
            return Verdict(number, f"entry {number} is missing")
        if entry.previous != previous or entry.hash != _hash(entry):
            return Verdict(number, f"entry {number} was changed, or the one before it")
        if marks.get(number, entry.hash) != entry.hash:
            return Verdict(number, f"entry {number} is not the one that was noted")
        previous = entry.hash
    if (number, previous) != (head.entries, head.hash):
        return Verdict(number, f"the log ends at entry {number}; its signed head says {head.entries}")
    if noted is not None and noted.entries > number:
        return Verdict(number, f"the log ends at entry {number}; {noted.entries} were noted")
    return Verdict(number)


def _all(session: Session) -> Iterator[AuditEntry]:
    rows, last = select(AuditEntry).order_by(AuditEntry.number).limit(_CHUNK), None
    while chunk := session.scalars(rows if last is None else rows.where(AuditEntry.number > last)).all():
        yield from chunk
        last = chunk[-1].number
        session.expunge_all()


def _is_signed(head: Head, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(from_base64(head.signature), _head_bytes(head.entries, head.hash))
    except (InvalidSignature, ValueError):
        return False
    return True


def read_head(text: str) -> Head | None:
    """None for what is no head."""
    try:
        return Head.model_validate_json(text)
    except ValidationError:
        return None

"""Who works at the center: named, with roles that each may do only their own, known by a bearer token.

The token is shown once and only its hash is kept; it expires, and can be revoked at any time.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from center import audit
from center.casework.stages import Move
from center.errors import CenterUnusable
from center.services import Center
from center.staff_tables import StaffRecord

TOKEN_DAYS = 90  # then a new one is made
_PREFIX = "oeb_"


class Right(StrEnum):
    """What one may do besides moving cases (center.casework.stages says who may move them)."""

    LIST_CASES = "list-cases"  # numbers, stages and clocks; nobody is named
    OPEN_CASES = "open-cases"  # what a citizen said; each opening is logged
    FOLLOW_UP = "follow-up"  # bad ratings and reports
    READ_AUDIT = "read-audit"
    PUBLISH = "publish"  # matters and settings
    FLEET = "fleet"  # terminals


ROLES: Mapping[str, frozenset[Right]] = {
    "receiver": frozenset({Right.LIST_CASES, Right.OPEN_CASES}),  # 收件
    "examiner": frozenset({Right.LIST_CASES, Right.OPEN_CASES}),  # 审批
    "supervisor": frozenset({Right.LIST_CASES, Right.FOLLOW_UP}),  # 督办
    "publisher": frozenset({Right.PUBLISH}),  # 事项发布
    "technician": frozenset({Right.FLEET}),  # 运维
    "auditor": frozenset({Right.READ_AUDIT, Right.LIST_CASES}),  # 审计
}
APART = (("auditor", "receiver"), ("auditor", "examiner"), ("auditor", "supervisor"), ("receiver", "examiner"))
RESERVED = ("center", "console", "applicant")


@dataclass(frozen=True)
class Actor:
    """Who acts: staff, the center itself, the applicant, or whoever sits at the console and has the center's keys."""

    name: str
    roles: frozenset[str] = frozenset()
    department: str = ""

    @property
    def moves_by_itself(self) -> bool:
        return self in (CENTER, APPLICANT)

    def may(self, right: Right) -> bool:
        return self == CONSOLE or any(right in ROLES.get(role, ()) for role in self.roles)

    def may_move(self, move: Move) -> bool:
        """By role; the stage of the case is another matter."""
        return self.moves_by_itself or not self.roles.isdisjoint(move.roles)


CENTER, APPLICANT, CONSOLE = Actor("center"), Actor("applicant"), Actor("console", frozenset(ROLES))


@dataclass(frozen=True)
class Added:
    record: StaffRecord
    token: str


def add_staff(center: Center, by: Actor, name: str, roles: Iterable[str], *, department: str, days: int) -> Added:
    """With a new token; for a known name the roles and the token are replaced. Raises CenterUnusable."""
    given = tuple(sorted(set(roles)))
    _check(name, given)
    token, now = _PREFIX + secrets.token_urlsafe(32), center.clock.now()
    record = StaffRecord(
        name=name,
        roles="|".join(given),
        department=department,
        token_hash=_hash(token),
        added_at=now,
        expires_at=now + timedelta(days=days),
        revoked_at=None,
    )
    with center.database.writing() as session:
        session.merge(record)
        audit.record(
            session, center.keys.signing, now, actor=by.name, action="staff.add", subject=name, roles=record.roles
        )
    return Added(record, token)


def _check(name: str, roles: tuple[str, ...]) -> None:
    if name in RESERVED or not name.isprintable() or not 1 <= len(name) <= 32 or " " in name:
        raise CenterUnusable(f"staff '{name}': a name of 1 to 32 characters without spaces, not {', '.join(RESERVED)}")
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise CenterUnusable(f"staff {name}: unknown role '{', '.join(unknown)}'; known: {', '.join(ROLES)}")
    for one, other in APART:
        if {one, other} <= set(roles):
            raise CenterUnusable(f"staff {name}: nobody is both {one} and {other}; add two people")


def revoke_staff(center: Center, by: Actor, name: str) -> bool:
    """False for an unknown name; the token is dead at once."""
    now = center.clock.now()
    with center.database.writing() as session:
        record = session.get(StaffRecord, name)
        if record is None:
            return False
        record.revoked_at = record.revoked_at or now
        audit.record(session, center.keys.signing, now, actor=by.name, action="staff.revoke", subject=name)
    return True


def all_staff(center: Center) -> list[StaffRecord]:
    with center.database.reading() as session:
        return list(session.scalars(select(StaffRecord).order_by(StaffRecord.name)))


def by_token(session: Session, token: str, now: datetime) -> Actor | None:
    """None for a token nobody has, one that has expired, or one that was revoked."""
    record = session.scalar(select(StaffRecord).where(StaffRecord.token_hash == _hash(token)))
    return None if record is None or not _is_valid(record, now) else _actor(record)


def by_name(center: Center, name: str) -> Actor:
    """Somebody whose work is done at the console for them. Raises CenterUnusable."""
    with center.database.reading() as session:
        record = session.get(StaffRecord, name)
    if record is None or not _is_valid(record, center.clock.now()):
        raise CenterUnusable(f"no staff {name}, or no longer; see: kiosk-center staff list")
    return _actor(record)


def _is_valid(record: StaffRecord, now: datetime) -> bool:
    return record.revoked_at is None and record.expires_at > now


def _actor(record: StaffRecord) -> Actor:
    return Actor(record.name, frozenset(record.roles.split("|")), record.department)


def _hash(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(b"OEB-1 staff\n" + token.encode()).hexdigest()

"""Each terminal as staff see it: who it is, what its last heartbeat said, what is wrong and since when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from center.console import noted
from center.fleet_tables import TerminalReport, Trouble
from center.journal import Event, log
from center.services import Center
from center.tables import Terminal
from center.troubles import UNTIL_LOOKED_AT, words_of
from flows.case import iso_seconds
from flows.heartbeats import Beat


@dataclass(frozen=True)
class TerminalView:
    terminal: Terminal
    report: TerminalReport | None
    troubles: Sequence[Trouble]

    @property
    def status(self) -> str:
        return "revoked" if self.terminal.revoked_at else "enrolled"

    @property
    def beat(self) -> Beat | None:
        return Beat.model_validate_json(self.report.beat) if self.report else None

    def trouble_lines(self) -> Iterator[str]:
        for trouble in self.troubles:
            words = words_of(trouble.kind, trouble.subject, trouble.detail)
            yield f"{words.zh} / {words.en}, since {iso_seconds(trouble.since)}"

    def lines(self) -> Iterator[str]:
        """For `terminals show`."""
        terminal, beat = self.terminal, self.beat
        yield f"{terminal.terminal_id}  {self.status}  {terminal.name}  {terminal.site}"
        if terminal.revoked_at:
            yield f"revoked {iso_seconds(terminal.revoked_at)}: {terminal.revoked_why or 'no reason given'}"
        if terminal.certificate_expires_at:
            yield f"certificate until {iso_seconds(terminal.certificate_expires_at)}"
        yield from self.trouble_lines()
        if beat is None or self.report is None:
            yield "no heartbeat yet"
            return
        yield f"last heartbeat {iso_seconds(self.report.received_at)}, program {beat.program}, package {beat.package}"
        yield f"{beat.waiting} waiting, {beat.set_aside} set aside, {beat.disk_free_mb} MB free"
        for device in beat.devices:
            paper = f", paper {device.paper}" if device.paper else ""
            yield f"{device.device}: {device.state}{paper} {device.message}".rstrip()
        yield from (f"last error: {line}" for line in beat.errors)

    def as_json(self, *, whole: bool = False) -> dict[str, JsonValue]:
        terminal, report = self.terminal, self.report
        values: dict[str, JsonValue] = {
            "terminal_id": terminal.terminal_id,
            "name": terminal.name,
            "site": terminal.site,
            "status": self.status,
            "enrolled_at": iso_seconds(terminal.enrolled_at),
            "last_heartbeat": iso_seconds(report.received_at) if report else None,
            "troubles": [_trouble(item) for item in self.troubles],
        }
        if whole:
            expires_at = terminal.certificate_expires_at
            values["certificate_expires_at"] = iso_seconds(expires_at) if expires_at else None
            values["revoked_why"] = terminal.revoked_why
            values["heartbeat"] = self.beat.model_dump(mode="json") if self.beat else None
        return values


def _trouble(item: Trouble) -> dict[str, JsonValue]:
    words = words_of(item.kind, item.subject, item.detail)
    return {
        "kind": item.kind,
        "subject": item.subject,
        "detail": item.detail,
        "since": iso_seconds(item.since),
        "words": words.model_dump(mode="json"),
    }


def all_views(center: Center) -> Iterator[TerminalView]:
    """In the order they were enrolled."""
    with center.database.reading() as session:
        troubles = _by_terminal(session)
        reports = {row.terminal_id: row for row in session.scalars(select(TerminalReport))}
        for terminal in session.scalars(select(Terminal).order_by(Terminal.enrolled_at)):
            name = terminal.terminal_id
            yield TerminalView(terminal, reports.get(name), troubles.get(name, []))


def view_of(center: Center, terminal_id: str) -> TerminalView | None:
    return next((view for view in all_views(center) if view.terminal.terminal_id == terminal_id), None)


def _by_terminal(session: Session) -> dict[str, list[Trouble]]:
    troubles: dict[str, list[Trouble]] = {}
    for trouble in session.scalars(select(Trouble).order_by(Trouble.since)):
        troubles.setdefault(trouble.terminal_id, []).append(trouble)
    return troubles


def looked_at(center: Center, terminal_id: str) -> bool:
    """What only a person ends is over; false when nothing of the kind was known."""
    mine = (Trouble.terminal_id == terminal_id) & Trouble.kind.in_(UNTIL_LOOKED_AT)
    with center.database.writing() as session:
        known = session.scalars(select(Trouble).where(mine)).first()
        session.execute(delete(Trouble).where(mine))
        if known is not None:
            noted(center, session, "terminal.cleared", terminal_id)
    return known is not None


def take_out(center: Center, terminal_id: str, why: str) -> bool:
    """Revoke it; False when there is no such terminal; a second time keeps the first reason."""
    now = center.clock.now()
    with center.database.writing() as session:
        terminal = session.get(Terminal, terminal_id)
        if terminal is None:
            return False
        if terminal.revoked_at is None:
            terminal.revoked_at, terminal.revoked_why = now, why[:300]
            session.execute(delete(Trouble).where(Trouble.terminal_id == terminal_id, Trouble.kind == "down"))
            noted(center, session, "terminal.revoke", terminal_id, why=why[:300])
    log(Event.TERMINAL_REVOKED, terminal_id=terminal_id, why=why[:300])
    return True

"""What the database knows for Prometheus: cases under way, decisions that wait, terminals seen, the last backup."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from center.casework.guessing import LIMITS, WINDOW
from center.casework.tables import FollowUpRecord, WrongAnswers
from center.services import Center
from center.tables import CaseRecord, Conflict, DecisionRecord, Nonce, StoredEnvelope, Terminal

_KEEP = 15.0  # s; however often it is asked, the database is asked no more often
SEEN = timedelta(minutes=10)


class CenterState(Collector):
    """Finished cases are not counted: in a province they are a hundred million, and nobody waits for them."""

    def __init__(self, center: Center) -> None:
        self._center = center
        self._kept: list[GaugeMetricFamily] = []
        self._at = -_KEEP

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing is asked of the database when this is registered."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = self._center.clock.monotonic()
        if now - self._at >= _KEEP:
            self._kept, self._at = self._ask(), now
        yield from self._kept

    def _ask(self) -> list[GaugeMetricFamily]:
        up = GaugeMetricFamily("oue_database_up", "1 when the database answers")
        try:
            with self._center.database.reading() as session:
                found = [*self._cases(session), *self._terminals(session), *self._backup(session)]
        except SQLAlchemyError:
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        return [up, *found]

    def _cases(self, session: Session) -> Iterator[GaugeMetricFamily]:
        under_way = GaugeMetricFamily("oue_cases_under_way", "Cases not finished, by state", labels=["state"])
        unfinished = select(CaseRecord.state, func.count()).where(CaseRecord.state != "finished")
        for state, count in session.execute(unfinished.group_by(CaseRecord.state)):
            under_way.add_metric([state], count)
        yield under_way
        waiting = (
            select(func.count())
            .select_from(CaseRecord)
            .outerjoin(DecisionRecord, DecisionRecord.case_id == CaseRecord.case_id)
            .where(CaseRecord.kind == "instant", CaseRecord.state != "finished", DecisionRecord.case_id.is_(None))
        )
        yield _gauge("oue_decisions_waiting", "Instant cases without a decision", session.scalar(waiting))
        open_ones = select(func.count()).where(FollowUpRecord.closed_at.is_(None))
        yield _gauge("oue_follow_ups_open", "Bad ratings and reports that nobody has closed", session.scalar(open_ones))
        late = open_ones.where(FollowUpRecord.fix_by < self._center.clock.now())
        yield _gauge("oue_follow_ups_late", "Of these, past their day", session.scalar(late))
        conflicts = select(func.count()).select_from(Conflict)
        yield _gauge("oue_conflicts", "Envelopes kept for a person to look at", session.scalar(conflicts))
        yield self._guesses(session)

    def _guesses(self, session: Session) -> GaugeMetricFamily:
        now, words = self._center.clock.now(), "Not answered for now: too many wrong people or numbers were tried"
        spent = GaugeMetricFamily("oue_guesses_spent", words, labels=["of"])
        for kind, limit in LIMITS.items():
            used_up = WrongAnswers.scope.startswith(kind) & (WrongAnswers.count >= limit)
            asked = select(func.count()).where(used_up, WrongAnswers.since > now - WINDOW)
            spent.add_metric([kind.rstrip(":")], session.scalar(asked) or 0)
        return spent

    def _terminals(self, session: Session) -> Iterator[GaugeMetricFamily]:
        since = self._center.clock.now() - SEEN
        seen = select(func.count(func.distinct(Nonce.terminal_id))).where(Nonce.seen_at > since)
        yield _gauge("oue_terminals_seen", "Terminals that asked within ten minutes", session.scalar(seen))
        enrolled = select(func.count()).select_from(Terminal).where(Terminal.revoked_at.is_(None))
        yield _gauge("oue_terminals_enrolled", "Terminals enrolled and not revoked", session.scalar(enrolled))

    def _backup(self, session: Session) -> Iterator[GaugeMetricFamily]:
        last = session.scalar(select(func.max(StoredEnvelope.backed_up_at)))
        if last is not None:
            age = (self._center.clock.now() - last).total_seconds()
            yield _gauge("oue_backup_age_seconds", "Since the last backup that had something new", age)


def _gauge(name: str, words: str, value: float | None) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(name, words)
    gauge.add_metric([], value or 0)
    return gauge

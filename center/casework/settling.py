"""After the last word on a case: its decision, the document that comes of it, and the end of what needs nobody more."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from center.cases import matter_of, open_case
from center.casework.moving import CaseInHand, Order, moves_of, parts_of, perform, take_in_hand
from center.casework.stages import FINAL, MOVES, Stage
from center.casework.tables import PartRecord
from center.casework.words import APPROVED, BLOCKED, LAPSED, REFUSED, TOLD, given_with
from center.decisions import Issued, ask_departments, decision_with, issue_document, row_of_decision
from center.services import Center
from center.staff import CENTER, Actor
from center.tables import CaseRecord, DecisionRecord
from flows.api import Decision
from flows.decide import Decided
from flows.shown import labelled_rows
from flows.text import LabelledValue, Text
from flows.visit import names_of

_DECIDED = FINAL | {Stage.APPROVED, Stage.DISAPPROVED}


@dataclass(frozen=True)
class _Standing:
    record: CaseRecord
    parts: Sequence[PartRecord]
    words: dict[str, Text]  # of each part that is decided
    is_decided: bool
    decision: DecisionRecord | None


def carry_out(center: Center, actor: Actor, case_id: str, order: Order, public_url: str) -> PartRecord:
    """One move and what the center then does by itself. Raises KeyError and MoveRefused."""
    with center.database.writing() as session:
        part = perform(take_in_hand(center, session, case_id), actor, order)
    if part.stage in _DECIDED:
        settle(center, case_id, public_url)
    return part


def settle(center: Center, case_id: str, public_url: str) -> None:
    """Whatever a decided case still needs from the center; nothing happens otherwise, however often it is asked."""
    standing = _standing(center, case_id)
    decision, issued = None, None
    if standing.is_decided and (standing.decision is None or standing.decision.outcome == "accepted"):
        decision, issued = _decide(center, standing, public_url)
    with center.database.writing() as session:
        case = take_in_hand(center, session, case_id)
        if decision is not None and _is_still(session, standing, case):
            session.merge(row_of_decision(center, standing.record, decision, issued, case.now))
        for part in case.parts:
            if part.stage in (Stage.APPROVED, Stage.DISAPPROVED) and not part.hands_over:
                perform(case, CENTER, Order("deliver", part.part_id))
        for part in case.parts:
            if part.stage in FINAL:
                part.wakes_at = None


def _standing(center: Center, case_id: str) -> _Standing:
    with center.database.reading() as session:
        record = session.get_one(CaseRecord, case_id)
        parts = parts_of(session, case_id)
        words = {part.part_id: _words(center, session, part) for part in parts if part.stage in _DECIDED}
        decided = session.get(DecisionRecord, case_id)
        return _Standing(record, parts, words, len(words) == len(parts), decided)


def _is_still(session: Session, standing: _Standing, case: CaseInHand) -> bool:
    """Nobody moved a part or decided while the document was drawn."""
    before = {part.part_id: part.moves for part in standing.parts}
    same = before == {part.part_id: part.moves for part in case.parts}
    decided = session.get(DecisionRecord, case.record.case_id)
    return same and (decided is None) == (standing.decision is None)


def _words(center: Center, session: Session, part: PartRecord) -> Text:
    """What the applicant is told of a part that is decided: the reason where one was given."""
    moves = moves_of(session, part)
    last = next(move for move in reversed(moves) if move.move != "deliver")
    given = given_with(center, last)
    if given.reason is not None:
        return given.reason
    if last.move in ("block", "lapse"):
        return BLOCKED if last.move == "block" else LAPSED
    if part.outcome is not None:
        return APPROVED if part.outcome == "approved" else REFUSED
    return TOLD.get(Stage(part.stage), MOVES[last.move][0].words)


def _decide(center: Center, standing: _Standing, public_url: str) -> tuple[Decision, Issued | None]:
    matter = matter_of(center, standing.record)
    approved = [part for part in standing.parts if part.outcome == "approved"]
    if len(standing.parts) > 1:
        titles = {part.id: part.title for part in matter.parts} if matter else {}
        rows = tuple(
            LabelledValue(label=titles.get(key, Text(zh=key, en=key)), value=text)
            for key, text in standing.words.items()
        )
        message = APPROVED if len(approved) == len(standing.parts) else _some(len(approved), len(standing.parts))
    else:
        rows, message = (), next(iter(standing.words.values()))
    if not approved:
        return Decision(outcome="refused", message=message, rows=rows), None
    if matter is None or matter.document is None or len(approved) < len(standing.parts):
        return Decision(outcome="accepted", message=message, rows=rows), None
    opened = open_case(center, standing.record.case_id)
    answers, sample = ask_departments(matter, opened.case.answers, opened.day, center.clock.now())
    shown = tuple(labelled_rows(matter, matter.document.rows, names_of(matter, answers, opened.day)))
    issued = issue_document(center, matter, opened, shown, sample, public_url)
    told = Decided("issued", message, shown)
    return decision_with(told, sample, issued), issued


def _some(approved: int, parts: int) -> Text:
    return Text(
        zh=f"{parts} 项中办成 {approved} 项，详见各项结果。",
        en=f"{approved} of {parts} parts are done; see each of them.",
    )

"""补正: what a case still lacks, and the supplements that bring it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.cases import find_case, open_case
from center.casework.guessing import budgets_of, count_wrong, judge, time_left
from center.casework.moving import CaseInHand, Order, moves_of, perform, take_in_hand
from center.casework.stages import ASKED, Stage
from center.casework.tables import PartRecord, SupplementRecord
from center.casework.words import given_with
from center.errors import Refused
from center.services import Center
from center.staff import APPLICANT
from center.tables import CaseRecord
from flows.case import Case
from flows.contents import Missing, Supplement

Verdict = Literal["taken", "noCase", "notAsked", "otherPerson", "held"]


@dataclass(frozen=True)
class Asked:
    """`lacks` is what no supplement has brought yet."""

    missing: tuple[Missing, ...]
    lacks: tuple[Missing, ...]


def asked_of(center: Center, session: Session, part: PartRecord, case_number: str) -> Asked:
    """Nothing where it is not the citizen's turn."""
    if part.stage not in ASKED:
        return Asked((), ())
    question = next(move for move in reversed(moves_of(session, part)) if move.stage == part.stage)
    missing = given_with(center, question).missing
    came = select(SupplementRecord.supplied).where(
        SupplementRecord.case_number == case_number,
        SupplementRecord.part_id == part.part_id,
        SupplementRecord.verdict == "taken",
        SupplementRecord.received_at >= question.at,
    )
    supplied = {name for row in session.scalars(came) for name in row.split("|")}
    return Asked(missing, tuple(item for item in missing if item.id not in supplied))


def take_supplement(center: Center, session: Session, supplement: Supplement, applied: Case | None) -> Verdict:
    """In the transaction that stores the envelope: the case goes on from where it was once nothing is lacking.

    `applied` is the case of that number, None where there is none. What cannot be taken is kept for staff all the same.
    """
    verdict: Verdict = "noCase"
    part_id = supplement.part
    if applied is not None:
        case = take_in_hand(center, session, applied.case_id)
        part = _addressed(case, supplement.part)
        part_id = part.part_id if part is not None else supplement.part
        verdict = _verdict(case, part, supplement, applied)
    session.add(
        SupplementRecord(
            supplement_id=supplement.supplement_id,
            case_number=supplement.case_number,
            part_id=part_id[:40],
            supplied="|".join(sorted(supplement.supplied)),
            verdict=verdict,
            received_at=center.clock.now(),
        )
    )
    session.flush()
    if applied is None or part is None or verdict != "taken":
        return verdict
    if not asked_of(center, session, part, supplement.case_number).lacks:
        perform(case, APPLICANT, Order("supplement", part.part_id))
    return verdict


def _addressed(case: CaseInHand, part_id: str) -> PartRecord | None:
    """The part it names; or the only one that is waiting for something."""
    named = [part for part in case.parts if part.part_id == part_id]
    waiting = [part for part in case.parts if part.stage in ASKED]
    found: Sequence[PartRecord] = named or (waiting if not part_id and len(waiting) == 1 else [])
    return found[0] if found else None


def _verdict(case: CaseInHand, part: PartRecord | None, supplement: Supplement, applied: Case) -> Verdict:
    """`held`: too many wrong people tried, so that staff look at whatever comes within the hour."""
    budgets = budgets_of(supplement.terminal_id, supplement.case_number)
    if time_left(case.center, case.session, budgets):
        return "held"
    if not _same_person(supplement.applicant.number, applied):
        count_wrong(case.center, case.session, supplement.terminal_id, budgets)
        return "otherPerson"
    if part is None or Stage(part.stage) not in ASKED or not supplement.supplied:
        return "notAsked"
    return "taken"


def _same_person(number: str, applied: Case) -> bool:
    """Who applied by their face alone has no number that anybody could bring."""
    return bool(number) and number.upper() == applied.applicant.number.upper()


def is_applicant(center: Center, terminal_id: str, case_number: str, number: str) -> bool:
    """As `take_supplement` will judge it. Raises Refused, also where too many were asked that are not."""
    record = find_case(center, case_number)
    same = record is not None and _same_person(number, open_case(center, record.case_id).case)
    judge(center, terminal_id, record.case_number if record else "", right=same)
    if record is None:
        raise Refused(404, "noSuchCase", "There is no case of that number", "", "correct")
    return same


def supplements_of(session: Session, record: CaseRecord) -> list[SupplementRecord]:
    """Oldest first."""
    mine = select(SupplementRecord).where(SupplementRecord.case_number == record.case_number)
    return list(session.scalars(mine.order_by(SupplementRecord.received_at)))

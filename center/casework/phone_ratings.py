"""好差评 from the page behind a receipt's code: once for a case, its words sealed, a bad one followed up as all are."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.casework.followups import REPORT_MATTER, hear_rating
from center.casework.phone_words import sealed_words
from center.journal import Event, log
from center.services import Center
from center.tables import CaseRecord, RatingRecord
from flows.case import Rating, iso_seconds
from flows.ratings import RATINGS

LONGEST_TEXT = 500  # characters, as from a terminal
Standing = Literal["open", "rated", "closed"]


def standing_of(center: Center, case_number: str) -> Standing:
    """`closed`: what did not work out is not rated, it is followed up already."""
    with center.database.reading() as session:
        record = _record(session, case_number)
        if record is None or record.matter == REPORT_MATTER:
            return "closed"
        return "rated" if _is_rated(session, record.case_id) else "open"


def rate(center: Center, case_number: str, level: int, tags: Sequence[str], text: str) -> None:
    """Changes nothing where the case is not to be rated, or was. Tags that are not of the level are left out."""
    known = {tag.code for one in RATINGS if one.level == level for tag in one.tags}
    chosen = tuple(dict.fromkeys(tag for tag in tags if tag in known))
    try:
        with center.database.writing() as session:
            record = _record(session, case_number)
            if record is None or record.matter == REPORT_MATTER or _is_rated(session, record.case_id):
                return
            _add(center, session, record.case_id, (level, chosen, text[:LONGEST_TEXT]))
    except IntegrityError:
        return  # sent twice at the same time
    log(Event.RATING_RECEIVED, case_number=case_number, terminal_id="phone")


def _add(center: Center, session: Session, case_id: str, said: tuple[int, tuple[str, ...], str]) -> None:
    """Under the id of its case, which the database takes once. `said`: level, tags, text."""
    now, (level, tags, text) = center.clock.now(), said
    own = {"rating_id": case_id, "case_id": case_id, "created_at": iso_seconds(now)}
    rating = Rating.model_validate({"level": level, "tags": tags, "text": text, **own})
    session.add(
        RatingRecord(
            rating_id=case_id,
            case_id=case_id,
            level=rating.level,
            tags="|".join(rating.tags),
            received_at=now,
            sealed=sealed_words(center, case_id, rating.text),
        )
    )
    session.flush()
    hear_rating(center, session, rating)


def _record(session: Session, case_number: str) -> CaseRecord | None:
    return session.scalar(select(CaseRecord).where(CaseRecord.case_number == case_number))


def _is_rated(session: Session, case_id: str) -> bool:
    return session.scalar(select(RatingRecord.rating_id).where(RatingRecord.case_id == case_id).limit(1)) is not None

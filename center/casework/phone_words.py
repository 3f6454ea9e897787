"""The words of a rating that came from a phone: sealed at the center, for no terminal made an envelope of them."""

from center.errors import Refused
from center.services import Center
from center.tables import RatingRecord
from flows.case import Rating, iso_seconds

_INFO = b"OEB-1 phone rating\n"


def sealed_words(center: Center, case_id: str, text: str) -> bytes:
    return center.keys.sealing.public.seal(text.encode(), _INFO + case_id.encode())


def rating_by_phone(center: Center, case_id: str) -> Rating:
    """Opened. Raises Refused."""
    with center.database.reading() as session:
        row = session.get(RatingRecord, case_id)
    if row is None or row.sealed is None:
        raise Refused(404, "noSuchFollowUp", "There is no such rating", "", "correct")
    return Rating(
        rating_id=case_id,
        case_id=case_id,
        level=row.level,
        tags=tuple(filter(None, row.tags.split("|"))),
        text=center.keys.sealing.open(row.sealed, _INFO + case_id.encode()).decode(),
        created_at=iso_seconds(row.received_at),
    )

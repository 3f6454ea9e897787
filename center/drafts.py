"""Visits that were kept for later: sealed bytes under the hash of a token, for some days, and gone once used.

The center signs the code that a person takes along and keeps no token; without it and the number of the same ID card
nobody opens what lies here.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete

from center.errors import Refused
from center.services import Center
from center.tables import DraftRecord
from flows.api import DraftCode, DraftRequest
from flows.canonical import from_base64
from flows.codes import sign_code
from flows.drafts import LONGEST_SEALED, code_content, locator_of
from flows.phone_pages import resume_address


def keep_draft(center: Center, request: DraftRequest) -> DraftCode:
    """The code to show. Raises Refused for what is too long."""
    try:
        sealed = from_base64(request.sealed)
    except ValueError as error:
        raise Refused(422, "content", "The request is not understood", "at sealed", "quarantine") from error
    if len(sealed) > LONGEST_SEALED:
        raise Refused(413, "tooLarge", "The draft is too large", f"at most {LONGEST_SEALED} bytes", "correct")
    now = center.clock.now()
    expires = now.replace(microsecond=0) + timedelta(days=center.settings.draft_days)
    row = DraftRecord(locator=locator_of(request.token), sealed=sealed, expires_at=expires)
    with center.database.writing() as session:
        session.merge(row)  # the same token again: its answer was lost
    code = sign_code("resume", code_content(request.token), expires=expires, signing_key=center.keys.signing)
    if center.settings.public_url:  # then phones find the page that says how to go on
        code = resume_address(center.settings.address, code)
    return DraftCode(code=code, until=expires.isoformat().replace("+00:00", "Z"))


def draft_at(center: Center, locator: str) -> bytes | None:
    """None once it was used, or its days are over."""
    with center.database.reading() as session:
        row = session.get(DraftRecord, locator)
    return row.sealed if row is not None and row.expires_at > center.clock.now() else None


def forget_draft(center: Center, locator: str) -> None:
    with center.database.writing() as session:
        session.execute(delete(DraftRecord).where(DraftRecord.locator == locator))


def forget_expired(center: Center, now: datetime) -> None:
    with center.database.writing() as session:
        session.execute(delete(DraftRecord).where(DraftRecord.expires_at <= now))

"""What terminals may forget: the envelopes that lie in a backup."""

from fastapi import APIRouter, Request
from sqlalchemy import select

from center.bodies import At, RepeatableBy
from center.tables import StoredEnvelope
from flows.backups import BackedUp, BackedUpRequest, sign_backed_up
from flows.wire import signed_headers

router = APIRouter(prefix="/v1")


@router.post("/backed-up")
def post_backed_up(asked: BackedUpRequest, request: Request, at: At, terminal: RepeatableBy) -> BackedUp:
    """Tell which of these envelopes the terminal need not keep; signed, with the request's nonce."""
    mine = (StoredEnvelope.terminal_id == terminal) & StoredEnvelope.backed_up_at.is_not(None)
    with at.center.database.reading() as session:
        found = session.scalars(select(StoredEnvelope.digest).where(mine & StoredEnvelope.digest.in_(asked.digests)))
        digests = tuple(sorted(found))
    nonce = signed_headers(request.headers)[2]
    return sign_backed_up(nonce, at.center.epoch, digests, at.center.keys.signing)

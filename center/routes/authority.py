"""Who asks: staff by the bearer token in `Authorization`."""

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from center.bodies import At
from center.errors import Refused
from center.staff import Actor, Right, by_token

_BEARER = HTTPBearer(auto_error=False, scheme_name="staff", description="From `kiosk-center staff add`.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]


def _staff(at: At, credentials: Credentials) -> Actor:
    if credentials is not None:
        with at.center.database.reading() as session:
            actor = by_token(session, credentials.credentials, at.center.clock.now())
        if actor is not None:
            return actor
    raise Refused(401, "notStaff", "A valid token of staff is needed", "make one: kiosk-center staff add", "correct")


AsStaff = Annotated[Actor, Depends(_staff)]


def need(actor: Actor, right: Right) -> None:
    """Raises Refused."""
    if not actor.may(right):
        raise Refused(403, "notYours", "Your roles do not allow this", f"it needs the right {right}", "")

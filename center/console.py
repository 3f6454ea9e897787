"""What is done to the fleet, mostly at the console, goes into the audit log, in the transaction that does it."""

from sqlalchemy.orm import Session

from center import audit
from center.services import Center
from center.staff import CONSOLE


def noted(center: Center, session: Session, action: str, subject: str, *, by: str = CONSOLE.name, **more: str) -> None:
    """As the last statement of the transaction; `by` is a terminal's id where it asked for it itself."""
    key, now = center.keys.signing, center.clock.now()
    audit.record(session, key, now, actor=by, action=action, subject=subject, **more)

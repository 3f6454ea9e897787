"""What is done to the fleet at the console goes into the audit log, in the transaction that does it."""

from sqlalchemy.orm import Session

from center import audit
from center.services import Center
from center.staff import CONSOLE


def noted(center: Center, session: Session, action: str, subject: str, **more: str) -> None:
    """As the last statement of the transaction."""
    key, now = center.keys.signing, center.clock.now()
    audit.record(session, key, now, actor=CONSOLE.name, action=action, subject=subject, **more)

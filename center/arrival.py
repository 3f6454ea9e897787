"""What has come in and is not stored yet."""

from dataclasses import dataclass

from flows.case import Case
from flows.contents import Content
from flows.wire import Envelope


@dataclass(frozen=True)
class Arrival:
    """An envelope that was verified and opened; `earlier_number` is one it was given before a restore, or empty.

    `applied` is the case that a supplement belongs to.
    """

    envelope: Envelope
    content: Content
    digest: str
    earlier_number: str = ""
    applied: Case | None = None

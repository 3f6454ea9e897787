"""One round over the waiting envelopes, in order: delivered, tried, or set aside; nothing else touches their state."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from flows.wire import EnvelopeRefused, Receipt
from kiosk.backroom.center_link import CenterFailed, CenterLink, Poison
from kiosk.backroom.outbox import Entry, Outbox

OnDelivered = Callable[[Entry, Receipt], None]


@dataclass(frozen=True)
class Round:
    """`reachable`: a center answered; `last_error` is that of the first envelope that could not be delivered."""

    delivered: int = 0
    quarantined: int = 0
    waiting: int = 0
    reachable: bool = True
    last_error: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "delivered": self.delivered,
            "waiting": self.waiting,
            "quarantined": self.quarantined,
            "reachable": self.reachable,
            "last_error": self.last_error or None,
        }

    def in_words(self) -> str:
        aside = f", {self.quarantined} set aside (kiosk queue list)" if self.quarantined else ""
        trouble = f"; {self.last_error}" if self.last_error else ""
        return f"{self.delivered} delivered, {self.waiting} waiting{aside}{trouble}"


def deliver_waiting(
    outbox: Outbox, link: CenterLink, on_delivered: OnDelivered, go_on: Callable[[], bool] = lambda: True
) -> Round:
    """Stops at the first sign that no center is there; one envelope's own trouble does not hold up the rest."""
    delivered = quarantined = 0
    reachable, trouble = True, ""
    for entry in outbox.waiting():
        if not go_on():
            break
        try:
            receipt = link.deliver(
                outbox.envelope(entry.envelope_id),
                lambda sha: outbox.attachment_path(sha).read_bytes(),
                outbox.receipt(entry.envelope_id),
            )
        except (Poison, EnvelopeRefused, FileNotFoundError) as error:
            outbox.quarantine(entry.envelope_id, _reason(error))
            quarantined += 1
        except CenterFailed as error:
            trouble = trouble or str(error)
            outbox.failed(entry.envelope_id, str(error))
            if not error.answered:
                reachable = False
                break
        except (OSError, sqlite3.Error) as error:
            trouble = trouble or f"this machine's disk: {error}"
        else:
            outbox.delivered(receipt)
            delivered += 1
            on_delivered(entry, receipt)
    return Round(delivered, quarantined, outbox.count_waiting(), reachable, trouble)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "a sealed attachment is missing on this machine"
    return str(error)

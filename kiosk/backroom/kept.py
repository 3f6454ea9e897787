"""What the center has and this machine still keeps, and what nobody has any more."""

from collections.abc import Sequence
from datetime import datetime

from flows.wire import Envelope, Receipt, digest
from kiosk.backroom.ledger import Ledger


class Kept:
    """Safe to call from any thread."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def delivered_before(self, created: str, most: int) -> list[tuple[str, str]]:
        """(id, digest) of what was delivered and was made before that time (ISO 8601, UTC), oldest first."""
        query = (
            "SELECT envelope_id, envelope, receipt FROM outbox"
            " WHERE state = 'delivered' AND created_at < ? ORDER BY sequence LIMIT ?"
        )
        return [(row[0], _digest(row[1], row[2])) for row in self._ledger.rows(query, [created, most])]

    def offer_again(self, epoch: str) -> int:
        """What another memory of the center acknowledged waits once more; how many."""
        with self._ledger.transaction() as connection:
            changed = connection.execute(
                "UPDATE outbox SET state = 'waiting', tried = 0 WHERE state = 'delivered' AND epoch <> ?", [epoch]
            )
            return int(changed.rowcount)

    def forget(self, envelope_ids: Sequence[str]) -> None:
        """Attachments first: a row without them is one that the center has, attachments without a row are nobody's."""
        ids = [(envelope_id,) for envelope_id in envelope_ids]
        with self._ledger.lock:
            for one in ids:
                for (sha256,) in self._ledger.rows("SELECT sha256 FROM attachments WHERE envelope_id = ?", one):
                    (self._ledger.attachments / sha256).unlink(missing_ok=True)
            with self._ledger.transaction() as connection:
                connection.executemany("DELETE FROM attachments WHERE envelope_id = ?", ids)
                connection.executemany("DELETE FROM outbox WHERE envelope_id = ?", ids)

    def clear_unowned(self, before: datetime) -> None:
        """Sealed attachments of a commit that never was, if they are older than that."""
        for path in self._ledger.attachments.iterdir():
            with self._ledger.lock:
                owned = self._ledger.rows("SELECT 1 FROM attachments WHERE sha256 = ?", [path.name])
                if not owned and path.stat().st_mtime < before.timestamp():
                    path.unlink()


def _digest(envelope: bytes, receipt: str) -> str:
    """Taken from the receipt where there is one: it is checked already, and there may be thousands."""
    return Receipt.model_validate_json(receipt).digest if receipt else digest(Envelope.from_bytes(envelope))

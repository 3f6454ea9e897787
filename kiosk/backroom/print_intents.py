"""How far each print got, written down before the next step is taken: what is in doubt after a power cut is known."""

from devices.clock import Clock
from flows.case import iso_seconds
from kiosk.backroom.ledger import Ledger


class PrintIntents:
    """Safe to call from any thread."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    def phase(self, command_id: str) -> str | None:
        """How far this print got, as far as the disk knows; None: never heard of it."""
        rows = self._ledger.rows("SELECT phase FROM prints WHERE command_id = ?", [command_id])
        return str(rows[0][0]) if rows else None

    def note(self, command_id: str, phase: str) -> None:
        """Raises sqlite3.Error: then nothing may be sent to the printer."""
        self._ledger.making_room(lambda: self._write(command_id, phase))

    def _write(self, command_id: str, phase: str) -> None:
        with self._ledger.transaction() as connection:
            connection.execute(
                "INSERT INTO prints (command_id, phase, created_at) VALUES (?, ?, ?)"
                " ON CONFLICT (command_id) DO UPDATE SET phase = excluded.phase",
                [command_id, phase, iso_seconds(self._clock.now())],
            )

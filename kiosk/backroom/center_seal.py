"""The key that new cases are sealed to: that of enrolment, until the center's signed statement names a newer one."""

import logging
from pathlib import Path

from flows.keys import KeyRefused, SealingPublicKey
from flows.statements import Statement, verify_statement
from flows.wire import ReceiptRefused
from kiosk.backroom.files import write_durably
from kiosk.identity import Identity

log = logging.getLogger(__name__)
FILE = "center-statement.json"


class CenterSeal:
    """Any number of them may look at one state folder; what one has learned the others see."""

    def __init__(self, folder: Path, identity: Identity) -> None:
        self._path = folder / FILE
        self._center_key = identity.center_key()
        self._key = identity.sealing_key()
        self._sequence = 0  # of the key known; 0: that of enrolment
        self._read_at = -1
        self._refresh()

    def current(self) -> SealingPublicKey:
        self._refresh()
        return self._key

    def learn(self, statement: Statement) -> bool:
        """Whether it names a newer key, which is kept. `statement` was verified. Raises OSError."""
        self._refresh()
        if statement.key_sequence <= self._sequence:
            if statement.key_sequence < self._sequence:
                log.warning("the center offers sealing key %d after %d", statement.key_sequence, self._sequence)
            return False
        try:
            SealingPublicKey(statement.sealing_key)
        except KeyRefused as error:
            log.error("the center's new sealing key cannot be used: %s", error)
            return False
        write_durably(self._path, statement.model_dump_json().encode())
        self._refresh()
        return True

    def _refresh(self) -> None:
        """A file that does not prove itself is as good as none: sealing goes on with the key before."""
        try:
            changed = self._path.stat().st_mtime_ns
            if changed == self._read_at:
                return
            self._read_at = changed
            statement = verify_statement(self._path.read_bytes(), self._center_key)
            key = SealingPublicKey(statement.sealing_key)
        except FileNotFoundError:
            return
        except (OSError, ReceiptRefused, KeyRefused) as error:
            log.error("%s cannot be used: %s", self._path, type(error).__name__)
            return
        if statement.key_sequence > self._sequence:
            self._key, self._sequence = key, statement.key_sequence

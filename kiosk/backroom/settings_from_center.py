"""Settings from the center: signed, for this terminal, newer, usable in whole; else the last good ones go on."""

import logging
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from flows.heartbeats import Announced
from flows.settings import SettingsRefused, verify_settings
from kiosk.backroom.files import write_durably
from kiosk.given import FILE

log = logging.getLogger(__name__)


class SettingsFromCenter:
    """Belongs to one thread. `version` is in force, 0 for none; `trouble` says why a newer one is not."""

    def __init__(self, state_folder: Path, terminal_id: str, center_key: Ed25519PublicKey) -> None:
        self._path = state_folder / FILE
        self._terminal_id = terminal_id
        self._center_key = center_key
        self.trouble = ""
        self.version = self._check_stored()

    def take(self, announced: Announced, fetch: Callable[[], bytes]) -> bool:
        """Whether newer ones are in force now. Raises CenterFailed, OSError."""
        try:
            if announced.version < self.version:
                raise SettingsRefused("version", f"settings {announced.version} are older than {self.version}")
            if announced.version == self.version:
                return False
            body = fetch()
            given = verify_settings(body, terminal_id=self._terminal_id, center_key=self._center_key)
            if (given.version, given.digest) != (announced.version, announced.digest):
                raise SettingsRefused("version", "what came are not the settings that the center announced")
        except SettingsRefused as error:
            if str(error) != self.trouble:
                log.error("settings %s refused: %s", announced.version, error)
            self.trouble = str(error)
            return False
        write_durably(self._path, body)
        self.version, self.trouble = given.version, ""
        return True

    def _check_stored(self) -> int:
        """Those that lie there damaged are taken away: the terminal's own file and the program's values hold."""
        try:
            body = self._path.read_bytes()
        except OSError:
            return 0
        try:
            return verify_settings(body, terminal_id=self._terminal_id, center_key=self._center_key).version
        except SettingsRefused as error:
            self.trouble = f"on this disk: {error}"
            log.error("the settings are taken away, %s", self.trouble)
            self._path.unlink(missing_ok=True)
            return 0

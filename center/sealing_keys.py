"""The center's sealing keys: the newest is given to terminals, every one still opens what was sealed to it."""

import re
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag

from flows.keys import KeyRefused, SealingKey, SealingPublicKey
from flows.wire import EnvelopeRefused

FIRST = "sealing.key"  # the others are sealing-2.key and so on
_NAME = re.compile(r"^sealing(?:-(\d{1,6}))?\.key$")


class SealingKeys:
    """One of a process. A key that another process made is found when it is needed: the folder's time tells."""

    def __init__(self, folder: Path) -> None:
        """Raises KeyRefused, OSError, ValueError."""
        self._folder = folder
        self._read_at = -1
        self._keys: dict[int, SealingKey] = {}
        self._refresh()

    @property
    def sequence(self) -> int:
        """Of the newest key, from 1."""
        self._refresh()
        return max(self._keys)

    @property
    def public(self) -> SealingPublicKey:
        """What new cases are sealed to."""
        return self._keys[self.sequence].public

    def all(self) -> Sequence[tuple[int, SealingKey]]:
        """Newest first."""
        self._refresh()
        return sorted(self._keys.items(), reverse=True)

    def named(self, key_id: str) -> SealingKey:
        """Raises EnvelopeRefused (key)."""
        for _, key in self.all():
            if key.public.key_id == key_id:
                return key
        raise EnvelopeRefused("key", f"sealed to key {key_id}, which this center does not have")

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """With whichever key it was sealed to. Raises InvalidTag."""
        for _, key in self.all():
            try:
                return key.open(sealed, info)
            except InvalidTag:
                continue
        raise InvalidTag

    def _refresh(self) -> None:
        changed = self._folder.stat().st_mtime_ns
        if changed == self._read_at:
            return
        for path in self._folder.iterdir():
            named = _NAME.match(path.name)
            number = int(named[1] or 1) if named else 0
            if number and number not in self._keys:
                self._keys[number] = SealingKey.decode(path.read_text(encoding="ascii"))
        if 1 not in self._keys:
            raise KeyRefused(f"{self._folder / FIRST} is not there")
        self._read_at = changed


def file_name(sequence: int) -> str:
    return FIRST if sequence == 1 else f"sealing-{sequence}.key"

"""What happened to the devices, kept on disk for the technician: the last changes of each, no personal data."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from devices.clock import Clock
from devices.device import DeviceStatus

KEPT = 200  # changes of one device
LARGEST = 1 << 18  # bytes; then the file is written anew with what is kept
LONGEST = 240  # characters of a message


@dataclass(frozen=True)
class Change:
    """`time` in UTC, ISO 8601 with seconds; `action` empty where there is nothing to do."""

    time: str
    device: str
    state: str
    message: str = ""
    action: str = ""


class DeviceHistory:
    """One JSON object a line, added at the end; from any thread. A disk that fails costs the history, nothing else."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._begun = False

    def note(self, device: str, status: DeviceStatus, detail: str = "") -> None:
        """`detail`: what the class adds in a word or two, such as the paper."""
        message = "; ".join(part for part in (detail, status.message) if part)[:LONGEST]
        time = self._clock.now().isoformat(timespec="seconds")
        change = Change(time, device, str(status.state), message, str(status.action or ""))
        with self._lock, suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write((b"" if self._begun else b"\n") + _line(change))  # behind a line that a power loss cut
                self._begun, size = True, file.tell()
            if size > LARGEST:
                self._shorten()

    def changes(self, device: str = "") -> list[Change]:
        """Oldest first, at most `KEPT` of each device; of all without `device`. A line cut off is left out."""
        found = [change for change in self._read() if device in ("", change.device)]
        kept: dict[str, int] = {}
        newest = []
        for change in reversed(found):
            kept[change.device] = kept.get(change.device, 0) + 1
            if kept[change.device] <= KEPT:
                newest.append(change)
        return newest[::-1]

    def _shorten(self) -> None:
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_bytes(b"".join(_line(change) for change in self.changes()))
        fresh.replace(self._path)

    def _read(self) -> Iterator[Change]:
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return
        for line in lines:
            with suppress(ValueError, TypeError, AttributeError):
                yield Change(**{key: str(value) for key, value in json.loads(line).items()})


def _line(change: Change) -> bytes:
    return json.dumps(asdict(change), ensure_ascii=False).encode() + os.linesep.encode()

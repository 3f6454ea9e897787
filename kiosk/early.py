"""The few settings the first frame needs, read without the full check, which follows right after that frame."""

import fcntl
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class EarlySettings:
    width: int
    height: int
    pixels_per_mm: float
    windowed: bool
    contact: str
    state_folder: Path

    def take_place(self) -> bool:
        """Be the one terminal of the state folder until this process ends; False where there is another."""
        try:
            self.state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place = os.open(self.state_folder / "terminal.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # the folder cannot be used: the out-of-service page will say why
        return True  # the descriptor stays open: the kernel lets go when the process ends, however it ends


def read_early(path: Path) -> EarlySettings | None:
    """None where anything is amiss: then the full check runs first and says what."""
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
        screen, service = whole.get("screen", {}), whole.get("service", {})
        settings = EarlySettings(
            screen.get("width", 1080),
            screen.get("height", 1920),
            float(screen.get("pixels_per_mm", 4.03)),
            screen.get("windowed", False),
            service.get("contact", ""),
            _state_folder(path, whole),
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    types = (int, int, float, bool, str)
    values = (settings.width, settings.height, settings.pixels_per_mm, settings.windowed, settings.contact)
    right = all(isinstance(value, kind) for value, kind in zip(values, types, strict=True))
    return settings if right and settings.width > 0 and settings.height > 0 and settings.pixels_per_mm > 0 else None


def _state_folder(path: Path, whole: dict[str, Any]) -> Path:
    """As kiosk.config anchors it, without loading that."""
    folder = path.resolve().parent
    root = folder.parent if folder.name == "config" else folder
    return root / str(whole.get("terminal", {}).get("state_folder", "var/terminal"))

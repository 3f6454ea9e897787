"""The few settings the first frame needs, read without the full check, which follows right after that frame."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class EarlySettings:
    width: int
    height: int
    pixels_per_mm: float
    windowed: bool
    contact: str


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
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    types = (int, int, float, bool, str)
    values = (settings.width, settings.height, settings.pixels_per_mm, settings.windowed, settings.contact)
    right = all(isinstance(value, kind) for value, kind in zip(values, types, strict=True))
    return settings if right and settings.width > 0 and settings.height > 0 and settings.pixels_per_mm > 0 else None

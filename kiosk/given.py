"""What the center gave this terminal, as it lies in the state folder, laid under what terminal.toml says itself."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.config import TerminalConfig

FILE = "settings.json"  # flows.settings.GivenSettings, proven by the backroom
_PLACES: Mapping[str, tuple[str, str]] = {  # setting → section and key of terminal.toml
    "idle_seconds": ("idle", "seconds"),
    "idle_warning_seconds": ("idle", "warning_seconds"),
    "contact": ("service", "contact"),
    "phone_url": ("service", "phone_url"),
    "opening_hours": ("service", "opening_hours"),
    "retry_ceiling_seconds": ("center", "retry_ceiling_seconds"),
    "upload_kbit_per_second": ("center", "upload_kbit_per_second"),
    "heartbeat_seconds": ("center", "heartbeat_seconds"),
    "keep_days": ("terminal", "keep_days"),
}


def read_given(state_folder: Path) -> Mapping[str, Any]:
    """`version`, `values` and `matters`; empty where there is nothing that can be read."""
    try:
        given = json.loads((state_folder / FILE).read_bytes())
        return given if isinstance(given, dict) else {}
    except (OSError, ValueError):
        return {}


def with_given(config: TerminalConfig) -> TerminalConfig:
    """Keys that the file leaves out are the center's; those it has are the technician's."""
    values = read_given(config.terminal.state_folder).get("values", {})
    changed: dict[str, dict[str, object]] = {}
    for name, (section, key) in _PLACES.items():
        part: BaseModel = getattr(config, section)
        if isinstance(values, dict) and name in values and key not in part.model_fields_set:
            changed.setdefault(section, {})[key] = values[name]
    try:
        parts = {section: _changed(getattr(config, section), keys) for section, keys in changed.items()}
    except ValidationError:
        return config
    return config.model_copy(update=parts)


def _changed(part: BaseModel, keys: Mapping[str, object]) -> BaseModel:
    """Checked like the file; what the file has set stays told apart. Raises ValidationError."""
    whole = type(part).model_validate(part.model_dump() | dict(keys))
    return part.model_copy(update={key: getattr(whole, key) for key in keys})


def switched_off(given: Mapping[str, Any]) -> frozenset[str]:
    """Ids of matters that this terminal is not to show."""
    matters = given.get("matters", {})
    states = matters.items() if isinstance(matters, dict) else ()
    return frozenset(name for name, state in states if state != "normal")

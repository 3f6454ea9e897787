"""The events of life that matters are grouped by, read from `flows/events.yaml`."""

from pathlib import Path

import yaml
from pydantic import TypeAdapter

from flows.text import Frozen, Text


class LifeEvent(Frozen):
    """`icon` is a file of assets/icons without .svg."""

    id: str
    icon: str
    label: Text


def load_events(path: Path) -> tuple[LifeEvent, ...]:
    """In the order they are shown."""
    rows = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return TypeAdapter(tuple[LifeEvent, ...]).validate_python(rows)


EVENTS = load_events(Path(__file__).with_name("events.yaml"))

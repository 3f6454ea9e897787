"""What every test shares: no display is needed, and one application serves all tests of a process."""

import os
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

TESTS = Path(__file__).parent
JOURNEYS = ("visits", "canary")
LONGEST_FIRST = ("simulation", "faults", "center", "backroom", "shell", "devices")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QCoreApplication) -> QCoreApplication:
    """Made before any test: the desk needs widgets, and an application cannot be exchanged for another kind later."""
    return qapp


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first; and journeys, which mostly wait, begin beside files that mostly reckon."""
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    files = list(dict.fromkeys(item.path for item in items))
    journeys = [path for path in files if _part(path) in JOURNEYS]
    others = sorted(set(files) - set(journeys), key=lambda path: (places.get(_part(path), len(places)), path))
    order = {path: place for place, path in enumerate(chain(*zip_longest(journeys, others)))}
    items.sort(key=lambda item: order[item.path])


def _part(path: Path) -> str:
    return path.relative_to(TESTS).parts[0]

"""What every test shares: no display is needed, and one application serves all tests of a process."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

TESTS = Path(__file__).parent
LONGEST_FIRST = ("visits", "simulation", "faults", "canary", "center", "backroom", "shell", "devices")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QCoreApplication) -> QCoreApplication:
    """Made before any test: the desk needs widgets, and an application cannot be exchanged for another kind later."""
    return qapp


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, or one worker would still be at it when all the others are done."""
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.relative_to(TESTS).parts[0], len(places)))

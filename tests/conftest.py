"""What every test shares: no display is needed, and one application serves all tests of a process."""

import gc
import os
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

TESTS = Path(__file__).parent
WAITING = ("visits", "canary", "contracts", "devices", "kiosk")  # for screens, devices and what is printed
RECKONING = ("faults", "simulation", "center", "backroom", "shell", "cli")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QCoreApplication) -> QCoreApplication:
    """Made before any test: the desk needs widgets, and an application cannot be exchanged for another kind later."""
    return qapp


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that mostly wait begin beside files that mostly reckon; of both, those that take minutes come first."""
    files = list(dict.fromkeys(item.path for item in items))
    waiting = sorted((path for path in files if _part(path) in WAITING), key=lambda path: WAITING.index(_part(path)))
    others = [path for path in files if _part(path) not in WAITING]
    others.sort(key=lambda path: RECKONING.index(_part(path)) if _part(path) in RECKONING else len(RECKONING))
    order = {path: place for place, path in enumerate(chain(*zip_longest(waiting, others)))}
    items.sort(key=lambda item: order[item.path])


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: no collection of garbage has to look at it again."""
    gc.collect()
    gc.freeze()


def _part(path: Path) -> str:
    return path.relative_to(TESTS).parts[0]

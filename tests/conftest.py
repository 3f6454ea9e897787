"""What every test shares: no display is needed, and one application serves all tests of a process."""

import os

import pytest
from PySide6.QtCore import QCoreApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: QCoreApplication) -> QCoreApplication:
    """Made before any test: the desk needs widgets, and an application cannot be exchanged for another kind later."""
    return qapp

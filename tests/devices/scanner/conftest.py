"""A virtual scan engine whose files lie in the test's folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.scanner.twin import ScannerTwin


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[ScannerTwin]:
    twin = ScannerTwin(SystemClock())
    twin.start(tmp_path)
    yield twin
    twin.stop()

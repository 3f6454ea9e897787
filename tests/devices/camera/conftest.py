"""A virtual camera whose files lie in the test's folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.camera.twin import CameraTwin
from devices.clock import SystemClock


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[CameraTwin]:
    twin = CameraTwin(SystemClock())
    twin.start(tmp_path)
    yield twin
    twin.stop()

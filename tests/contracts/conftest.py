"""Every suite runs once for each rig of its class."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.rig import known_rigs, ready


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "rig" in metafunc.fixturenames:
        kind = getattr(metafunc.module, "DEVICE_CLASS", "")
        metafunc.parametrize("rig", list(known_rigs(kind)), indirect=True)


@pytest.fixture
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """The device, not opened; at the end it is closed and the twin stopped."""
    with ready(known_rigs()[request.param], tmp_path) as prepared:
        yield prepared


@pytest.fixture
def opened(rig: Any) -> Any:
    rig.device.open()
    return rig

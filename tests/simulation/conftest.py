"""What the worlds of a file stand on."""

from collections.abc import Iterator

import pytest

from tests.simulation.running import Ground, ground


@pytest.fixture(scope="module")
def shared() -> Iterator[Ground]:
    with ground() as made:
        yield made

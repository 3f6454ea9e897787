"""A real center, an enrolled terminal of it, and its backroom."""

import pytest

from kiosk.backroom.enrolment import enrol
from tests.backroom.running import Backroom, write_config
from tests.center.running import RunningCenter


@pytest.fixture(scope="module")
def center(tmp_path_factory):
    running = RunningCenter(tmp_path_factory.mktemp("center") / "state").start()
    running.port = int(running.url.rpartition(":")[2])  # where it comes back after it was killed
    yield running
    running.stop()


@pytest.fixture
def config(center, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    return write_config(tmp_path, center.url)


@pytest.fixture
def backroom(config):
    running = Backroom(config).start()
    yield running
    if running.process.poll() is None:
        assert running.stop() == 0

"""A real center, an enrolled terminal of it, and its backroom."""

import pytest

from kiosk.backroom.enrolment import enrol
from tests.backroom.paper_desk import DEVICES, Desk
from tests.backroom.running import Backroom, write_config
from tests.center.running import RunningCenter
from tests.twins import twins_at


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


@pytest.fixture
def twins(tmp_path):
    with twins_at(tmp_path / "twins", "a4_printer") as client:
        yield client


@pytest.fixture
def desk(center, tmp_path, twins):
    enrol(center.code(), center.url, tmp_path / "terminal")
    desk = Desk(write_config(tmp_path, center.url, devices=DEVICES.format(twins=twins.folder)), twins, center)
    yield desk
    assert desk.backroom.stop() == 0

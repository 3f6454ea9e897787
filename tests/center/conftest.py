"""A real center in its own process, and real terminals of it."""

from collections.abc import Iterator

import pytest

from tests.center.desk import Desk, open_desk, write_catalog
from tests.center.postgres import Cluster
from tests.center.running import RunningCenter
from tests.center.terminals import Terminal

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with Cluster.in_a_folder() as running:
        yield running


def cluster_for(request: pytest.FixtureRequest) -> Cluster | None:
    return request.getfixturevalue("cluster") if request.param == "postgresql" else None


@pytest.fixture(scope="session", params=DATABASES)
def center(request, tmp_path_factory) -> Iterator[RunningCenter]:
    """One for all tests that do not hurt it; every test runs on each kind of database."""
    running = RunningCenter(tmp_path_factory.mktemp("center") / "state", cluster_for(request)).start()
    yield running
    assert running.stop() == 0
    assert "Traceback" not in running.log


@pytest.fixture(scope="session", params=DATABASES)
def desk(request, tmp_path_factory) -> Iterator[Desk]:
    """A center whose clock goes on from test to test and never back."""
    cluster, folder = cluster_for(request), tmp_path_factory.mktemp("desk")
    catalog = write_catalog(folder / "catalog")
    with open_desk(folder / "state", cluster.new_database() if cluster else "", catalog) as opened:
        yield opened


@pytest.fixture(scope="session", params=DATABASES)
def fresh_desk(request, tmp_path_factory) -> Iterator[tuple[Desk, Terminal]]:
    """A desk and a terminal of its own for the test that orders anything."""
    cluster, folder = cluster_for(request), tmp_path_factory.mktemp("fresh-desk")
    catalog = write_catalog(folder / "catalog")
    with open_desk(folder / "state", cluster.new_database() if cluster else "", catalog) as opened:
        yield opened, opened.terminal()


@pytest.fixture
def citizen(desk) -> Terminal:
    """A terminal of the desk's center."""
    return desk.terminal()


@pytest.fixture(params=DATABASES)
def fragile_center(request, tmp_path) -> Iterator[RunningCenter]:
    """One of its own for a test that kills it."""
    running = RunningCenter(tmp_path / "state", cluster_for(request)).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def new_terminal() -> Iterator:
    """Makes enrolled terminals of a center."""
    made = []

    def make(center, *, enrolled=True) -> Terminal:
        terminal = Terminal(center)
        made.append(terminal)
        if enrolled:
            assert terminal.enrol(center.code()).status_code == 201
        return terminal

    yield make
    for terminal in made:
        terminal.http.close()


@pytest.fixture(scope="session")
def terminal(center, new_terminal) -> Terminal:
    """One that sends what most tests send."""
    return new_terminal(center)

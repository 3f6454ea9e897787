"""Runs worlds one after another and keeps count."""

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.simulation.clocks import Clock
from tests.simulation.network import Server
from tests.simulation.template import Template, make_template
from tests.simulation.terminal import Make
from tests.simulation.world import World

MEMORY = Path("/dev/shm")  # nothing here must last, and a sync to memory costs nothing
TERMINALS = 50
EVERY = 50  # seeds between two lines


@dataclass(frozen=True)
class Ground:
    """What worlds of one process share."""

    server: Server
    template: Template

    def run(self, seed: int, make: Make | None = None) -> tuple[World, str]:
        """The world as it ended, and what was wrong with it; mostly nothing."""
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            world = World(seed, Path(folder), self.server, self.template, make or Make())
            try:
                world.run()
            except AssertionError as error:
                return world, str(error)
            except Exception as error:  # noqa: BLE001 - a terminal or center that fell over is a find like any other
                return world, f"{type(error).__name__}: {error}"
        return world, ""


@contextmanager
def ground() -> Iterator[Ground]:
    loop = asyncio.new_event_loop()
    server = Server(loop)
    try:
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            yield Ground(server, make_template(Path(folder), TERMINALS, Clock()))
    finally:
        server.close()
        loop.close()


def _memory() -> Path | None:
    return MEMORY if MEMORY.is_dir() else None


def run_seeds(seeds: Iterable[int], say: Callable[[str], object]) -> list[int]:
    """The seeds that failed."""
    failed: list[int] = []
    cases = requests = crashes = restores = count = 0
    with ground() as shared:
        for seed in seeds:
            world, wrong = shared.run(seed)
            if wrong:
                failed.append(seed)
                say(f"seed {seed}: {wrong}")
            count += 1
            cases += sum(len(terminal.confirmed) for terminal in world.terminals)
            requests += world.network.served
            crashes += sum(terminal.crashes for terminal in world.terminals)
            restores += world.restores
            if count % EVERY == 0:
                say(f"{count} seeds, {cases} cases, {requests} requests, {crashes} crashes, {restores} restores")
    say(
        f"{count} seeds: {cases} cases confirmed, {len(failed)} seeds with a case lost, doubled or wrongly acknowledged"
    )
    return failed

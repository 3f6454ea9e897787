"""Runs worlds one after another and keeps count."""

import asyncio
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.simulation.world import World

MEMORY = Path("/dev/shm")  # nothing here must last, and a sync to memory costs nothing
EVERY = 50  # seeds between two lines


def run_seeds(seeds: Iterable[int], say: Callable[[str], object]) -> list[int]:
    """The seeds that failed."""
    loop = asyncio.new_event_loop()
    failed: list[int] = []
    cases = requests = crashes = restores = count = 0
    try:
        for seed in seeds:
            with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
                world = World(seed, Path(folder), loop)
                try:
                    world.run()
                except AssertionError as error:
                    failed.append(seed)
                    say(f"seed {seed}: {error}")
            count += 1
            cases += sum(len(terminal.confirmed) for terminal in world.terminals)
            requests += world.network.served
            crashes += sum(terminal.crashes for terminal in world.terminals)
            restores += world.restores
            if count % EVERY == 0:
                say(f"{count} seeds, {cases} cases, {requests} requests, {crashes} crashes, {restores} restores")
    finally:
        loop.close()
    say(
        f"{count} seeds: {cases} cases confirmed, {len(failed)} seeds with a case lost, doubled or wrongly acknowledged"
    )
    return failed

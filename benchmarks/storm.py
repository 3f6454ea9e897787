"""`python -m benchmarks.storm [--terminals N]`: all terminals of a province come back in the same second, each with a
case; all are taken in the end, those let in are answered soon, and the center's memory stays as it was."""

import argparse
import asyncio
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.center_load import BenchedCenter, Load, percentile, put, seal_cases
from tests.center.postgres import Cluster

WORKERS = 2
WAIT_LIMIT = 5.0  # s, p99 of the requests that were let in: a terminal waits as long, and then sends once more
MEMORY_LIMIT = 1.2  # the most of the second half against the most of the first
SAMPLE = 0.5  # s


def memory_of(process: int) -> float:
    """MB of it and its children, each shared page counted once."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = sum(
        int(line.split()[1])
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    return own / 1024 + sum(memory_of(int(child)) for child in children)


async def storm(center: BenchedCenter, requests: Sequence[bytes]) -> tuple[Load, float, list[float]]:
    """The load, its seconds, and the center's memory (MB) meanwhile."""
    assert center.process is not None
    load, memory = Load(center.url, len(requests)), []
    running = asyncio.ensure_future(load.run(requests))
    while not running.done():
        memory.append(memory_of(center.process.pid))
        await asyncio.wait([running], timeout=SAMPLE)
    return load, running.result(), memory


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storm", description=__doc__)
    parser.add_argument("--terminals", type=int, default=10_000)
    terminals = parser.parse_args().terminals
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as name, Cluster.in_a_folder() as cluster:
        center = BenchedCenter(Path(name), cluster.new_database(), WORKERS)
        keys, center_keys = center.enrol(terminals)
        requests = [put(envelope) for envelope in seal_cases(keys, center_keys)]
        center.start()
        try:
            load, seconds, memory = asyncio.run(storm(center, requests))
        finally:
            center.stop()
    taken = load.taken()
    wait = percentile([answer.seconds for answer in taken], 0.99)
    half = len(memory) // 2
    growth = max(memory[half:]) / max(memory[:half])
    turned_away = sum(answer.status in (429, 503) for answer in load.answers)
    print(f"{len(taken)} of {terminals} terminals' cases taken in {seconds:.0f} s, {len(taken) / seconds:.0f} a second")
    print(f"{turned_away} times told to come back later; other answers: {len(load.answers) - len(taken) - turned_away}")
    print(f"let in → receipt, p99 {wait:.2f} s = {wait / WAIT_LIMIT:.2f} of the limit ({WAIT_LIMIT:.0f} s)")
    print(f"memory {max(memory[:half]):.0f} MB, then {max(memory[half:]):.0f} MB: {growth:.2f} (limit {MEMORY_LIMIT})")
    return int(len(taken) != terminals or wait > WAIT_LIMIT or growth > MEMORY_LIMIT)


if __name__ == "__main__":
    sys.exit(main())

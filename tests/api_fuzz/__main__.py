"""`python -m tests.api_fuzz [--examples N]`: the center's HTTP interface against its OpenAPI document, on SQLite and
PostgreSQL; prints the requests made, and ends with 1 at the first server error or undocumented answer."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.api_fuzz.fuzzing import fuzz
from tests.center.postgres import Cluster
from tests.center.running import RunningCenter
from tests.center.terminals import Terminal


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.api_fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="right ones, and as many wrong ones, an operation")
    asked = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder, Cluster.in_a_folder() as cluster:
        for name, server in (("SQLite", None), ("PostgreSQL", cluster)):
            running = RunningCenter(Path(folder) / name, server).start()
            try:
                terminal = Terminal(running)
                with terminal.http:
                    terminal.enrol(running.code())
                    done = fuzz(running.url, terminal, asked.examples)
                print(f"{name}: {done.operations} operations, {done.requests} requests, {done.statuses}", flush=True)
                print(*done.failures, sep="\n", flush=True)
                failed |= bool(done.failures)
            finally:
                running.stop()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

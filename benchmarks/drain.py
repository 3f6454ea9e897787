"""A terminal empties its outbox: small cases over loopback to the center on PostgreSQL, against bare puts of a row.

Drain: what the terminal does with 5,000 waiting cases, signatures, seals, receipts and both disks included. Bare: httpx
puts of the same envelopes, one after the other, to an endpoint that commits each as a row of the same PostgreSQL.
`python -m benchmarks.drain [--cases N]` needs Debian's postgresql.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

import httpx

from benchmarks.outboxes import Stand
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.delivery import deliver_waiting
from kiosk.backroom.enrolment import enrol
from kiosk.identity import Identity, load_identity
from tests.center.postgres import Cluster
from tests.center.running import RunningCenter

LIMIT = 0.5  # drained cases a second / bare rows a second
TIMEOUT = 30.0  # s
MEMORY = Path("/dev/shm")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="drain-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the database's own account must get through to its part
        cluster = Cluster(folder / "postgresql").start()
        try:
            return _measured(folder, cluster, asked.cases)
        finally:
            cluster.stop()


def _measured(folder: Path, cluster: Cluster, count: int) -> int:
    center = RunningCenter(folder / "center" / "state", cluster)
    center.state.parent.mkdir()
    center.start()
    try:
        enrol(center.code(), center.url, folder / "terminal")
        identity = load_identity(folder / "terminal")
        assert identity is not None
        bodies = _fill(folder / "terminal", identity, count)
        half = len(bodies) // 2
        before = _bare(cluster, bodies[:half])
        drained = _drain(folder / "terminal", identity, center.url, count)
        after = _bare(cluster, bodies[half:])
    finally:
        center.stop()
    bare = count / (before + after)
    ratio = count / drained / bare
    print(
        f"{count} cases drained at {count / drained:.0f} a second, bare rows {bare:.0f} a second:"
        f" ratio {ratio:.2f} (limit {LIMIT})"
    )
    return 0 if ratio >= LIMIT else 1


def _fill(folder: Path, identity: Identity, count: int) -> list[bytes]:
    """Real sealed cases, made in memory and then put on the disk; their envelopes as bytes."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        with closing(Stand(Path(name) / "terminal", identity)) as stand:
            for number in range(count):
                stand.clerk.submit_case(str(number), stand.case().model_dump(mode="json"))
            rows = stand.outbox.database.execute("SELECT envelope FROM outbox ORDER BY sequence").fetchall()
        shutil.copytree(Path(name) / "terminal", folder, dirs_exist_ok=True)
    return [bytes(row[0]) for row in rows]


def _drain(folder: Path, identity: Identity, url: str, count: int) -> float:
    """Seconds."""
    with closing(Stand(folder, identity)) as stand, closing(CenterLink(url, identity, stand.clock, TIMEOUT)) as link:
        begun = perf_counter()
        done = deliver_waiting(stand.outbox, link, lambda _entry, _receipt: None)
        seconds = perf_counter() - begun
    if done.delivered != count:
        raise SystemExit(f"error: {done.in_words()}")
    return seconds


def _bare(cluster: Cluster, bodies: Sequence[bytes]) -> float:
    """Seconds."""
    command = [sys.executable, "-m", "benchmarks.bare_rows", cluster.new_database()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=TIMEOUT, trust_env=False) as client:
                begun = perf_counter()
                for number, body in enumerate(bodies):
                    client.put(f"/rows/{number}/{number}", content=body).raise_for_status()
                return perf_counter() - begun
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())

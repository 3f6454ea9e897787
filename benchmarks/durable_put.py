"""How long until a finished visit is on the disk, against the same bytes written and synced bare.

Put: a case with 2 MB of attachments (four pages, sealed as they came), from submit to committed: checked, sealed,
signed, four files and a row. Bare: the sealed pages and the envelope, each one file, written and synced, nothing else.
Then puts into an outbox where 100,000 cases wait, against an empty one.

`python -m benchmarks.durable_put [--puts N] [--waiting N]`
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from benchmarks.outboxes import Stand
from flows.canonical import sha256_hex
from flows.case import Attachment
from kiosk.messages.from_backroom import Committed
from kiosk.messages.to_backroom import Attach

LIMIT_PUT = 1.5  # p99 of a put / p99 of the same bytes bare
LIMIT_WAITING = 1.1  # median put with a long queue / with an empty one
PAGES, PAGE = 4, 500_000  # bytes a page: 2 MB
WARM = 10  # of each, not counted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--puts", type=int, default=300)
    parser.add_argument("--waiting", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="put-") as folder:
        put_well = _against_bare(Path(folder), asked.puts)
    with tempfile.TemporaryDirectory(prefix="put-") as folder:
        waiting_well = _against_a_queue(Path(folder), asked.puts, asked.waiting)
    return 0 if put_well and waiting_well else 1


def _against_bare(folder: Path, count: int) -> bool:
    stand = Stand(folder / "terminal")
    pages = [os.urandom(PAGE) for _ in range(PAGES)]
    puts, bare = [], []
    with closing(stand):
        for number in range(count + WARM):
            case_id, seconds = _put(stand, pages)
            sealed = stand.sealed_bytes(case_id)
            again = _write_bare(folder / "bare", sealed)
            if number >= WARM:
                puts.append(seconds)
                bare.append(again)
    ratio = _p99(puts) / _p99(bare)
    print(
        f"case with {PAGES * PAGE / 1e6:.0f} MB: put {_in_words(puts)}, bare {_in_words(bare)}:"
        f" ratio of p99 {ratio:.2f} (limit {LIMIT_PUT})"
    )
    return ratio <= LIMIT_PUT


def _put(stand: Stand, pages: Sequence[bytes]) -> tuple[str, float]:
    """The case's id, and seconds from handing it in to the commit."""
    told = []
    for number, page in enumerate(pages, 1):
        name = f"material-{number}"
        stand.clerk.attach(Attach(request="a", name=name, media_type="image/jpeg"), page)
        told.append(
            Attachment(name=name, sha256=sha256_hex(page), size=len(page), media_type="image/jpeg", step="material")
        )
    values = stand.case(tuple(told)).model_dump(mode="json")
    begun = perf_counter()
    answer, _ = stand.clerk.submit_case("s", values)
    seconds = perf_counter() - begun
    if not isinstance(answer, Committed):
        raise SystemExit(f"error: a case was not committed: {answer.message}")
    return answer.case_id, seconds


def _write_bare(folder: Path, files: Sequence[bytes]) -> float:
    folder.mkdir()
    begun = perf_counter()
    for number, data in enumerate(files):
        descriptor = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, data)
        os.fsync(descriptor)
        os.close(descriptor)
    seconds = perf_counter() - begun
    shutil.rmtree(folder)
    return seconds


def _in_words(times: Sequence[float]) -> str:
    return f"p50 {1e3 * statistics.median(times):.1f} ms p99 {1e3 * _p99(times):.1f} ms"


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def _against_a_queue(folder: Path, count: int, waiting: int) -> bool:
    """In turn, so that whatever else the machine does falls on both."""
    empty = Stand(folder / "empty")
    full = Stand(folder / "full", fill=waiting)
    times: dict[Stand, list[float]] = {empty: [], full: []}
    with closing(empty), closing(full):
        for number in range(count + WARM):
            for stand, taken in times.items():
                _, seconds = _put(stand, [])
                if number >= WARM:
                    taken.append(seconds)
        held = full.outbox.count_waiting()
    one, other = (statistics.median(times[stand]) for stand in (empty, full))
    print(
        f"put with {held - count - WARM} waiting {1e3 * other:.2f} ms, into an empty outbox {1e3 * one:.2f} ms:"
        f" ratio {other / one:.2f} (limit {LIMIT_WAITING})"
    )
    return other / one <= LIMIT_WAITING


if __name__ == "__main__":
    sys.exit(main())

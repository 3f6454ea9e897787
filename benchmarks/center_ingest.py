"""`python -m benchmarks.center_ingest [--cases N]`: how many cases a second the center takes in, each acknowledged from
the disk: on SQLite, and on PostgreSQL against pgbench making the same insert with as many connections."""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.center_load import BenchedCenter, Load, percentile, put, seal_cases
from tests.center.postgres import Cluster

TERMINALS, CONNECTIONS, WORKERS = 50, 32, 2
SQLITE_LIMIT = 50.0  # cases/s
PGBENCH_LIMIT = 0.35  # of pgbench's rate
ROUNDS = 3
BODY = 2300  # bytes of an envelope, as the center stores it
SETUP = "CREATE SEQUENCE made; INSERT INTO terminals VALUES ('P', '示例', '', '', now())"
INSERT = f"""
BEGIN;
SELECT quote_literal(md5(random()::text || clock_timestamp()::text)) AS id, nextval('made') AS number \\gset
INSERT INTO envelopes (envelope_id, terminal_id, sequence, kind, digest, received_at)
  VALUES (:id, 'P', :number, 'case', :id || :id, now()) ON CONFLICT DO NOTHING;
INSERT INTO case_serials (scope, last) VALUES ('pgbench', 1)
  ON CONFLICT (scope) DO UPDATE SET last = case_serials.last + 1 RETURNING last;
INSERT INTO cases (case_id, case_number, matter, matter_version, kind, state, state_since, received_at, follow_hash)
  VALUES (:id, 'P' || :number, 'resident-medical-insurance', 1, 'accepted', 'awaitingPrecheck', now(), now(),
    :id || reverse(:id));
INSERT INTO case_parts
  (case_id, part_id, place, department, needs, stage, stage_since, moves, arrived_at, hands_over, warned)
  VALUES (:id, 'whole', 0, '示例', '', 'awaitingPrecheck', now(), 1, now(), false, '');
INSERT INTO case_moves (case_id, part_id, number, move, origin, stage, at, actor)
  VALUES (:id, 'whole', 1, 'submit', 'initialised', 'awaitingPrecheck', now(), 'applicant');
INSERT INTO sealed_envelopes (envelope_id, received_at, body, receipt)
  VALUES (:id, now(), decode(repeat('5a', {BODY}), 'hex'), repeat('r', 400));
COMMIT;
"""


def center_rate(folder: Path, database: str, workers: int, cases: int) -> float:
    """Cases a second, from the first request to the last receipt."""
    folder.mkdir()
    center = BenchedCenter(folder, database, workers)
    keys, center_keys = center.enrol(TERMINALS)
    requests = [put(envelope) for envelope in seal_cases(keys, center_keys, cases // TERMINALS)]
    center.start()
    try:
        load = Load(center.url, CONNECTIONS)
        seconds = asyncio.run(load.run(requests))
    finally:
        center.stop()
    if len(load.taken()) != len(requests):
        raise SystemExit(f"error: {len(requests) - len(load.taken())} cases were not taken; see {folder / 'log'}")
    waits = [answer.seconds * 1000 for answer in load.taken()]
    name = "PostgreSQL" if database else "SQLite    "
    print(
        f"{name} {len(requests) / seconds:6.1f} cases/s, {workers} worker(s), {CONNECTIONS} connections;"
        f" p50 {percentile(waits, 0.5):.0f} ms, p99 {percentile(waits, 0.99):.0f} ms",
        flush=True,
    )
    return len(requests) / seconds


def pgbench_rate(database: str, script: Path) -> float:
    """Transactions a second."""
    command = ["pgbench", "-n", "-c", str(CONNECTIONS), "-j", "1", "-T", "8", "-f", str(script), database]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if found is None:
        raise SystemExit(f"error: pgbench: {done.stderr.strip().splitlines()[-1]}")
    print(f"pgbench    {float(found[1]):6.1f} inserts/s, {CONNECTIONS} connections", flush=True)
    return float(found[1])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.center_ingest", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    cases = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as name, Cluster.in_a_folder() as cluster:
        folder = Path(name)
        sqlite = center_rate(folder / "sqlite", "", 1, cases)
        script = folder / "insert.sql"
        script.write_text(INSERT)
        ratios = []
        for number in range(ROUNDS):
            database = cluster.new_database()
            ours = center_rate(folder / f"round{number}", database, WORKERS, cases)
            subprocess.run(["psql", "-q", "-c", SETUP, database], check=True)
            ratios.append(ours / pgbench_rate(database, script))
    ratio = sorted(ratios)[len(ratios) // 2]
    print(f"SQLite {sqlite:.1f} cases/s = {sqlite / SQLITE_LIMIT:.2f} x limit (limit {SQLITE_LIMIT:.0f})")
    print(f"PostgreSQL / pgbench {ratio:.2f} (limit {PGBENCH_LIMIT}, median of {ROUNDS})")
    return int(sqlite < SQLITE_LIMIT or ratio < PGBENCH_LIMIT)


if __name__ == "__main__":
    sys.exit(main())

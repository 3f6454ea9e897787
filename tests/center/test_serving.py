"""Several workers are one center; too much at once is told to come back; what is slow or away is said, and measured."""

import os
import re
import signal
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from center.clock import SystemClock
from center.services import open_center
from center.settings import CenterSettings
from tests.center.running import RunningCenter
from tests.patience import turns


def free_address():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
def two_workers(cluster, tmp_path):
    options = ("--workers", "2", "--metrics", free_address())
    running = RunningCenter(tmp_path / "state", cluster, options=options).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def narrow_center(tmp_path_factory):
    """One with few places, a short patience, and SQLite."""
    folder = tmp_path_factory.mktemp("narrow")
    config = folder / "center.toml"
    config.write_text("places = 8\nplaces_each = 1\nslow_after = 0.3\n")
    running = RunningCenter(folder / "state", options=("--config", str(config))).start()
    yield running
    running.stop()


def counted(metrics, name):
    found = re.search(rf"^{re.escape(name)} ([0-9.e+]+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else None


def sent_until_answered(terminal, envelope):
    """A connection to the one that died breaks; the terminal comes again, as terminals do."""
    for _ in range(20):
        try:
            return terminal.send(envelope)
        except httpx.TransportError:
            continue
    raise AssertionError("no worker answers")


def workers_of(running):
    """Their process ids; Python's own resource tracker is a child as well."""
    pid = running.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
    return [child for child, command in commands.items() if b"spawn_main" in command]


def test_two_workers_are_one_center_and_one_that_dies_is_replaced(two_workers, new_terminal):
    terminal = new_terminal(two_workers)
    cases = [terminal.certificate_case(), terminal.certificate_case(), terminal.medical_case(), terminal.medical_case()]
    envelopes = [terminal.seal(case) for case in cases] * 4
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(terminal.send, envelopes))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.content for answer in answers}) == 4
    assert two_workers.rows("SELECT count(*), count(DISTINCT verify_code) FROM decisions") == [(2, 2)]
    assert httpx.get(f"{two_workers.url}/v1/ready").status_code == 200
    metrics = httpx.get(f"http://{two_workers.options[-1]}/metrics").text
    taken, repeated = (counted(metrics, f'oue_envelopes_total{{outcome="{word}"}}') for word in ("taken", "repeated"))
    assert (taken, repeated) == (4.0, 12.0)
    assert counted(metrics, "oue_terminals_enrolled") == 1.0
    assert counted(metrics, "oue_decisions_waiting") == 0.0
    assert counted(metrics, "oue_follow_ups_open") == 0.0
    assert counted(metrics, 'oue_request_seconds_count{route="/v1/envelopes/{envelope_id}"}') == 16.0
    assert "测试" not in metrics
    assert envelopes[0].envelope_id not in metrics
    os.kill(workers_of(two_workers)[0], signal.SIGKILL)
    assert sent_until_answered(terminal, envelopes[0]).content == answers[0].content
    assert two_workers.stop() == 0


def test_a_worker_that_has_all_it_needs_is_ready_and_metrics_are_not_where_terminals_are(narrow_center):
    ready = {"status": "ready", "database": "ok", "blobs": "ok", "keys": "ok"}
    assert httpx.get(f"{narrow_center.url}/v1/ready").json() == ready
    assert httpx.get(f"{narrow_center.url}/metrics").status_code == 404


def test_while_the_database_is_held_up_new_requests_are_turned_away_and_health_answers(narrow_center, new_terminal):
    terminal = new_terminal(narrow_center)
    envelopes = [terminal.seal(terminal.medical_case()) for _ in range(2)]
    with closing(sqlite3.connect(narrow_center.state / "center.sqlite3", isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            accepted = pool.submit(terminal.send, envelopes[0])
            for _ in turns("the center's patience with its database is over"):
                if httpx.get(f"{narrow_center.url}/verify/nothing").status_code == 503:
                    break
            answer = terminal.send(envelopes[1])
            assert httpx.get(f"{narrow_center.url}/v1/health").status_code == 200
            held.execute("ROLLBACK")
            assert accepted.result().status_code == 201
    assert (answer.status_code, answer.json()["code"]) == (503, "databaseSlow")
    assert int(answer.headers["Retry-After"]) >= 1
    assert terminal.send(envelopes[1]).status_code == 201


def test_whoever_would_wait_too_long_is_told_to_come_back_and_who_was_let_in_is_answered(tmp_path, new_terminal):
    config = tmp_path / "center.toml"
    config.write_text("longest_wait = 0.2\nslow_after = 60\n")
    running = RunningCenter(tmp_path / "state", options=("--config", str(config))).start()
    try:
        terminal = new_terminal(running)
        envelope = terminal.seal(terminal.medical_case())
        with closing(sqlite3.connect(running.state / "center.sqlite3", isolation_level=None)) as held:
            held.execute("BEGIN IMMEDIATE")
            with ThreadPoolExecutor(1) as pool:
                accepted = pool.submit(terminal.send, envelope)
                for _ in turns("it is told to come back"):
                    answer = httpx.get(f"{running.url}/verify/nothing")
                    if answer.status_code == 429:
                        break
                    assert answer.status_code == 404
                held.execute("ROLLBACK")
                assert accepted.result().status_code == 201
        assert answer.json()["code"] == "busy"
        assert httpx.get(f"{running.url}/verify/nothing").status_code == 404
    finally:
        running.stop()


def test_one_terminal_cannot_take_all_places_and_a_long_body_is_not_read(narrow_center, new_terminal):
    greedy, other = new_terminal(narrow_center), new_terminal(narrow_center)
    host, port = narrow_center.url.removeprefix("http://").split(":")
    head = f"PUT /v1/attachments/{'0' * 64} HTTP/1.1\r\nHost: c\r\nContent-Length: 1000000\r\n"
    unfinished = (head + f"OEB-Terminal: {greedy.identity.terminal_id}\r\n\r\n").encode()
    with socket.create_connection((host, int(port))) as first, socket.create_connection((host, int(port))) as second:
        first.sendall(unfinished + b"the rest never comes")
        other.look_up("social-insurance", {})  # once this is answered, the first one is in
        second.sendall(unfinished)
        answer = second.makefile("rb").read().decode()
        assert answer.startswith("HTTP/1.1 429")
        assert '"code":"terminalBusy"' in answer
        assert "retry-after" in answer.lower()
        assert other.send(other.seal(other.medical_case())).status_code == 201


def test_centers_that_start_at_once_over_a_new_database_agree(cluster, tmp_path):
    settings = CenterSettings(state_folder=tmp_path / "state", database=cluster.new_database())
    for each in (settings, CenterSettings(state_folder=tmp_path / "sqlite")):
        with ThreadPoolExecutor(4) as pool:
            centers = list(pool.map(lambda _, told=each: open_center(told, SystemClock()), range(4)))
        try:
            assert len({center.epoch for center in centers}) == 1
            assert len({center.keys.signing.public_key().public_bytes_raw() for center in centers}) == 1
        finally:
            for center in centers:
                center.close()


def test_a_database_that_goes_away_is_said_and_what_was_sent_is_taken_later(cluster, tmp_path, new_terminal):
    running = RunningCenter(tmp_path / "state", cluster).start()
    try:
        terminal = new_terminal(running)
        envelope = terminal.seal(terminal.medical_case())
        cluster.lets_nobody_into(running.database)
        answer = terminal.send(envelope)
        assert (answer.status_code, answer.json()["code"], answer.json()["action"]) == (503, "databaseAway", "retry")
        assert int(answer.headers["Retry-After"]) >= 1
        assert httpx.get(f"{running.url}/v1/health").status_code == 200
        ready = httpx.get(f"{running.url}/v1/ready")
        assert (ready.status_code, ready.json()["code"]) == (503, "notReady")
        cluster.lets_in(running.database)
        assert terminal.send(envelope).status_code == 201
        assert "Traceback" not in running.log
    finally:
        running.stop()

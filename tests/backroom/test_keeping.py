"""How long delivered cases stay here, and what a restored center gets once more."""

import os
import sqlite3
from contextlib import closing

import pytest

from flows.backups import sign_backed_up
from flows.keys import SealingKey, new_signing_key
from flows.wire import Envelope, sign_receipt
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.ledger import database_path
from kiosk.backroom.queue import queue_list, sync_now
from kiosk.config import load_config
from kiosk.messages.from_backroom import SyncChanged
from tests.backroom.running import CLOCK, Backroom, HostileCenter, make_case, store_identity, told, write_config
from tests.center.running import RunningCenter

PICTURE = b"\xff\xd8 a picture"


@pytest.fixture
def center(tmp_path):
    running = RunningCenter(tmp_path / "center" / "state")
    running.state.parent.mkdir()
    running.start()
    running.port = int(running.url.rpartition(":")[2])
    yield running
    running.stop()


@pytest.fixture
def config(center, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    return write_config(tmp_path, center.url, keep_days=0)


def state_of(config):
    return load_config(config).terminal.state_folder


def files(config):
    return [path.name for path in (state_of(config) / "attachments").iterdir()]


def take_a_case(config, *, delivered=True):
    """With a picture; the terminal is off afterwards."""
    backroom = Backroom(config).start()
    backroom.attach("material-1", PICTURE)
    case = make_case(backroom.ready.terminal_id, (told("material-1", PICTURE),))
    backroom.submit(case)
    if delivered:
        backroom.expect(SyncChanged, lambda m: m.waiting == 0 and m.reachable)
    assert backroom.stop() == 0
    return case


def numbers(center):
    return {number for (number,) in center.rows("SELECT case_number FROM cases")}


def test_a_delivered_case_is_forgotten_once_the_center_backed_it_up(center, config, tmp_path):
    take_a_case(config)
    sync_now(load_config(config))
    assert [entry.state for entry in queue_list(state_of(config))] == ["delivered"]
    center.command("backup", str(tmp_path / "disk"))
    sync_now(load_config(config))
    assert queue_list(state_of(config)) == []
    assert files(config) == []


def test_it_stays_for_the_days_that_were_asked_for(center, config, tmp_path):
    write_config(tmp_path, center.url, keep_days=7)
    take_a_case(config)
    center.command("backup", str(tmp_path / "disk"))
    sync_now(load_config(config))
    assert [entry.state for entry in queue_list(state_of(config))] == ["delivered"]
    assert len(files(config)) == 1


def test_a_restored_center_gets_once_more_what_it_lost(center, config, tmp_path):
    take_a_case(config)
    center.command("backup", str(tmp_path / "disk"))
    write_config(tmp_path, center.url, keep_days=7)
    take_a_case(config)
    before = numbers(center)
    center.kill()
    restored = center.restored(tmp_path / "anew" / "state", tmp_path / "disk").start()
    try:
        assert len(numbers(restored)) == 1
        backroom = Backroom(config).start()
        backroom.expect(SyncChanged, lambda m: m.waiting == 2)
        backroom.expect(SyncChanged, lambda m: m.waiting == 0 and m.reachable)
        assert backroom.stop() == 0
        assert numbers(restored) == before
        assert len(before) == 2
    finally:
        restored.stop()


def test_the_center_restored_while_the_terminal_runs_is_noticed(center, config, tmp_path):
    center.command("backup", str(tmp_path / "disk"))
    backroom = Backroom(config).start()
    backroom.submit(make_case(backroom.ready.terminal_id))
    backroom.expect(SyncChanged, lambda m: m.waiting == 0 and m.reachable)
    before = numbers(center)
    center.kill()
    restored = center.restored(tmp_path / "anew" / "state", tmp_path / "disk")
    restored.start()
    try:
        backroom.expect(SyncChanged, lambda m: m.waiting == 1, within=30.0)
        backroom.expect(SyncChanged, lambda m: m.waiting == 0 and m.reachable, within=30.0)
        assert numbers(restored) == before
        assert backroom.stop() == 0
    finally:
        restored.stop()


def test_nobody_but_the_center_can_make_the_terminal_forget(tmp_path):
    sealing, signing, own, other = SealingKey.generate(), new_signing_key(), new_signing_key(), new_signing_key()
    store_identity(tmp_path, sealing, signing, own)
    envelopes = []

    def answer(method, path, body):
        if path.endswith("/health"):
            return 200, "application/json", b'{"status": "ok", "epoch": "e2"}'
        if path.startswith("/v1/statement"):
            return 404, "application/json", b"{}"
        if path.startswith("/v1/envelopes"):
            envelope = Envelope.from_bytes(body)
            envelopes.append(envelope)
            receipt = sign_receipt(envelope, case_number="1", received_at=CLOCK.now(), epoch="e", signing_key=signing)
            return 201, "application/json", receipt.model_dump_json().encode()
        forged = sign_backed_up("0" * 32, "e2", (), other if len(envelopes) % 2 else signing)
        return 200, "application/json", forged.model_dump_json().encode()

    hostile = HostileCenter(answer)
    try:
        config = write_config(tmp_path, hostile.url, keep_days=0)
        backroom = Backroom(config).start()
        backroom.submit(make_case(backroom.ready.terminal_id))
        backroom.expect(SyncChanged, lambda m: m.waiting == 0 and m.reachable)
        assert backroom.stop() == 0
        for _ in range(2):
            sync_now(load_config(config))
            assert [entry.state for entry in queue_list(state_of(config))] == ["delivered"]
        assert any(path.endswith("/backed-up") for _, path, _ in hostile.asked)
    finally:
        hostile.close()


def test_what_a_commit_left_that_never_was_is_cleared_up(center, config):
    take_a_case(config)
    left = state_of(config) / "attachments" / ("a" * 64)
    young = state_of(config) / "attachments" / ("b" * 64)
    for path in (left, young):
        path.write_bytes(b"sealed")
    os.utime(left, (0, 0))
    sync_now(load_config(config))
    assert not left.exists()
    assert young.exists()
    assert len(files(config)) == 2


OLD_TABLES = """
ALTER TABLE outbox DROP COLUMN receipt;
DROP INDEX attachments_by_envelope;
DROP TABLE attachments;
PRAGMA user_version = {version};
"""


@pytest.mark.parametrize("version", [0, 1])
def test_an_outbox_of_the_first_version_keeps_all_that_waits_in_it(version, center, config, tmp_path):
    write_config(tmp_path, "http://127.0.0.1:9")
    case = take_a_case(config, delivered=False)
    with closing(sqlite3.connect(database_path(state_of(config)))) as database:
        database.executescript(OLD_TABLES.format(version=version))
    write_config(tmp_path, center.url, keep_days=0)
    assert sync_now(load_config(config)).delivered == 1
    assert center.rows("SELECT count(*) FROM cases WHERE case_id = ?", case.case_id) == [(1,)]
    center.command("backup", str(tmp_path / "disk"))
    sync_now(load_config(config))
    assert files(config) == []

"""The program before is put back and meets the outbox of a newer one: it goes on with it, or leaves it alone."""

import sqlite3
from contextlib import closing

import pytest

from kiosk.backroom.delivery import deliver_waiting
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.ledger import database_path
from kiosk.backroom.ledger_schema import NEEDS, STEPS
from kiosk.backroom.queue import SyncProblem, queue_list, sync_now
from kiosk.backroom.stick import queue_export
from kiosk.cli.entry import enter
from kiosk.config import load_config
from tests.backroom.running import write_config
from tests.backroom.standing import Standing, picture

NEXT = len(STEPS) + 1
NEXT_STEP = f"""
ALTER TABLE outbox ADD COLUMN urgency INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attachments ADD COLUMN pages INTEGER NOT NULL DEFAULT 1;
ALTER TABLE prints ADD COLUMN tray TEXT NOT NULL DEFAULT '';
ALTER TABLE uses ADD COLUMN minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN told TEXT NOT NULL DEFAULT '';
CREATE TABLE notices (notice_id TEXT PRIMARY KEY);
CREATE INDEX outbox_by_urgency ON outbox (urgency, sequence);
UPDATE outbox SET urgency = 1;
PRAGMA user_version = {NEXT};
"""
MANY = 20


@pytest.fixture
def config(center, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    return load_config(write_config(tmp_path, center.url))


@pytest.fixture
def folder(config):
    return config.terminal.state_folder


@pytest.fixture
def cases(config, center, folder):
    """Taken by this program; then the next one brought the full outbox up to date."""
    standing = Standing(folder, center.url)
    taken = [standing.takes(*([picture(1000 + number)] if number % 10 == 0 else [])) for number in range(MANY)]
    standing.close()
    run_sql(folder, NEXT_STEP)
    return taken


def run_sql(folder, script):
    with closing(sqlite3.connect(database_path(folder))) as database:
        database.executescript(script)


def at_the_center(center, cases):
    rows = center.rows("SELECT case_id, count(*) FROM cases GROUP BY case_id")
    return {case_id: count for case_id, count in rows if case_id in {case.case_id for case in cases}}


def test_the_program_before_goes_on_with_the_full_outbox_of_a_newer_one(cases, center, folder):
    before = Standing(folder, center.url)
    try:
        cases.append(before.takes(picture(500)))
        before.outbox.prints.note("receipt", "accepted")
        done = deliver_waiting(before.outbox, before.link, lambda _entry, _receipt: None)
        assert (done.delivered, done.waiting, done.quarantined) == (MANY + 1, 0, 0)
        assert before.outbox.entry(cases[-1].case_id).sequence == MANY + 1
    finally:
        before.close()
    assert at_the_center(center, cases) == {case.case_id: 1 for case in cases}
    with closing(sqlite3.connect(database_path(folder))) as database:  # and the newer one finds its own again
        assert database.execute("PRAGMA user_version").fetchone() == (NEXT,)
        assert database.execute("SELECT urgency, count(*) FROM outbox GROUP BY 1").fetchall() == [(0, 1), (1, MANY)]


def test_an_outbox_that_only_a_newer_program_can_go_on_with_is_left_as_it_is(cases, center, config, folder, tmp_path):
    run_sql(folder, f"INSERT INTO counter (name, last) VALUES ('{NEEDS}', {NEXT})")
    before = database_path(folder).read_bytes()
    with pytest.raises(SyncProblem, match="a newer program keeps it; install that one again") as refused:
        sync_now(config)
    assert "\n" not in str(refused.value)
    assert database_path(folder).read_bytes() == before
    assert not list(folder.glob("outbox.damaged*"))
    assert len(queue_list(folder)) == MANY

    assert queue_export(folder, tmp_path / "stick") == MANY  # a way for the cases themselves
    center.command("cases", "import", str(tmp_path / "stick"))
    assert at_the_center(center, cases) == {case.case_id: 1 for case in cases}

    run_sql(folder, f"DELETE FROM counter WHERE name = '{NEEDS}'")  # as under the newer program
    assert sync_now(config).delivered == MANY
    assert at_the_center(center, cases) == {case.case_id: 1 for case in cases}


def test_an_outbox_that_cannot_be_used_is_set_aside_whole_and_a_fresh_one_begins_above_it(
    cases, center, folder, tmp_path, capsys
):
    config = str(tmp_path / "terminal.toml")
    running = Standing(folder, center.url)
    assert enter(["queue", "set-aside", "--config", config]) == 1
    running.close()
    assert "stop it first" in capsys.readouterr().err
    kept = {path.name for path in (folder / "attachments").iterdir()}

    assert enter(["queue", "set-aside", "--config", config]) == 0
    assert "outbox.damaged-1.db" in capsys.readouterr().out
    assert {path.name for path in (folder / "outbox.damaged-1.attachments").iterdir()} == kept != set()
    fresh = Standing(folder, center.url)
    case = fresh.takes()
    assert fresh.outbox.entry(case.case_id).sequence > MANY
    fresh.close()

"""The audit log shows who did what, names no citizen, and shows every row that somebody touched."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from center import audit
from center.backup import write_backup
from center.staff import CONSOLE, add_staff
from center.terminals import add_code, withdraw_code
from tests.center.terminals import NUMBER
from tests.center.test_casework import accepted

TOUCHED = {
    "a row is edited": "UPDATE audit SET actor = 'somebody' WHERE number = 3",
    "a time is edited": "UPDATE audit SET at = '2020-01-01 00:00:00' WHERE number = 2",
    "a detail is edited": "UPDATE audit SET more = '{}' WHERE number = 3",
    "a row is deleted": "DELETE FROM audit WHERE number = 3",
    "the first row is deleted": "DELETE FROM audit WHERE number = 1",
    "the end is cut off": "DELETE FROM audit WHERE number >= (SELECT MAX(number) FROM audit)",
    "two rows change places": "UPDATE audit SET number = CASE number WHEN 3 THEN -4 ELSE -3 END WHERE number IN (3, 4);"
    "UPDATE audit SET number = -number WHERE number < 0",
    "a row is put in": "INSERT INTO audit SELECT (SELECT MAX(number) + 1 FROM audit), at, actor, action, subject, more,"
    " hash, previous FROM audit WHERE number = 2",
    "the end is cut off and the head with it": "DELETE FROM audit WHERE number > 3;"
    "UPDATE audit_head SET entries = 3, hash = (SELECT hash FROM audit WHERE number = 3)",
    "everything is gone but the head": "DELETE FROM audit",
    "the head is gone": "DELETE FROM audit_head",
}


def verdict_of(desk, noted=None):
    with desk.center.database.reading() as session:
        return audit.verify(session, desk.center.keys.signing.public_key(), noted)


@contextmanager
def touched(desk, statements):
    """The log as somebody left it, until the end of the block."""
    with desk.center.database.writing() as session:
        for statement in statements.split(";"):
            session.connection().exec_driver_sql(statement)
        yield session
        session.rollback()


@pytest.mark.parametrize("what", TOUCHED)
def test_a_log_that_was_touched_shows_it(desk, citizen, what):
    for _ in range(3):
        accepted(desk, citizen)
    before = verdict_of(desk)
    assert (before.problem, before.entries >= 4) == ("", True)
    with touched(desk, TOUCHED[what]) as session:
        assert audit.verify(session, desk.center.keys.signing.public_key()).problem
    assert verdict_of(desk) == before


def test_a_log_set_back_as_a_whole_does_not_hold_the_head_that_was_noted(desk, citizen):
    with desk.center.database.reading() as session:
        early = audit.head_of(session)
    accepted(desk, citizen)
    with desk.center.database.reading() as session:
        noted = audit.head_of(session)
    assert verdict_of(desk, noted).problem == ""
    set_back = f"DELETE FROM audit WHERE number > {early.entries};"
    set_back += (
        f"UPDATE audit_head SET entries = {early.entries}, hash = '{early.hash}', signature = '{early.signature}'"
    )
    with touched(desk, set_back) as session:
        key = desk.center.keys.signing.public_key()
        assert audit.verify(session, key).problem == ""
        assert f"{noted.entries} were noted" in audit.verify(session, key, noted).problem


def test_many_writers_make_one_chain(desk, citizen):
    before = verdict_of(desk).entries
    with ThreadPoolExecutor(8) as pool:
        added = list(
            pool.map(
                lambda place: add_staff(desk.center, CONSOLE, f"多{place}", ["auditor"], department="", days=1),
                range(24),
            )
        )
    assert len({item.token for item in added}) == 24
    after = verdict_of(desk)
    assert (after.problem, after.entries) == ("", before + 24)


def test_whoever_opens_a_case_stands_in_the_log_and_the_citizen_does_not(desk, citizen):
    number, auditor = accepted(desk, citizen), desk.staff("auditor")
    opened = desk.staff("examiner").asks("GET", f"/cases/{number}/content").json()
    assert opened["case"]["applicant"]["number"] == NUMBER
    entries = auditor.asks("GET", "/audit?limit=1000").json()
    assert [(entry["actor"], entry["action"], entry["subject"]) for entry in entries][-1] == (
        "examiner",
        "case.open",
        number,
    )
    assert not any("测试甲" in str(entry) or NUMBER in str(entry) for entry in entries)
    verdict = auditor.asks("GET", "/audit/verdict").json()
    assert (verdict["problem"], verdict["head"]["entries"]) == ("", entries[-1]["number"])


def test_what_is_done_to_the_fleet_and_every_backup_stands_in_the_log(desk, tmp_path):
    terminal = desk.terminal()
    code = add_code(desk.center, "瑞安市民中心")[0]
    withdraw_code(desk.center, code)
    write_backup(desk.center, tmp_path)
    with desk.center.database.reading() as session:
        newest = [(entry.actor, entry.action) for entry in audit.entries_of(session, 6)]
    own = terminal.identity.terminal_id
    assert newest == [
        ("console", "code.made"),
        (own, "terminal.enrol"),
        (own, "certificate.made"),
        ("console", "code.made"),
        ("console", "code.withdrawn"),
        ("console", "backup.made"),
    ]
    assert code not in str(newest)

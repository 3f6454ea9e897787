"""How often a matter was done here: counted with its case, told to the screen, and nothing of anybody in it."""

import sqlite3
from contextlib import closing

from kiosk.backroom.ledger import database_path
from kiosk.config import load_config
from kiosk.messages.from_backroom import MattersUsed
from tests.backroom.running import Backroom, make_case


def database_of(config):
    return database_path(load_config(config).terminal.state_folder)


def test_each_case_counts_once_and_the_counts_are_there_after_a_restart(config):
    backroom = Backroom(config).start()
    assert backroom.expect(MattersUsed).cases == {}
    case = make_case(backroom.ready.terminal_id, instant=True)
    for one in (case, case, make_case(backroom.ready.terminal_id), make_case(backroom.ready.terminal_id)):
        backroom.submit(one)
    counted = {"social-insurance-certificate": 1, "resident-medical-insurance": 2}
    assert backroom.expect(MattersUsed, lambda message: message.cases == counted)
    backroom.rate(case)
    assert backroom.stop() == 0
    again = Backroom(config).start()
    assert again.expect(MattersUsed).cases == counted
    assert again.stop() == 0


def test_cases_of_an_outbox_from_before_the_counting_are_counted(config):
    backroom = Backroom(config).start()
    backroom.submit(make_case(backroom.ready.terminal_id))
    assert backroom.stop() == 0
    with closing(sqlite3.connect(database_of(config))) as database, database:
        database.executescript("DROP TABLE uses; PRAGMA user_version = 3;")
    again = Backroom(config).start()
    assert again.expect(MattersUsed).cases == {"resident-medical-insurance": 1}
    assert again.stop() == 0


def test_what_was_done_long_ago_does_not_stand_first_for_ever(config):
    backroom = Backroom(config).start()
    backroom.submit(make_case(backroom.ready.terminal_id))
    assert backroom.stop() == 0
    with closing(sqlite3.connect(database_of(config))) as database, database:
        assert database.execute("SELECT * FROM uses").fetchone()[::2] == ("resident-medical-insurance", 1)
        database.execute("UPDATE uses SET month = '2020-01'")
    again = Backroom(config).start()
    assert again.expect(MattersUsed).cases == {}
    assert again.stop() == 0

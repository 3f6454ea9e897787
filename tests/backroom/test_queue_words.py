"""`kiosk queue`: every waiting case says in words why it waits and what happens next; and cases leave on a stick."""

import contextlib
import io
import json

import httpx
import pytest

from kiosk.backroom.delivery import deliver_waiting
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.sync_note import SyncNote, write_note
from kiosk.cli.entry import enter
from kiosk.messages.from_backroom import SyncChanged
from tests.backroom.running import NAME, Backroom, make_case, write_config
from tests.backroom.standing import Standing
from tests.center.running import run_center

REFUSED = b'{"title": "No", "status": 422, "code": "signature", "action": "quarantine"}'
ILL = b'{"title": "Ill", "status": 500, "code": "inner", "action": ""}'


@pytest.fixture
def config(center, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    return write_config(tmp_path, center.url)


@pytest.fixture
def terminal(center, config):
    standing = Standing(config.parent / "terminal", center.url)
    yield standing
    standing.close()


def kiosk(config, *arguments, code=0):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert enter([*arguments, "--config", str(config)]) == code, out.getvalue()
    return out.getvalue()


def lines(config, *more):
    return [json.loads(line) for line in kiosk(config, "queue", "list", "--json", *more).splitlines()]


def answered(terminal, status, body):
    terminal.line.instead = httpx.Response(status, content=body, headers={"Content-Type": "application/problem+json"})
    deliver_waiting(terminal.outbox, terminal.link, lambda *_: None)


def test_a_case_that_waits_for_the_program_says_so_in_both_languages(terminal, config):
    case = terminal.takes()
    terminal.close()
    (line,) = lines(config)
    assert line["case_id"] == case.case_id
    assert line["why"] == {"zh": "终端程序没有运行", "en": "the terminal program is not running"}
    assert "kiosk sync" in line["next"]["en"]
    named = {"case_id", "sequence", "matter", "state", "created_at", "attempts", "last_error", "case_number"}
    assert named <= set(line)
    chinese = kiosk(config, "queue", "list", "--language", "zh")
    assert "原因：终端程序没有运行" in chinese
    assert "接下来：启动终端" in chinese
    assert "why: the terminal program" in kiosk(config, "queue", "show", case.case_id[:8], "--language", "en")
    assert NAME not in chinese


def test_a_case_that_was_set_aside_says_why_and_whom_to_ask(terminal, config):
    case = terminal.takes()
    answered(terminal, 422, REFUSED)
    (line,) = lines(config)
    assert line["state"] == "quarantined"
    assert "does not recognise this machine's signature" in line["why"]["en"]
    assert f"kiosk queue retry {case.case_id}" in line["next"]["zh"]
    assert kiosk(config, "queue", "retry", case.case_id).startswith("1 case(s)")
    assert lines(config)[0]["state"] == "waiting"


def test_a_running_terminal_says_since_when_it_is_cut_off_and_when_it_tries_again(config, tmp_path):
    write_config(tmp_path, "http://127.0.0.1:9")
    backroom = Backroom(config).start()
    backroom.submit(make_case(backroom.ready.terminal_id))
    backroom.expect(SyncChanged, lambda m: m.waiting == 1 and not m.reachable)
    (line,) = lines(config)
    assert line["why"]["en"].startswith("the center cannot be reached since ")
    assert "网络" in line["next"]["zh"] or "联网" in line["next"]["zh"]
    assert line["next_try_at"] > line["created_at"]
    assert backroom.stop() == 0


def test_one_that_failed_and_those_behind_it_tell_their_places(terminal, config):
    first, _ = terminal.takes(), terminal.takes()
    terminal.close()
    again = Standing(terminal.folder, "http://127.0.0.1:9")
    answered(again, 500, ILL)
    note = SyncNote(reachable=True, next_try_at="2999-01-01T00:00:00Z", later={first.case_id: "2999-01-01T00:00:30Z"})
    write_note(terminal.folder, note)
    told = {line["case_id"]: line for line in lines(config)}
    assert 'answer was "500 inner: Ill"' in told[first.case_id]["why"]["en"]
    assert told[first.case_id]["next_try_at"] == "2999-01-01T00:00:30Z"
    assert told[first.case_id]["last_try_at"] >= told[first.case_id]["created_at"]
    write_note(terminal.folder, note.model_copy(update={"busy_until": "2999-01-01T00:00:00Z"}))
    assert "center is busy" in lines(config)[1]["why"]["en"]
    again.close()


def test_a_stick_brings_cases_to_the_center_and_receipts_back(terminal, config, center, tmp_path):
    stick, pictured = tmp_path / "stick", terminal.takes(b"a picture of the residence proof")
    plain = terminal.takes()
    terminal.close()
    assert kiosk(config, "queue", "export", str(stick)).startswith("2 sealed case(s)")
    assert run_center("cases", "import", str(stick), "--state", str(center.state)).returncode == 0
    torn = stick / f"{plain.case_id}.receipt.json"
    good = torn.read_bytes()
    torn.write_bytes(good.replace(b'"case_number":"3', b'"case_number":"4'))
    strange = stick / f"{'f' * 32}.receipt.json"
    strange.write_bytes(good)
    said = kiosk(config, "queue", "import-receipts", str(stick), code=1)
    assert said.count("skipped") == 2
    assert "\n\n" not in said
    states = {line["case_id"]: line for line in lines(config, "--all")}
    assert states[pictured.case_id]["state"] == "delivered"
    assert states[pictured.case_id]["why"]["zh"].endswith(states[pictured.case_id]["case_number"])
    assert states[plain.case_id]["state"] == "waiting"
    strange.unlink()
    torn.write_bytes(good)
    kiosk(config, "queue", "import-receipts", str(stick))
    assert kiosk(config, "queue", "list", "--language", "en") == "No case is waiting on this machine.\n"


def test_a_stick_without_receipts_is_one_line(config, tmp_path, capsys):
    (tmp_path / "stick").mkdir()
    assert enter(["queue", "import-receipts", str(tmp_path / "stick"), "--config", str(config)]) == 1
    assert capsys.readouterr().err.count("\n") == 1

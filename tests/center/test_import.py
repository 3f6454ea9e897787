"""A stick with sealed cases: taken once, receipts written back, and whatever else lies there is named and left."""

import json

import pytest

from flows.wire import Receipt
from tests.center.running import run_center
from tests.center.terminals import picture


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def put(folder, envelope, **attachments):
    (folder / f"{envelope.envelope_id}.json").write_bytes(envelope.to_bytes())
    for name, data in attachments.items():
        (folder / name.removeprefix("a_")).write_bytes(data)


def with_picture(terminal, plain=b"a picture"):
    reference, sealed = terminal.seal_picture("material-1", plain)
    return terminal.seal(terminal.medical_case((picture("material-1", plain),)), [reference]), reference.sha256, sealed


def imported(center, folder):
    database = ("--database", center.database) if center.database else ()
    done = run_center("cases", "import", str(folder), "--json", "--state", str(center.state), *database)
    return done.returncode, {item["file"]: item for item in map(json.loads, done.stdout.splitlines())}


def test_cases_on_a_stick_are_taken_once_and_their_receipts_written_back(center, terminal, stick):
    envelope, sha256, sealed = with_picture(terminal)
    put(stick, envelope, **{f"a_{sha256}": sealed})
    code, items = imported(center, stick)
    file = f"{envelope.envelope_id}.json"
    assert (code, items[file]["new"], items[file]["skipped"]) == (0, True, None)
    written = (stick / f"{envelope.envelope_id}.receipt.json").read_bytes()
    sent = terminal.send(envelope)
    assert (sent.status_code, Receipt.model_validate_json(written)) == (200, terminal.receipt(envelope, sent))
    code, items = imported(center, stick)
    assert (code, items[file]["new"]) == (0, False)


def test_damaged_and_foreign_files_are_named_and_the_rest_is_taken(center, terminal, new_terminal, stick):
    good = terminal.seal(terminal.medical_case())
    put(stick, good)
    torn, sha256, sealed = with_picture(terminal)
    put(stick, torn, **{f"a_{sha256}": sealed[:-1]})
    lacking, _, _ = with_picture(terminal)
    put(stick, lacking)
    stranger = new_terminal(center, enrolled=False)
    stranger.identity = terminal.identity
    put(stick, stranger.seal(stranger.medical_case(), sequence=1))
    (stick / "holiday.json").write_bytes(b"\xff\xfe{")
    (stick / "holiday.jpg").write_bytes(b"a beach")
    (stick / ("f" * 64)).write_bytes(b"nobody's")
    code, items = imported(center, stick)
    assert code == 1
    assert [name for name, item in items.items() if item["skipped"] is None] == [f"{good.envelope_id}.json"]
    reasons = {name: item["skipped"] for name, item in items.items() if item["skipped"]}
    assert len(reasons) == 6
    assert "is damaged" in reasons[f"{torn.envelope_id}.json"]
    assert "is missing" in reasons[f"{lacking.envelope_id}.json"]
    assert "signature" in next(reason for reason in reasons.values() if "cannot be taken" in reason)
    assert "no case of a terminal" in reasons["holiday.json"]
    assert not any("\n" in reason or "测试甲" in reason for reason in reasons.values())


def test_a_folder_that_is_not_there_is_one_line(center):
    done = run_center("cases", "import", "/nowhere/at/all", "--state", str(center.state))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "/nowhere/at/all" in done.stderr

"""`kiosk-center` says in one line what is wrong, and shows what the center holds while it runs."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.center.running import run_center
from tests.center.terminals import NUMBER, picture


def refused(*arguments):
    """The one line it was refused with."""
    done = run_center(*arguments)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_cases_are_listed_and_shown_beside_the_running_center(center, terminal, tmp_path):
    plain = b"\x89PNG signature"
    reference, sealed = terminal.seal_picture("signature", plain)
    terminal.put_attachment(sealed)
    case = terminal.medical_case((picture("signature", plain),))
    number = terminal.delivers(case, [reference]).case_number
    listed = [json.loads(line) for line in center.command("cases", "list", "--json").splitlines()]
    assert [line["state"] for line in listed if line["case_number"] == number] == ["awaitingPrecheck"]
    shown = json.loads(center.command("cases", "show", number, "--json", "--out", str(tmp_path)))
    assert shown["case"]["applicant"]["number"] == NUMBER
    assert shown["files"] == ["signature.jpg"]
    assert (tmp_path / "signature.jpg").read_bytes() == plain


def test_staff_are_shown_how_a_face_compared_with_its_card(center, terminal):
    plain = b"\xff\xd8 face"
    reference, sealed = terminal.seal_picture("face-1", plain)
    terminal.put_attachment(sealed)
    face = picture("face-1", plain).model_copy(update={"check": "different 0.21"})
    case = terminal.medical_case((face,))
    terminal.delivers(case, [reference])
    shown = json.loads(center.command("cases", "show", case.case_id, "--json"))
    assert [item["check"] for item in shown["case"]["attachments"]] == ["different 0.21"]


def test_a_new_code_is_printed_for_a_technician(center):
    told = json.loads(center.command("terminals", "add", "--site", "塘下镇", "--json"))
    assert (len(told["code"]), told["site"]) == (29, "塘下镇")


def test_an_issued_document_is_written_out(center, terminal, tmp_path):
    case = terminal.certificate_case()
    terminal.delivers(case)
    center.command("cases", "show", case.case_id, "--out", str(tmp_path))
    assert (tmp_path / "document.pdf").read_bytes().startswith(b"%PDF-")


def test_a_port_in_use_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused("serve", "--port", str(port), "--state", str(tmp_path))
    assert (
        line
        == f"kiosk-center: cannot listen on 127.0.0.1:{port}: the port is in use; choose another with --host, --port\n"
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "not a URL of a database this center knows"),
        ("postgresql://center:secret@127.0.0.1:1/center", "postgresql://center:***@127.0.0.1:1/center"),
        ("sqlite:////proc/nowhere/center.sqlite3", "cannot make folder /proc/nowhere"),
    ],
)
def test_a_bad_database_is_one_line_without_its_password(tmp_path, url, words):
    line = refused("serve", "--port", "0", "--state", str(tmp_path), "--database", url)
    assert words in line
    assert "secret" not in line


def test_what_is_no_database_is_left_alone(tmp_path):
    (tmp_path / "center.sqlite3").write_bytes(b"a letter to a friend " * 100)
    assert "file is not a database" in refused("terminals", "list", "--state", str(tmp_path))
    assert (tmp_path / "center.sqlite3").read_bytes().startswith(b"a letter")


def test_a_database_of_a_newer_center_is_left_alone(tmp_path):
    run_center("terminals", "list", "--state", str(tmp_path))
    with closing(sqlite3.connect(tmp_path / "center.sqlite3")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer center" in refused("terminals", "list", "--state", str(tmp_path))


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path):
    (tmp_path / "file").write_text("here already")
    assert "--state" in refused("serve", "--port", "0", "--state", str(tmp_path / "file"))
    blobs = str(tmp_path / "file" / "blobs")
    assert "--blobs" in refused("serve", "--port", "0", "--state", str(tmp_path / "state"), "--blobs", blobs)


def test_words_of_a_terminal_that_is_not_in_utf_8_are_one_line(tmp_path):
    typed = os.fsdecode("瑞安".encode("gbk"))
    assert "set the terminal to UTF-8" in refused("cases", "show", typed, "--state", str(tmp_path))


def test_keys_are_made_once_and_readable_by_their_owner_only(tmp_path):
    first = json.loads(run_center("keys", "init", "--json", "--state", str(tmp_path)).stdout)
    second = json.loads(run_center("keys", "init", "--json", "--state", str(tmp_path)).stdout)
    assert (first["made"], second["made"]) == (True, False)
    assert first["fingerprint"] == second["fingerprint"]
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"sealing.key": 0o600, "signing.key": 0o600, "document.pem": 0o600}


def test_a_damaged_key_is_said_and_not_replaced(tmp_path):
    run_center("keys", "init", "--state", str(tmp_path))
    (tmp_path / "keys" / "signing.key").write_text("damaged")
    assert "restore it from the backup" in refused("serve", "--port", "0", "--state", str(tmp_path))
    assert (tmp_path / "keys" / "signing.key").read_text() == "damaged"


def test_unknown_settings_are_refused_with_the_known_ones(tmp_path):
    config = tmp_path / "center.toml"
    config.write_text('division = "330381"\ndivison = "330381"\n')
    line = refused("serve", "--config", str(config))
    assert f"{config}:2: unknown key 'divison'; known: state_folder, database" in line
    config.write_text('case_number = "{division}{day}"\n')
    assert f"{config}:1: case_number:" in refused("serve", "--config", str(config))


def test_errors_are_json_where_json_was_asked_for(tmp_path):
    done = run_center("cases", "show", "nothing", "--json", "--state", str(tmp_path))
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "unusable"


def test_the_command_is_there_as_a_program(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "center", "cases", "show", "nothing", "--state", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kiosk-center: no case nothing; see: kiosk-center cases list\n"

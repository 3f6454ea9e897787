"""Whatever is typed or named wrong: one clear line, an exit code that is not 0, no traceback, nothing lost."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import kiosk, kiosk_center, refused, refused_as_json

CODE = "ABCD-ABCD-ABCD-ABCD-ABCD-ABCD"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Of a terminal whose center is down."""
    file = tmp_path / "terminal.toml"
    file.write_text('[terminal]\nstate_folder = "state"\n[center]\nurl = "http://127.0.0.1:1"\n', encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--bogus"], "--bogus"),
        (["frobnicate"], "frobnicate"),
        (["card", "read", "--timeout", "soon"], "--timeout"),
        (["card", "read", "--port"], "--port"),
        (["code", "read"], "images"),
        (["run", "--bogus"], "--bogus"),
    ],
)
def test_a_mistyped_command_is_one_line(words: list[str], says: str) -> None:
    done = kiosk(*words)
    assert says in refused(done)
    assert done.returncode == 2


def test_a_mistyped_command_is_json_where_json_is_asked_for() -> None:
    done = kiosk("card", "read", "--timeout", "soon", "--json")
    assert "--timeout" in refused_as_json(done)["message"]
    assert done.returncode == 2


def test_a_mistyped_command_of_the_center_is_one_line() -> None:
    done = kiosk_center("serve", "--port", "99999")
    assert "--port" in refused(done)
    assert done.returncode == 2


def wrong_files(folder: Path) -> list[Path]:
    """A folder, garbage, UTF-16, a symbolic link to itself, and none at all."""
    (folder / "folder").mkdir()
    (folder / "garbage").write_bytes(bytes(range(128, 256)) * 20)
    (folder / "utf16").write_text("[screen]\n", encoding="utf-16")
    (folder / "loop").symlink_to(folder / "loop")
    return [folder / name for name in ("folder", "garbage", "utf16", "loop", "none")]


def test_wrong_files_are_named(tmp_path: Path) -> None:
    for file in wrong_files(tmp_path):
        for words in (["config", "check", "--config"], ["code", "read"], ["run", "--config"]):
            line = refused(kiosk(*words, file))
            assert str(file) in line
            assert "Errno" not in line


@pytest.mark.parametrize(
    ("port", "says"),
    [
        ("", "no such device"),
        ("/dev/null", "not a serial device"),
        ("/tmp", "a folder"),
        ("socket://127.0.0.1:1", "nobody listens"),
        ("socket://127.0.0.1:99999", "port number"),
        ("socket://127.0.0.1", "port number"),
        ("socket://nowhere.invalid:7", "not known"),
        ("bogus://x", "socket://host:port"),
    ],
)
def test_a_port_that_cannot_be_opened_is_explained(port: str, says: str) -> None:
    error = refused_as_json(kiosk("card", "read", "--port", port, "--json"))
    assert says in error["message"]
    assert error["code"] == "deviceNotReady"


def test_enrolling_without_network_leaves_nothing_half_written(config: Path) -> None:
    assert "cannot be reached" in refused(kiosk("enrol", CODE, "--config", config))
    assert "http://" in refused(kiosk("enrol", CODE, "--center", "nonsense", "--config", config))
    assert list((config.parent / "state").glob("*")) == []


def test_the_queue_before_any_run_is_empty(config: Path) -> None:
    assert kiosk("queue", "list", "--json", "--config", config).stdout == ""
    assert "no case" in refused(kiosk("queue", "retry", "none", "--config", config))
    assert refused_as_json(kiosk("sync", "--once", "--json", "--config", config))["action"] == "configure"


def test_damaged_state_is_named_and_kept(config: Path) -> None:
    state = config.parent / "state"
    state.mkdir()
    (state / "outbox.db").write_bytes(b"no database" * 999)
    (state / "identity.json").write_text("no identity")
    assert "outbox.db: damaged" in refused(kiosk("queue", "list", "--config", config))
    assert "identity.json" in refused(kiosk("sync", "--once", "--config", config))
    assert (state / "outbox.db").read_bytes() == b"no database" * 999


def test_a_second_center_on_the_port_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert "in use" in refused(kiosk_center("serve", "--port", port, "--state", tmp_path / "center"))
    assert not (tmp_path / "center").exists()


def test_a_damaged_center_says_what_is_damaged(tmp_path: Path) -> None:
    assert kiosk_center("cases", "list", "--state", tmp_path).returncode == 0
    (tmp_path / "keys" / "signing.key").write_text("")
    assert "keys" in refused(kiosk_center("cases", "list", "--state", tmp_path))
    (tmp_path / "file").touch()
    assert "file" in refused(kiosk_center("cases", "list", "--state", tmp_path / "file"))


def test_output_to_a_full_disk_is_one_line() -> None:
    command = [sys.executable, "-m", "kiosk", "matters", "list", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demo_does_not_clear_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    assert str(tmp_path) in refused(kiosk("demo", "--visits", "1", "--out", tmp_path))
    assert (tmp_path / "precious").read_text() == "kept"


def test_a_second_terminal_on_the_state_folder_says_so(config: Path) -> None:
    hold = "import sys; from pathlib import Path; from kiosk.early import read_early; "
    hold += "e = read_early(Path(sys.argv[1])); print(e.take_place(), flush=True); sys.stdin.read()"
    first = subprocess.Popen(
        [sys.executable, "-c", hold, str(config)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "True\n"
        assert "already" in refused(kiosk("run", "--config", config))


def test_json_of_an_empty_folder_is_unreadable_to_nobody(tmp_path: Path) -> None:
    if os.geteuid():
        (tmp_path / "locked").touch(mode=0)
        assert "locked" in refused(kiosk("config", "check", "--config", tmp_path / "locked"))
    line = json.loads(kiosk("config", "check", "--json", "--config", tmp_path / "none").stdout)
    assert line["error"]["code"] == "invalidConfiguration"

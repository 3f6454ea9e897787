"""The twin host as a process, worked through its control socket."""

import json
import queue
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.idcard.reading import read_card_at
from devices.twin import TwinState
from devices.twins import TwinClient, TwinError


@contextmanager
def host(folder: Path, *extra: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "devices.twins", "--folder", str(folder), "--classes", "idcard", *extra]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"twins ready in {folder}\n"
        yield process
        if process.poll() is None:
            process.terminate()
            assert process.wait(10) == 0


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TwinClient]:
    with host(tmp_path):
        client = TwinClient(tmp_path)
        yield client
        client.close()
    assert {path.name for path in tmp_path.iterdir()} <= {"twins.json"}


def test_a_card_laid_by_hand_is_read_through_the_wire(client: TwinClient) -> None:
    assert client.state("idcard")["card"] is None
    assert client.do("idcard", "lay", card="ouyang")["card"] == "ouyang"
    card = read_card_at(str(client.folder / "idcard.tty"), 3, SystemClock())
    assert card.name == "欧阳测试·阿依古丽"


def test_changes_are_pushed(client: TwinClient) -> None:
    heard: queue.Queue[TwinState] = queue.Queue()
    client.watch(lambda _, state: heard.put(state))
    assert heard.get(timeout=5)["card"] is None
    client.do("idcard", "lay", card="moved")
    assert heard.get(timeout=5)["card"] == "moved"
    client.do("idcard", "unplug")
    assert heard.get(timeout=5)["plugged"] is False
    assert not (client.folder / "idcard.tty").is_symlink()


@pytest.mark.parametrize(
    ("twin", "verb", "arguments", "words"),
    [
        ("toaster", "lay", {}, "unknown twin 'toaster'; known: idcard"),
        ("idcard", "throw", {}, "unknown verb 'throw'; known: lay, lift"),
        ("idcard", "lay", {"who": "x"}, "unknown argument 'who'; known: card"),
        ("idcard", "lay", {"card": "nobody"}, "no card 'nobody'; known: ceshijia"),
        ("idcard", "fault", {"kind": "fire"}, "unknown kind 'fire'; known: damaged_preamble"),
        ("idcard", "fault", {"kind": "slow", "times": "some"}, "'some' is not a whole number"),
    ],
)
def test_what_is_unknown_is_refused_with_what_is_known(
    twin: str, verb: str, arguments: dict[str, str], words: str, client: TwinClient
) -> None:
    with pytest.raises(TwinError) as refused:
        client.do(twin, verb, **arguments)
    assert words in str(refused.value)


@pytest.mark.parametrize("line", [b"nonsense", b"[]", b'{"id": 1}', b'{"twin": "idcard", "do": 3}', b"\xff\xfe"])
def test_a_broken_request_is_answered(line: bytes, client: TwinClient) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(client.folder / "control.sock"))
        connection.sendall(line + b"\n")
        with connection.makefile() as answers:
            assert json.loads(answers.readline())["ok"] is False


def test_a_killed_hosts_leftovers_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "idcard.tty").symlink_to("/dev/pts/999999")
    (tmp_path / "camera.url").write_text("http://127.0.0.1:1/")
    (tmp_path / "control.sock").touch()
    with host(tmp_path):
        assert (tmp_path / "idcard.tty").resolve().exists()
        assert not (tmp_path / "camera.url").exists()


def test_a_host_that_was_killed_finds_its_devices_as_they_were_left(tmp_path: Path) -> None:
    classes = ("--classes", "idcard,printer")
    with host(tmp_path, *classes) as process:
        client = TwinClient(tmp_path)
        client.do("idcard", "lay", card="moved")
        client.do("idcard", "lay", card="ouyang")
        client.do("idcard", "fault", kind="slow")
        client.do("printer", "paper", level="out")
        client.do("printer", "unplug")
        client.close()
        process.kill()
        process.wait(10)
        with host(tmp_path, *classes):
            again = TwinClient(tmp_path)
            assert again.state("idcard")["card"] == "ouyang"
            assert again.state("idcard")["fault"] is None
            assert again.state("printer")["paper"] == "out"
            assert again.state("printer")["plugged"] is False
            again.close()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"idcard": {"card": 7}}', '{"idcard": {"card": ["dance", {}]}}'])
def test_a_damaged_memory_of_twins_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / "twins.json").write_text(text, encoding="utf-8")
    with host(tmp_path):
        client = TwinClient(tmp_path)
        assert client.do("idcard", "lay", card="moved")["card"] == "moved"
        client.close()


def test_a_second_host_in_the_same_folder_is_refused(client: TwinClient) -> None:
    command = [sys.executable, "-m", "devices.twins", "--folder", str(client.folder), "--classes", "idcard"]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    assert second.returncode == 1
    assert "running there already" in second.stderr
    assert client.state("idcard")["plugged"] is True


def test_ends_with_its_parent(tmp_path: Path) -> None:
    with host(tmp_path, "--with-parent") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_no_host_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="no twins are running there"):
        TwinClient(tmp_path).state("idcard")

"""The technician's hatch: questions over a socket in the terminal's folder, whatever stands in its way."""

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.backroom.hatch import SOCKET, Hatch, ask_terminal


def echo(question: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"asked": question}


def test_a_question_is_answered_and_none_when_no_terminal_runs(tmp_path: Path) -> None:
    hatch = Hatch(tmp_path, echo)
    hatch.open()
    assert ask_terminal(tmp_path, {"ask": "list"}) == {"asked": {"ask": "list"}}
    hatch.close()
    assert ask_terminal(tmp_path, {"ask": "list"}) is None
    assert ask_terminal(tmp_path / "nowhere", {"ask": "list"}) is None


def test_a_folder_too_deep_for_an_address_is_no_hindrance(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("folder" * 20)
    deep.mkdir(parents=True)
    hatch = Hatch(deep, echo)
    hatch.open()
    assert ask_terminal(deep, {"ask": "list"}) is not None
    hatch.close()


def test_what_a_killed_terminal_left_is_replaced_and_a_running_ones_is_not(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(tmp_path / SOCKET))
    first, second = Hatch(tmp_path, echo), Hatch(tmp_path, lambda _: {"second": True})
    first.open()
    second.open()
    second.close()
    assert ask_terminal(tmp_path, {}) == {"asked": {}}
    first.close()


@pytest.mark.parametrize("line", [b"nonsense\n", b"[]\n", b"\xff\xfe\n", b"x" * 9000, b""])
def test_rubbish_harms_nobody(line: bytes, tmp_path: Path) -> None:
    hatch = Hatch(tmp_path, echo)
    hatch.open()
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(tmp_path / SOCKET))
        caller.sendall(line)
    assert ask_terminal(tmp_path, {"ask": "list"}) is not None
    hatch.close()


def test_only_the_terminals_own_account_may_ask(tmp_path: Path) -> None:
    hatch = Hatch(tmp_path, echo)
    hatch.open()
    assert (tmp_path / SOCKET).stat().st_mode & 0o077 == 0
    hatch.close()

"""`kiosk config`: what is wrong, where, and what is known there."""

import json
from pathlib import Path

import pytest

from tests.cli.commands import kiosk, refused

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[screen]\nwidth = 1080\nhieght = 1920\n", ":3: [screen] unknown key 'hieght'; known: width, height"),
        ("[devcies.card_reader]\ndriver = 'x'\n", ":1: unknown section 'devcies'; known: terminal, center"),
        ("[idle]\nseconds = 'long'\n", ":2: [idle] seconds: "),
        ("[idle\n", "not valid TOML"),
        ("[devices.printer]\ndriver = 'printer.escpos_receipt'\nport = '/dev/x'\nbuad = 9600\n", "unknown key 'buad'"),
        ("[devices.printer]\ndriver = 'printer.unheard_of'\n", "escpos_receipt"),
        ("[devices.card_reader]\ndriver = 'idcard.sdt'\n", "port"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text(text, encoding="utf-8")
    assert says in refused(kiosk("config", "check", "--config", file))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "none.toml") in refused(kiosk("config", "check", "--config", tmp_path / "none.toml"))


def test_the_terminal_does_not_start_on_a_wrong_file(tmp_path: Path) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text("[screen]\nwidth = 'wide'\n", encoding="utf-8")
    assert ":2: [screen] width" in refused(kiosk("run", "--config", file))


def test_the_shipped_files_are_right() -> None:
    for file in (PROJECT / "config/terminal.toml", PROJECT / "config/examples/real-hardware.toml"):
        done = kiosk("config", "check", "--config", file)
        assert done.returncode == 0, done.stderr


def test_the_schema_names_every_section() -> None:
    schema = json.loads(kiosk("config", "schema").stdout)
    assert {"terminal", "center", "screen", "idle", "service", "devices"} <= set(schema["properties"])

"""A technician's commands while the terminal runs: its devices are in use, which is no fault."""

import json

from kiosk.demo.stage import Stage
from kiosk.ui.visitor import Visitor


def test_the_running_terminal_tells_of_its_devices_and_tests_them(stage: Stage, visitor: Visitor) -> None:
    visitor.waits_until(lambda: _states(stage) == {(True, "online")}, "the terminal's devices to be online", 30)
    listed = stage.kiosk("devices", "list")
    assert listed.stdout.count("in use by the running terminal: online") == 7
    tested = stage.kiosk("devices", "test", "idcard", "--json")
    assert (tested.returncode, json.loads(tested.stdout)["healthy"]) == (0, True)

    stage.twins.do("printer", "paper", level="out")
    visitor.waits_until(lambda: "paper out" in stage.kiosk("devices", "list").stdout, "the paper to be missed", 30)
    failed = stage.kiosk("devices", "test", "printer", "--level", "status")
    assert failed.returncode == 1
    assert "-> refill it" in failed.stdout
    stage.twins.do("printer", "paper", level="full")

    noted = stage.kiosk("devices", "history", "receipt_printer", "--json").stdout.splitlines()
    assert "paper out" in json.loads(noted[-1])["message"] or "paper out" in json.loads(noted[-2])["message"]
    assert stage.kiosk("devices", "history", "toaster").returncode == 1


def test_the_twins_are_worked_from_the_command_line(stage: Stage, visitor: Visitor) -> None:
    folder = ("--folder", str(stage.twin_folder))
    listed = stage.command("devices", "twin", *folder)
    assert "fault kind=" in listed.stdout
    laid = stage.command("devices", "twin", *folder, "idcard", "lay", "card=moved", "--json")
    assert json.loads(laid.stdout)["state"]["card"] == "moved"
    stage.twins.do("idcard", "lift")
    refused = stage.command("devices", "twin", *folder, "idcard", "throw")
    assert refused.returncode == 1
    assert "unknown verb 'throw'; known: lay, lift" in refused.stderr
    assert visitor.page == "Attract"


def _states(stage: Stage) -> set[tuple[bool, str]]:
    rows = [json.loads(line) for line in stage.kiosk("devices", "list", "--json").stdout.splitlines()]
    return {(row["in_use"], row["state"]) for row in rows}

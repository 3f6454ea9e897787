"""What every printer keeps: a page comes out once, or the truth is told."""

from devices.device import DeviceError, DeviceState
from devices.printer.contract import PaperState
from tests.contracts.rig import PrinterRig

DEVICE_CLASS = "printer"
NOT_PRINTED = ("refused", "unknown", "transmitted", "accepted")


def test_a_page_comes_out_and_is_called_printed(opened: PrinterRig) -> None:
    assert opened.print_page("one") == "printed"
    assert opened.printed() == 1


def test_the_same_command_never_prints_twice(opened: PrinterRig) -> None:
    assert [opened.print_page("one") for _ in range(3)] == ["printed"] * 3
    assert opened.printed() == 1


def test_no_paper_is_a_value_and_nothing_is_lost_or_doubled(opened: PrinterRig) -> None:
    opened.run_out()
    status = opened.device.status()
    assert status.paper is PaperState.OUT
    assert status.state is not DeviceState.ONLINE
    assert status.action == "refill"
    assert opened.print_page("late") in NOT_PRINTED
    opened.refill()
    opened.print_page("late")
    assert opened.printed() <= 1
    assert opened.print_page("next") == "printed"


def test_no_answer_is_never_taken_for_no_paper(opened: PrinterRig) -> None:
    opened.mute(True)
    try:
        paper = opened.device.status().paper
    except DeviceError:
        return
    assert paper is PaperState.UNKNOWN


def test_a_cable_pulled_before_a_page_prints_nothing_and_says_so(opened: PrinterRig) -> None:
    opened.pull()
    try:
        said = opened.print_page("one")
    except DeviceError as error:
        said = error.code
    assert said in (*NOT_PRINTED, "deviceNotReady")
    assert opened.printed() == 0

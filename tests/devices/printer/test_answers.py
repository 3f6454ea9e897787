"""What a printer says unasked, what an echo is, and what a printer is asked after the program was restarted."""

import pytest

from devices.device import DeviceState
from devices.printer.contract import CoverState, Line, OutputState, PaperState, ReceiptDocument
from devices.printer.escpos_receipt import Options
from tests.devices.printer.memory_wire import Bench

RECEIPT = ReceiptDocument((Line("回执"),))


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


@pytest.fixture
def printer(bench):
    driver = bench.driver()
    driver.open()
    return driver


def test_an_echoing_device_is_named_and_gets_no_receipt(bench, printer):
    bench.twin.do("fault", {"kind": "echo"})
    status = printer.status()
    assert status.state is DeviceState.HARDWARE_ERROR
    assert "sends back every byte" in status.message
    assert (status.paper, status.cover, status.action) == (PaperState.UNKNOWN, CoverState.UNKNOWN, "configure")
    assert printer.print_receipt(RECEIPT, "one") == "refused"
    bench.twin.do("fault", {"kind": "none"})
    assert printer.print_receipt(RECEIPT, "one") == "printed"


@pytest.mark.parametrize(
    ("kind", "words"),
    [("heat", "too hot"), ("mechanical", "mechanical"), ("unrecoverable", "not recover"), ("offline", "offline")],
)
def test_what_is_wrong_with_the_machine_is_said_and_nothing_is_sent(bench, printer, kind, words):
    bench.twin.do("fault", {"kind": kind})
    status = printer.status()
    assert words in status.message
    assert status.state is not DeviceState.ONLINE
    assert printer.print_receipt(RECEIPT, "one") == "refused"
    bench.twin.do("fault", {"kind": "none"})
    assert printer.print_receipt(RECEIPT, "one") == "printed"


def test_a_change_is_pushed_and_seen_at_a_glance(bench, printer):
    printer.status()
    printer.status()
    assert not printer.glance()
    bench.twin.do("cover", {"state": "open"})
    assert printer.glance()
    assert printer.status().cover is CoverState.OPEN


def test_a_printer_that_only_pushes_is_believed_when_it_pushes(bench, printer):
    printer.status()
    bench.twin.do("fault", {"kind": "no_status"})
    assert printer.status().paper is PaperState.UNKNOWN


def test_the_printer_is_asked_after_a_restart_and_has_kept_the_number(bench, printer):
    bench.twin.do("out_after", {"lines": "1"})
    assert printer.print_receipt(RECEIPT, "one") == "unknown"
    again = bench.driver()  # the program ends here; nobody listens while the rest is printed
    bench.twin.do("paper", {"level": "full"})
    again.open()
    assert again.ask_printed("one") == "printed"
    assert again.ask_printed("never sent") == "unknown"
    assert again.print_receipt(RECEIPT, "one") == "printed"
    assert bench.twin.state()["receipts"] == 1


def test_a_receipt_in_the_presenter_is_printed_and_then_taken(tmp_path):
    bench = Bench(tmp_path, Options("memory://wire", presenter=True))
    bench.twin.do("presenter", {})
    printer = bench.driver()
    printer.open()
    assert printer.print_receipt(RECEIPT, "one") == "printed"
    assert printer.status().output is OutputState.WAITING
    assert printer.ask_printed("one") == "printed"
    bench.twin.do("take", {})
    assert printer.ask_printed("one") == "taken"

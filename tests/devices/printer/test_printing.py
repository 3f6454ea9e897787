"""The driver and its twin over a real pseudo-terminal and a real socket: what is printed, once, and how far it got."""

import threading

import pytest
import zxingcpp

from devices.clock import SystemClock
from devices.device import CommandCancelled, DeviceError, DeviceLost, DeviceState, HealthLevel
from devices.printer.contract import (
    Align,
    CoverState,
    Line,
    Pair,
    PaperState,
    QrCode,
    ReceiptDocument,
    Rule,
)
from devices.printer.escpos_receipt import Options, create
from devices.twin import UnknownVerb

RECEIPT = ReceiptDocument(
    (
        Line("瓯e办", Align.CENTER, bold=True, large=True),
        Rule(),
        Pair("申请人", "测*甲"),
        Line("请妥善保管"),
        QrCode("OEB1:C:OE330300-000123"),
    )
)


def code_on(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_a_receipt_is_printed_cut_and_leaves_picture_and_bytes(at):
    assert at.print(RECEIPT) == "printed"
    assert at.receipt().width == 576
    assert code_on(at.receipt()) == ["OEB1:C:OE330300-000123"]
    assert "测*甲".encode("gb18030") in at.raw
    assert at.twin.state()["unknown_bytes"] == 0


def test_narrow_paper_has_384_dots(narrow):
    assert narrow.print(RECEIPT) == "printed"
    assert narrow.receipt().width == 384
    assert code_on(narrow.receipt()) == ["OEB1:C:OE330300-000123"]


def test_the_same_command_never_prints_twice(at):
    assert [at.print(RECEIPT, "a"), at.print(RECEIPT, "a"), at.print(RECEIPT, "b")] == ["printed"] * 3
    assert len(at.receipts) == 2


def test_the_same_printer_over_a_socket(at, socket_address):
    at.printer.close()
    printer = create("receipt_printer", Options(socket_address), SystemClock())
    printer.open()
    try:
        assert printer.status().paper is PaperState.FULL
        assert printer.print_receipt(RECEIPT, "one").value == "printed"
    finally:
        printer.close()
    assert code_on(at.receipt()) == ["OEB1:C:OE330300-000123"]


@pytest.mark.parametrize(
    ("verb", "arguments", "paper", "cover", "state"),
    [
        ("paper", {"level": "low"}, PaperState.LOW, CoverState.CLOSED, DeviceState.ONLINE),
        ("paper", {"level": "out"}, PaperState.OUT, CoverState.CLOSED, DeviceState.USER_ERROR),
        ("cover", {"state": "open"}, PaperState.FULL, CoverState.OPEN, DeviceState.USER_ERROR),
        ("fault", {"kind": "cutter"}, PaperState.JAMMED, CoverState.CLOSED, DeviceState.HARDWARE_ERROR),
        ("silent", {}, PaperState.UNKNOWN, CoverState.UNKNOWN, DeviceState.OFFLINE),
        ("fault", {"kind": "garbage"}, PaperState.UNKNOWN, CoverState.UNKNOWN, DeviceState.HARDWARE_ERROR),
    ],
)
def test_the_status_says_what_a_person_finds(at, verb, arguments, paper, cover, state):
    at.do(verb, **arguments)
    status = at.printer.status()
    assert (status.paper, status.cover, status.state) == (paper, cover, state)
    assert status.message
    assert status.action is not None


@pytest.mark.parametrize(("verb", "arguments"), [("paper", {"level": "out"}), ("cover", {"state": "open"})])
def test_without_paper_or_with_the_cover_open_nothing_is_sent(at, verb, arguments):
    at.do(verb, **arguments)
    assert at.print(RECEIPT) == "refused"
    assert at.twin.state()["buffered"] == 0
    at.do("paper", level="full")
    at.do("cover", state="closed")
    assert at.print(RECEIPT) == "printed"
    assert len(at.receipts) == 1


def test_paper_out_in_the_middle_is_unknown_until_the_roll_is_changed_and_never_printed_twice(at):
    at.do("out_after", lines="2")
    assert at.print(RECEIPT) == "unknown"
    assert at.printer.status().paper is PaperState.OUT
    at.do("paper", level="full")  # the printer goes on with what it holds, as real ones do
    assert at.print(RECEIPT) == "printed"
    assert len(at.receipts) == 1


def test_a_later_receipt_is_not_taken_for_the_one_before(at):
    at.do("out_after", lines="2")
    assert at.print(RECEIPT, "first") == "unknown"
    at.do("paper", level="full")
    at.do("out_after", lines="1")
    assert at.print(RECEIPT, "second") == "unknown"
    assert at.print(RECEIPT, "first") == "printed"
    assert at.print(RECEIPT, "second") == "unknown"


def test_a_silent_printer_is_unknown_and_never_out_of_paper(at):
    at.do("silent")
    assert at.print(RECEIPT) == "unknown"
    assert at.print(RECEIPT) == "unknown"
    assert len(at.receipts) == 1


def test_the_cable_pulled_in_the_middle_is_unknown_and_then_the_port_is_lost(at):
    at.do("unplug", after_bytes="60")
    assert at.print(RECEIPT) == "unknown"
    with pytest.raises(DeviceLost):
        at.printer.open()
    at.do("plug")
    at.printer.open()
    assert at.print(RECEIPT) == "unknown"
    assert at.print(RECEIPT, "two") == "printed"
    assert len(at.receipts) == 1


def test_a_pulled_cable_is_a_lost_device(at):
    at.do("unplug")
    with pytest.raises(DeviceLost, match=r"printer\.tty"):
        at.printer.status()


def test_a_printer_never_opened_is_offline_and_one_that_is_not_there_is_lost(tmp_path):
    printer = create("receipt_printer", Options(str(tmp_path / "nowhere")), SystemClock())
    assert printer.status().state is DeviceState.OFFLINE
    with pytest.raises(DeviceLost, match="nowhere"):
        printer.open()


def test_leaving_the_page_before_anything_was_sent_sends_nothing(at):
    at.do("silent")
    cancel = threading.Timer(0.2, at.printer.cancel)
    cancel.start()
    with pytest.raises(CommandCancelled):
        at.print(RECEIPT)
    cancel.join()
    at.do("silent", on="no")
    assert at.print(RECEIPT) == "printed"
    assert len(at.receipts) == 1


def test_leaving_the_page_ends_the_wait_for_a_confirmation(at):
    assert at.print(RECEIPT, "before") == "printed"
    at.do("fault", kind="no_process_id")
    cancel = threading.Timer(0.8, at.printer.cancel)
    cancel.start()
    assert at.print(RECEIPT) == "unknown"
    cancel.join()


def test_a_printer_that_cannot_confirm_is_believed_when_it_stays_healthy(at):
    at.do("fault", kind="no_ordered_status")
    assert at.print(RECEIPT) == "printed"


@pytest.mark.parametrize("level", list(HealthLevel))
def test_health_at_every_level(at, level):
    report = at.printer.check_health(level)
    assert report.healthy
    assert len(at.receipts) == (level is HealthLevel.INTERACTIVE)
    at.do("paper", level="out")
    assert not at.printer.check_health(level).healthy


def test_reset_leaves_a_working_printer(at):
    at.printer.reset()
    assert at.print(RECEIPT) == "printed"


def test_a_width_no_printer_has_is_refused():
    with pytest.raises(DeviceError, match="70 mm; known: 58, 80"):
        create("receipt_printer", Options("x", width=70), SystemClock())


def test_receipts_are_taken_and_numbered_on(at):
    at.print(RECEIPT, "a")
    at.print(RECEIPT, "b")
    assert at.twin.state()["waiting"] == 2
    at.do("take")
    assert at.twin.state()["waiting"] == 0
    assert [path.name for path in at.receipts] == ["001.png", "002.png"]


@pytest.mark.parametrize(
    ("verb", "arguments"), [("dance", {}), ("paper", {"level": "half"}), ("paper", {"depth": "1"}), ("out_after", {})]
)
def test_the_twin_names_what_it_knows(at, verb, arguments):
    with pytest.raises(UnknownVerb, match="known: "):
        at.twin.do(verb, arguments)

"""A4 documents through the virtual printer: what comes out, what does not, and what is said about it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import Action, DeviceLost, DeviceState, HealthLevel, ProtocolError
from devices.drivers import DriverConfigError, build_device
from devices.printer.contract import CoverState, PaperState, PrintPhase
from devices.printer.ipp import IppPrinter, Options, create
from devices.printer.ipp_test_page import draw_test_page
from devices.printer.ipp_twin import IppPrinterTwin
from devices.twin import UnknownVerb
from tests.patience import turns

PDF = draw_test_page("certificate")
LIMIT = 10.0  # s that a condition is waited for


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[IppPrinterTwin]:
    twin = IppPrinterTwin(SystemClock())
    twin.start(tmp_path)
    yield twin
    twin.stop()


@pytest.fixture
def printer(twin: IppPrinterTwin) -> IppPrinter:
    return started(twin)


def started(twin: IppPrinterTwin) -> IppPrinter:
    printer = create("document_printer", Options(url=twin.port), SystemClock())
    printer.open()
    return printer


def test_the_pdf_that_comes_out_is_the_one_that_was_given(
    twin: IppPrinterTwin, printer: IppPrinter, tmp_path: Path
) -> None:
    assert printer.print_document(PDF, "case-1", "社保参保证明") is PrintPhase.PRINTED
    assert [path.read_bytes() for path in (tmp_path / "printed").iterdir()] == [PDF]
    assert twin.state()["jobs"] == ["case-1: completed"]


def test_after_a_restart_the_job_is_found_by_its_name_and_not_printed_again(
    twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    printer.print_document(PDF, "case-1", "")
    again = started(twin)
    assert again.ask_printed("case-1") is PrintPhase.PRINTED
    assert again.print_document(PDF, "case-1", "") is PrintPhase.PRINTED
    assert twin.state()["printed"] == 1
    assert again.ask_printed("case-2") is PrintPhase.UNKNOWN


def test_a_job_the_printer_forgot_is_not_printed_again_by_who_sent_it(
    twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    printer.print_document(PDF, "case-1", "")
    twin.do("forget", {})
    assert printer.print_document(PDF, "case-1", "") is PrintPhase.PRINTED
    assert twin.state()["printed"] == 1


def test_an_answer_lost_after_the_job_was_taken_is_asked_for(twin: IppPrinterTwin, printer: IppPrinter) -> None:
    twin.do("fault", {"kind": "lost_answer"})
    assert printer.print_document(PDF, "case-1", "") is PrintPhase.PRINTED
    assert twin.state()["printed"] == 1


def test_a_jam_on_the_way_takes_the_job_back_so_that_no_page_comes_out_later(
    twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    twin.do("fault", {"kind": "jam"})
    assert printer.print_document(PDF, "case-1", "") is PrintPhase.REFUSED
    assert printer.status().paper is PaperState.JAMMED
    twin.do("paper", {"level": "full"})
    assert printer.print_document(PDF, "case-2", "") is PrintPhase.PRINTED
    assert twin.state()["printed"] == 1


@pytest.mark.parametrize("fault", ["refuse", "abort"])
def test_a_job_that_is_refused_or_aborted_is_told_and_the_next_one_prints(
    fault: str, twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    twin.do("fault", {"kind": fault})
    assert printer.print_document(PDF, "case-1", "") is PrintPhase.REFUSED
    assert printer.print_document(PDF, "case-2", "") is PrintPhase.PRINTED
    assert twin.state()["printed"] == 1


@pytest.mark.parametrize("after", [0.0, 0.1, 0.35, 0.6])
def test_cancelled_in_whatever_question_it_falls_the_job_is_taken_back(
    after: float, twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    twin.do("speed", {"seconds": "60"})
    phases: list[PrintPhase] = []
    thread = threading.Thread(target=lambda: phases.append(printer.print_document(PDF, "case-1", "")))
    thread.start()
    for _ in turns("the job is there"):
        thread.join(0.02)
        if twin.state()["jobs"]:
            break
    twin.do("delay", {"seconds": "0.25"})  # each answer: so that the cancelling falls into a question
    thread.join(after)
    printer.cancel()
    thread.join(LIMIT)
    assert phases[0] in (PrintPhase.REFUSED, PrintPhase.UNKNOWN)
    assert twin.state()["jobs"] == ["case-1: canceled"]
    twin.do("delay", {"seconds": "0"})
    twin.do("speed", {"seconds": "0.1"})
    assert printer.print_document(PDF, "case-2", "") is PrintPhase.PRINTED


@pytest.mark.parametrize(
    ("verb", "argument", "level", "state", "action", "words"),
    [
        ("paper", "level", "out", DeviceState.USER_ERROR, Action.REFILL, "no paper"),
        ("paper", "level", "jammed", DeviceState.USER_ERROR, Action.CLEAR, "paper jam"),
        ("paper", "level", "low", DeviceState.ONLINE, Action.REFILL, "little paper"),
        ("door", "state", "open", DeviceState.USER_ERROR, Action.CLEAR, "door is open"),
        ("toner", "level", "low", DeviceState.ONLINE, Action.REFILL, "little toner"),
        ("toner", "level", "empty", DeviceState.USER_ERROR, Action.REFILL, "no toner"),
        ("queue", "state", "paused", DeviceState.HARDWARE_ERROR, Action.RESET, "paused"),
        ("queue", "state", "offline", DeviceState.OFFLINE, Action.CONFIGURE, "switched off"),
    ],
)
def test_what_the_printer_says_of_itself_is_told_with_what_to_do(
    verb: str,
    argument: str,
    level: str,
    state: DeviceState,
    action: Action,
    words: str,
    twin: IppPrinterTwin,
    printer: IppPrinter,
) -> None:
    assert printer.status().state is DeviceState.ONLINE
    assert printer.status().cover is CoverState.CLOSED
    twin.do(verb, {argument: level})
    status = printer.status()
    assert (status.state, status.action) == (state, action)
    assert words in status.message
    printed = printer.print_document(PDF, "case-1", "") is PrintPhase.PRINTED
    assert printed == (state is DeviceState.ONLINE)


@pytest.mark.parametrize("fault", ["garbage", "half_frame", "no_http"])
def test_rubbish_in_answer_is_a_named_error_and_the_next_question_is_answered(
    fault: str, twin: IppPrinterTwin, printer: IppPrinter
) -> None:
    twin.do("fault", {"kind": fault})
    with pytest.raises(ProtocolError, match="ipp://"):
        printer.status()
    assert printer.status().state is DeviceState.ONLINE


def test_a_technicians_test_page_is_printed(twin: IppPrinterTwin, printer: IppPrinter) -> None:
    assert printer.check_health(HealthLevel.INTERACTIVE).healthy
    assert twin.state()["printed"] == 1


def test_a_printer_that_never_told_its_address_is_away(tmp_path: Path) -> None:
    printer = create("document_printer", Options(url=str(tmp_path / "none.url")), SystemClock())
    with pytest.raises(DeviceLost, match="switch it on"):
        printer.open()


@pytest.mark.parametrize("section", [{"url": "/dev/usb/lp0"}, {"url": "ipp://"}, {"url": "ipp://a", "copies": 0}])
def test_a_wrong_section_stops_early(section: dict[str, object]) -> None:
    with pytest.raises(DriverConfigError, match=r"\[devices.a4\]"):
        build_device("a4", {"driver": "printer.ipp", **section}, SystemClock())


def test_an_unknown_verb_names_the_known_ones(twin: IppPrinterTwin) -> None:
    with pytest.raises(UnknownVerb, match="paper, door"):
        twin.do("explode", {})
    with pytest.raises(UnknownVerb, match="full, low, out, jammed"):
        twin.do("paper", {"level": "some"})

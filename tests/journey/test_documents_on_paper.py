"""The issued certificate on A4: offered where there is a printer for it, printed once, and never in a person's way."""

import pytest

from kiosk.messages.from_backroom import DeviceChanged, PrintProgress, Ready
from kiosk.messages.to_backroom import PrintDocument, PrintReceipt

CENTER_ISSUED = "0" * 64


def a4_printer(terminal, *, paper="full", cover="closed", state="online"):
    terminal.hears(
        DeviceChanged(device="document_printer", device_class="document_printer", state=state, paper=paper, cover=cover)
    )


def tells(terminal, *phases, code=""):
    command_id = terminal.backroom.last(PrintDocument).command_id
    for phase in phases:
        terminal.hears(PrintProgress(command_id=command_id, phase=phase, code=code))


def orders(terminal):
    return terminal.backroom.all(PrintDocument)


@pytest.fixture
def at_result(terminal):
    """A certificate was issued, its receipt is printed, and there is an A4 printer."""
    a4_printer(terminal)
    terminal.issues(terminal.certificate_to_result())
    terminal.prints()
    return terminal


def test_without_an_a4_printer_the_page_says_nothing_of_paper(terminal):
    terminal.issues(terminal.certificate_to_result())
    terminal.prints()
    assert (terminal.screen.paper_label, terminal.screen.paper_state, terminal.screen.paper_message) == ("", "none", "")
    terminal.journey.print_document()
    assert not orders(terminal)


@pytest.mark.parametrize("state", ["offline", "starting", "hardwareError", "userError"])
def test_a_printer_that_is_not_ready_is_not_offered(at_result, state):
    assert at_result.screen.paper_label
    a4_printer(at_result, state=state)
    assert at_result.screen.paper_label == ""
    at_result.journey.print_document()
    assert not orders(at_result)


def test_an_accepted_application_has_no_document_for_a4_but_its_form(terminal):
    a4_printer(terminal)
    terminal.delivers(terminal.enrolment_to_result())
    terminal.prints()
    assert "申请表" in terminal.screen.paper_label
    terminal.journey.print_document()
    assert not orders(terminal)


def test_while_the_center_has_not_answered_nothing_is_offered(terminal):
    a4_printer(terminal)
    terminal.certificate_to_result()
    assert terminal.screen.paper_label == ""


def test_touched_twice_it_prints_once_and_says_where_to_take_it(at_result):
    at_result.journey.print_document()
    at_result.journey.print_document()
    (order,) = orders(at_result)
    assert order.pdf_sha256 == CENTER_ISSUED
    assert order.command_id == f"{order.case_id}-a4-1"
    assert (at_result.screen.paper_state, at_result.screen.paper_label) == ("printing", "")
    tells(at_result, "accepted", "printed")
    assert (at_result.screen.paper_state, at_result.screen.paper_label) == ("printed", "")
    assert "下方取纸" in at_result.screen.paper_message
    at_result.journey.print_document()
    assert len(orders(at_result)) == 1
    assert len(at_result.backroom.all(PrintReceipt)) == 1
    assert at_result.screen.print_state == "printed"


@pytest.mark.parametrize(
    ("paper", "cover", "state", "said"),
    [
        ("out", "closed", "userError", "缺纸"),
        ("jammed", "closed", "userError", "卡纸"),
        ("full", "open", "userError", "盖子"),
        ("unknown", "unknown", "offline", "暂不可用"),
    ],
)
def test_what_keeps_it_from_printing_is_said_with_a_way_out(at_result, paper, cover, state, said):
    at_result.journey.print_document()
    tells(at_result, "accepted", "refused")
    a4_printer(at_result, paper=paper, cover=cover, state=state)
    assert (at_result.page, at_result.screen.paper_state, at_result.screen.paper_label) == ("Result", "failed", "")
    assert said in at_result.screen.paper_message
    assert "二维码" in at_result.screen.paper_message
    assert at_result.screen.verify_url
    at_result.journey.set_language("en")
    assert "scan the code" in at_result.screen.paper_message


def test_after_a_refusal_nothing_comes_by_itself_and_another_try_is_another_command(at_result):
    at_result.journey.print_document()
    tells(at_result, "accepted", "refused")
    a4_printer(at_result, paper="out", state="userError")
    a4_printer(at_result)
    at_result.waits(5)
    assert len(orders(at_result)) == 1
    assert at_result.screen.paper_label
    at_result.journey.print_document()
    first, second = orders(at_result)
    assert second.command_id == f"{first.case_id}-a4-2"
    tells(at_result, "accepted", "printed")
    assert at_result.screen.paper_state == "printed"


def test_a_center_that_went_away_is_named(at_result):
    at_result.journey.print_document()
    tells(at_result, "accepted")
    tells(at_result, "refused", code="centerAway")
    assert "连不上中心" in at_result.screen.paper_message
    assert at_result.screen.paper_label


def test_an_unknown_end_is_the_persons_to_judge_and_not_for_ever(at_result):
    for count in (1, 2, 3):
        at_result.journey.print_document()
        assert len(orders(at_result)) == count
        tells(at_result, "accepted", "unknown")
        assert at_result.screen.paper_state == "unknown"
    at_result.journey.print_document()
    assert (len(orders(at_result)), at_result.screen.paper_label) == (3, "")


def test_a_printer_that_never_answers_becomes_unknown_and_a_late_page_is_still_told(at_result):
    at_result.journey.print_document()
    at_result.waits(126)
    assert (at_result.page, at_result.screen.paper_state) == ("Result", "unknown")
    tells(at_result, "printed")
    assert at_result.screen.paper_state == "printed"


def test_a_backroom_that_fell_is_asked_for_the_same_command_again(at_result):
    at_result.journey.print_document()
    at_result.journey.backroom_lost()
    at_result.hears(Ready(terminal_id="T-330381-0001", enrolled=True))
    first, again = orders(at_result)
    assert first == again
    tells(at_result, "printed")
    assert at_result.screen.paper_state == "printed"


def test_the_clock_stands_still_while_it_prints_but_the_person_may_go(at_result):
    at_result.journey.print_document()
    at_result.waits(100)
    assert at_result.page == "Result"
    assert not at_result.journey.view.idle.warning
    at_result.journey.proceed()
    assert at_result.page != "Result"
    at_result.journey.skip()
    assert at_result.page == "Farewell"
    assert any("A4" in reminder for reminder in at_result.screen.reminders)
    tells(at_result, "printed")
    assert at_result.page == "Farewell"


def test_who_printed_nothing_on_a4_is_not_reminded_of_it(at_result):
    at_result.journey.proceed()
    at_result.journey.skip()
    assert at_result.page == "Farewell"
    assert not any("A4" in reminder for reminder in at_result.screen.reminders)


def test_an_a4_printer_is_no_receipt_printer(at_result):
    a4_printer(at_result, paper="out", state="userError")
    at_result.journey.proceed()
    assert at_result.page != "Trouble"

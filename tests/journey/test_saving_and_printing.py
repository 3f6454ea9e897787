"""Saving and printing: nothing is lost, nothing is there twice, and the number is never kept from a person."""

import pytest

from kiosk.messages.from_backroom import Committed, NotCommitted
from kiosk.messages.to_backroom import PrintReceipt, SubmitCase


@pytest.mark.parametrize("code", ["diskFull", "notEnrolled", "storageUnknown"])
def test_what_was_not_saved_is_said_and_tried_again(terminal, code):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    assert terminal.page == "Submit"
    first = terminal.backroom.last(SubmitCase)
    terminal.hears(NotCommitted(request=first.request, code=code, message="no space left"))
    assert (terminal.page, bool(terminal.screen.continue_label)) == ("Trouble", True)
    assert terminal.screen.can_go_back == (code != "storageUnknown")
    terminal.journey.proceed()
    again = terminal.backroom.last(SubmitCase)
    assert again.request != first.request
    assert again.case == first.case
    terminal.commits()
    assert terminal.page == "Result"


def test_back_to_the_review_after_a_full_disk(terminal):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    submitted = terminal.backroom.last(SubmitCase)
    terminal.hears(NotCommitted(request=submitted.request, code="diskFull", message=""))
    terminal.journey.go_back()
    assert terminal.page == "Review"
    terminal.journey.proceed()
    assert terminal.backroom.last(SubmitCase).case["case_id"] != submitted.case["case_id"]


def test_a_late_commit_of_another_try_is_not_mistaken(terminal):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    terminal.hears(Committed(request="submit-0", case_id="x", sequence=1, local_number="L"))
    assert terminal.page == "Submit"
    terminal.waits(31)
    assert terminal.page == "Trouble"


def test_paper_out_says_the_number_and_prints_when_paper_is_back(terminal):
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    terminal.prints("accepted", "refused")
    terminal.printer(paper="out", state="userError")
    assert (terminal.page, terminal.screen.picture) == ("Trouble", "paper")
    assert "OEB20261123000042" in terminal.screen.advice
    terminal.journey.proceed()
    assert (terminal.page, terminal.screen.print_state) == ("Result", "failed")
    assert "缺纸" in terminal.screen.print_message
    terminal.backroom.forget()
    terminal.printer(paper="full")
    assert terminal.backroom.last(PrintReceipt).command_id == f"{case_id}-1"
    terminal.prints()
    assert (terminal.page, terminal.screen.print_state) == ("Result", "printed")


def test_paper_out_before_printing_sends_nothing_until_it_is_back(terminal):
    terminal.printer(paper="out", state="userError")
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    assert terminal.page == "Trouble"
    assert not terminal.backroom.all(PrintReceipt)
    terminal.printer(paper="full")
    assert len(terminal.backroom.all(PrintReceipt)) == 1
    terminal.prints()
    assert terminal.page == "Result"


def test_an_unknown_print_is_the_persons_choice(terminal):
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    terminal.prints("accepted", "unknown")
    assert terminal.screen.print_state == "unknown"
    terminal.printer(paper="full")
    terminal.waits(5)
    assert len(terminal.backroom.all(PrintReceipt)) == 1
    terminal.journey.print_again()
    assert [message.command_id for message in terminal.backroom.all(PrintReceipt)] == [f"{case_id}-1", f"{case_id}-2"]
    assert [bool(message.values.get("reprint")) for message in terminal.backroom.all(PrintReceipt)] == [False, True]
    terminal.prints()
    terminal.journey.print_again()
    assert len(terminal.backroom.all(PrintReceipt)) == 2


def test_a_printer_that_never_answers_becomes_unknown(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.waits(61)
    assert terminal.screen.print_state == "unknown"


@pytest.mark.parametrize(("paper", "cover"), [("out", "closed"), ("jammed", "closed"), ("full", "open")])
def test_no_receipts_is_a_notice_on_the_first_page(terminal, paper, cover):
    terminal.printer(paper=paper, cover=cover, state="userError")
    assert (terminal.page, bool(terminal.screen.notice)) == ("Attract", True)
    terminal.printer()
    assert terminal.screen.notice == ""

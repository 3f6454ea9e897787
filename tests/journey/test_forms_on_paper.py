"""自助填表: the form as filled in, on A4, for who submits it and for who wants nothing else."""

import json

import pytest

from kiosk.messages.from_backroom import DeviceChanged, PrintProgress, Ready
from kiosk.messages.to_backroom import PrintForm, SubmitCase


def a4_printer(terminal, *, paper="full", state="online"):
    terminal.hears(
        DeviceChanged(
            device="document_printer", device_class="document_printer", state=state, paper=paper, cover="closed"
        )
    )


def tells(terminal, *phases):
    for phase in phases:
        terminal.hears(PrintProgress(command_id=terminal.backroom.last(PrintForm).command_id, phase=phase))


@pytest.fixture
def at_review(terminal):
    a4_printer(terminal)
    terminal.enrolment_to_review()
    return terminal


def test_who_wants_only_the_form_gets_it_and_nothing_is_submitted(at_review):
    assert at_review.screen.paper_label
    at_review.journey.print_document()
    order = at_review.backroom.last(PrintForm)
    assert not order.form["number"]
    assert at_review.screen.paper_state == "printing"
    tells(at_review, "accepted", "transmitted", "printed")
    assert "取纸" in at_review.screen.paper_message
    assert not at_review.backroom.all(SubmitCase)
    at_review.journey.go_home()
    assert at_review.page == "Attract"


def test_the_form_holds_what_was_answered_unmasked_the_promise_and_the_signature(at_review):
    at_review.journey.print_document()
    order = at_review.backroom.last(PrintForm)
    said = json.dumps(order.form, ensure_ascii=False)
    for words in ("欧阳测试", "330381189903070015", "未就业成年人", "Adult", "我承诺"):
        assert words in said
    assert at_review.backroom.blobs[at_review.backroom.sent.index(order)].startswith(b"\x89PNG")
    assert "欧阳" not in order.title
    assert "欧阳" not in order.command_id


def test_touched_twice_it_is_ordered_once(at_review):
    at_review.journey.print_document()
    at_review.journey.print_document()
    assert len(at_review.backroom.all(PrintForm)) == 1


def test_without_a_printer_nothing_is_offered_and_a_fault_does_not_block(terminal):
    terminal.enrolment_to_review()
    assert terminal.screen.paper_label == ""
    terminal.journey.print_document()
    assert not terminal.backroom.all(PrintForm)
    a4_printer(terminal)
    terminal.journey.print_document()
    a4_printer(terminal, paper="out")
    tells(terminal, "refused")
    assert "缺纸" in terminal.screen.paper_message
    terminal.journey.proceed()
    assert terminal.page == "Submit"


def test_after_submitting_the_form_has_the_number_and_the_farewell_reminds_of_it(at_review):
    at_review.journey.proceed()
    at_review.delivers(at_review.commits())
    at_review.prints()
    at_review.journey.print_document()
    assert at_review.backroom.last(PrintForm).form["number"] == "OEB20261123000042"
    tells(at_review, "accepted", "printed")
    at_review.journey.proceed()
    at_review.journey.skip()
    assert "请取走 A4 申请表" in at_review.screen.reminders


def test_after_a_restart_of_the_backroom_the_same_order_is_asked_about(at_review):
    at_review.journey.print_document()
    first = at_review.backroom.last(PrintForm)
    at_review.journey.backroom_lost()
    at_review.backroom.forget()
    at_review.hears(Ready(terminal_id="T-330381-0001", enrolled=True))
    assert at_review.backroom.last(PrintForm) == first


def test_an_issued_certificate_leaves_no_form_beside_it(terminal):
    a4_printer(terminal)
    terminal.issues(terminal.certificate_to_result())
    terminal.prints()
    assert "纸质件" in terminal.screen.paper_label

"""先存着，接着办: a visit is put aside and gone on with by the same card; nothing is offered that cannot be kept."""

import pytest

from flows.codes import sign_code
from flows.keys import new_signing_key
from kiosk.messages.from_backroom import CodeRead, SyncChanged
from kiosk.messages.to_backroom import FORGET_DRAFT, KEEP_DRAFT, OPEN_DRAFT, AskCenter, PrintReceipt, VisitEnded
from kiosk.receipts import render_receipt
from tests.journey.said import OUYANG

DETAILS = {"category": "adult", "year": "2027", "mobile": "13800000000", "address": "浙江省瑞安市测试路1号"}
UNTIL = "2026-11-30T04:00:00Z"
DRAFT = {
    "matter": "resident-medical-insurance",
    "language": "zh",
    "kept_at": "2026-11-23T04:00:00Z",
    "answers": {"about": "agree", "details": DETAILS},
}


@pytest.fixture
def code():
    from datetime import UTC, datetime

    expires = datetime(2026, 11, 30, tzinfo=UTC)
    return sign_code("resume", {"draft": "A" * 28}, expires=expires, signing_key=new_signing_key())


def keeps(terminal):
    terminal.enrolment_to_picture()
    terminal.journey.keep()
    return terminal.backroom.last(AskCenter)


def shows(terminal, code):
    terminal.hears(CodeRead(text=code, symbology="QRCode"))
    terminal.lays_card()
    return terminal.backroom.last(AskCenter)


def test_what_was_answered_is_kept_and_the_visit_is_wiped(terminal, code):
    asked = keeps(terminal)
    assert (asked.name, asked.parameters["number"]) == (KEEP_DRAFT, OUYANG["number"])
    details = asked.parameters["answers"]["details"]
    assert (details["category"], details["mobile"]) == ("adult", "13800000000")
    assert "who" not in asked.parameters["answers"]  # the card is laid again
    terminal.center_answers(data={"code": code, "until": UNTIL})
    assert (terminal.page, terminal.screen.state, terminal.screen.payload) == ("Kept", "kept", code)
    assert terminal.backroom.all(VisitEnded)
    order = terminal.backroom.last(PrintReceipt)
    slip = str(render_receipt(order.template, order.values, order.language).blocks)
    assert code in slip
    assert "2026-11-30" in slip
    assert OUYANG["name"] not in slip
    terminal.prints()
    terminal.journey.proceed()
    assert terminal.page == "Farewell"


def test_what_could_not_be_kept_is_still_there(terminal):
    keeps(terminal)
    terminal.center_answers("unavailable")
    assert (terminal.screen.state, bool(terminal.screen.payload)) == ("failed", False)
    terminal.journey.proceed()
    assert terminal.screen.state == "saving"
    terminal.waits(13)
    terminal.journey.go_back()
    assert (terminal.page, terminal.screen.step) == ("Capture", 4)


def test_it_is_offered_only_with_a_card_a_network_and_before_the_end(terminal):
    terminal.opens("resident-medical-insurance")
    assert not terminal.screen.can_keep  # nobody has laid a card
    terminal.journey.agree()
    terminal.lays_card()
    assert terminal.screen.can_keep
    terminal.hears(SyncChanged(waiting=0, reachable=False))
    assert not terminal.screen.can_keep
    terminal.journey.keep()
    assert terminal.page == "Form"
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    terminal.journey.go_home()
    terminal.enrolment_to_result()
    assert not terminal.screen.can_keep


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_same_card_goes_on_where_it_was(terminal, code, language):
    asked = shows(terminal, code)
    assert (asked.name, asked.parameters["number"]) == (OPEN_DRAFT, OUYANG["number"])
    terminal.center_answers(data={**DRAFT, "language": language})
    assert (terminal.page, terminal.screen.step) == ("Capture", 4)
    assert terminal.screen.note
    assert terminal.journey.view.language == language
    assert terminal.backroom.last(AskCenter).name == FORGET_DRAFT
    terminal.takes_picture("document")
    assert not terminal.screen.note
    terminal.journey.go_back()
    terminal.journey.go_back()
    assert {field.id: field.value for field in terminal.screen.fields}["mobile"] == "13800000000"


def test_answers_that_hold_no_more_are_asked_again(terminal, code):
    shows(terminal, code)
    answers = {"about": "agree", "details": {**DETAILS, "category": "astronaut"}, "gone": "x"}
    terminal.center_answers(data={**DRAFT, "answers": answers})
    assert terminal.page == "Form"
    assert {field.id: field.value for field in terminal.screen.fields}["mobile"] == "13800000000"


def test_what_was_kept_behind_a_question_to_the_center_is_filled_in(terminal, code):
    shows(terminal, code)
    answers = {"about": "read", "insurances": ["medical"], "period": "months12"}
    terminal.center_answers(data={**DRAFT, "matter": "social-insurance-certificate", "answers": answers})
    assert terminal.page == "Notice"  # the consent is given anew
    terminal.journey.decline()
    assert [option.id for option in terminal.screen.options if option.selected] == ["medical"]


@pytest.mark.parametrize(
    ("status", "why", "told"),
    [
        ("refused", "key", "不一样"),
        ("refused", "expired", "过期"),
        ("refused", "signature", "不是政务中心"),
        ("notFound", "", "用过或过期"),
        ("unavailable", "", "还在"),
    ],
)
def test_what_does_not_fit_is_said_and_another_card_may_be_tried(terminal, code, status, why, told):
    from kiosk.messages.from_backroom import CenterAnswer
    from kiosk.messages.to_backroom import AwaitCard

    asked = shows(terminal, code)
    terminal.hears(CenterAnswer(request=asked.request, status=status, message=why))
    assert (terminal.page, terminal.screen.state) == ("Identify", "problem")
    assert told in terminal.screen.problem
    assert isinstance(terminal.backroom.sent[-1], AwaitCard)
    terminal.lays_card()
    terminal.center_answers(data=DRAFT)
    assert terminal.page == "Capture"


def test_a_matter_that_is_not_done_here_leaves_the_code_good(terminal, code):
    shows(terminal, code)
    terminal.center_answers(data={**DRAFT, "matter": "not-done-here"})
    assert terminal.page == "MatterList"
    assert terminal.backroom.last(AskCenter).name == OPEN_DRAFT

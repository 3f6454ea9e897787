"""Both matters from the first page to good-bye, in both languages."""

import pytest

from devices.printer.contract import QrCode
from kiosk.messages.to_backroom import AwaitCode, PrintReceipt, Stop, SubmitCase, SubmitRating, VisitEnded
from kiosk.receipts import render_receipt


def paper(order):
    """The blocks that the backroom would print."""
    return render_receipt(order.template, order.values, order.language).blocks


def pages_seen(terminal):
    seen = [type(view.screen).__name__ for view in terminal.views]
    return [page for index, page in enumerate(seen) if index == 0 or seen[index - 1] != page]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_certificate_is_issued_on_the_spot(terminal, language):
    terminal.journey.set_language(language)
    case_id = terminal.certificate_to_result()
    assert terminal.screen.waiting_for_center
    assert terminal.screen.number_kind == "local"
    terminal.issues(case_id)
    result = terminal.screen
    assert (result.number, result.number_kind) == ("OEB20261123000042", "central")
    assert result.document_rows[0].value == "欧阳测试"
    assert "示例" in result.document_sample
    assert result.verify_url.endswith("A1B2C3")
    assert result.print_state == "printing"
    assert QrCode("http://127.0.0.1:8700/verify/A1B2C3") in paper(terminal.backroom.last(PrintReceipt))
    terminal.prints()
    assert terminal.screen.print_state == "printed"
    terminal.journey.proceed()
    terminal.journey.rate(5, ["510"], "")
    terminal.journey.proceed()
    assert terminal.page == "Farewell"
    assert len(terminal.screen.reminders) == 2
    terminal.waits(9)
    assert terminal.page == "Attract"
    assert terminal.journey.view.language == "zh"
    assert pages_seen(terminal)[-4:] == ["Result", "Rate", "Farewell", "Attract"]


@pytest.mark.parametrize(("language", "code"), [("zh", "社保"), ("en", "certificate")])
def test_the_face_is_only_taken_with_consent(terminal, language, code):
    terminal.journey.set_language(language)
    terminal.opens("social-insurance-certificate")
    assert code in terminal.screen.title
    terminal.journey.agree()
    terminal.lays_card()
    assert terminal.page == "Notice"
    assert terminal.screen.decline_label
    terminal.journey.agree()
    assert (terminal.page, terminal.screen.purpose) == ("Capture", "face")
    assert terminal.screen.can_skip
    terminal.takes_picture("face")
    assert terminal.page == "Choose"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_enrolment_leaves_with_a_central_number(terminal, language):
    terminal.journey.set_language(language)
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    assert terminal.screen.number == "OEB20261123000042"
    receipt = terminal.backroom.last(PrintReceipt)
    assert receipt.language == language
    assert receipt.command_id == f"{case_id}-1"
    assert QrCode("OEB1:C:OEB20261123000042") in paper(receipt)
    terminal.prints()
    terminal.journey.proceed()
    terminal.journey.skip()
    assert terminal.page == "Farewell"
    assert not terminal.backroom.all(SubmitRating)
    way = [
        "MatterList",
        "Notice",
        "Identify",
        "Form",
        "Capture",
        "Promise",
        "Sign",
        "Review",
        "Submit",
        "Result",
        "Rate",
        "Farewell",
    ]
    assert pages_seen(terminal)[-len(way) :] == way


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("matter", ["certificate", "enrolment"])
@pytest.mark.parametrize("outcome", ["", "refused", "pending"])
def test_every_receipt_can_be_printed(terminal, language, matter, outcome):
    terminal.journey.set_language(language)
    case_id = terminal.certificate_to_result() if matter == "certificate" else terminal.enrolment_to_result()
    if outcome:
        terminal.delivers(case_id, {"outcome": outcome, "message": {"zh": "没有记录", "en": "No record"}})
        assert terminal.screen.message in ("没有记录", "No record")
    else:
        terminal.waits(9)
    assert len(paper(terminal.backroom.last(PrintReceipt))) > 5


def test_the_case_names_its_attachments_as_they_were_handed_over(terminal):
    terminal.enrolment_to_result()
    case = terminal.backroom.last(SubmitCase).case
    assert {attachment["name"] for attachment in case["attachments"]} == {"residence-1", "signature-1"}
    assert case["terminal_id"] == "T-330381-0001"
    assert case["applicant"]["number"] == "330381189903070015"


def test_a_rating_is_sent_for_the_case(terminal):
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    terminal.journey.proceed()
    terminal.journey.rate(2, ["207", "999"], "慢")
    terminal.journey.proceed()
    rating = terminal.backroom.last(SubmitRating).rating
    assert (rating["case_id"], rating["level"], rating["tags"], rating["text"]) == (case_id, 2, ["207"], "慢")


def test_the_backroom_is_told_when_the_visit_is_over(terminal):
    case_id = terminal.enrolment_to_result()
    terminal.delivers(case_id)
    terminal.journey.proceed()
    terminal.backroom.forget()
    terminal.journey.skip()
    assert [type(message) for message in terminal.backroom.sent] == [Stop, VisitEnded]
    terminal.journey.go_home()
    assert terminal.page == "Attract"
    assert isinstance(terminal.backroom.sent[-1], AwaitCode)


def test_steps_are_counted_for_the_citizen(terminal):
    terminal.opens("resident-medical-insurance")
    first = terminal.screen
    terminal.journey.agree()
    assert (first.step, terminal.screen.step) == (1, 2)
    assert terminal.screen.steps >= 7
    assert terminal.screen.subtitle == "城乡居民医保参保登记"


def test_a_view_is_told_once_per_change(terminal):
    terminal.opens("resident-medical-insurance")
    count = len(terminal.views)
    terminal.journey.select(["nothing here"])
    terminal.journey.touched()
    assert len(terminal.views) == count
    assert all(before != after for before, after in zip(terminal.views, terminal.views[1:], strict=False))

"""Codes on the first pages: each opens what it is for or gets a sentence; and the progress of a case, found or not."""

import pytest

from kiosk.messages.from_backroom import CodeRead, SyncChanged
from kiosk.messages.to_backroom import AskCenter, AwaitCode, Stop
from tests.journey.leftovers import reachable_text

PROGRESS = {
    "case_number": "OEB20261123000042",
    "matter": "resident-medical-insurance",
    "title": {"zh": "城乡居民医保参保登记", "en": "Resident medical insurance enrolment"},
    "state": "inReview",
    "state_text": {"zh": "审批中", "en": "Being decided"},
    "since": "2026-11-23T04:00:00Z",
    "received_at": "2026-11-23T03:00:00Z",
    "message": None,
}


def test_a_code_opens_its_matter(terminal):
    terminal.hears(CodeRead(text="OEB1:M:resident-medical-insurance", symbology="QRCode"))
    assert (terminal.page, terminal.screen.subtitle) == ("Notice", "城乡居民医保参保登记")
    terminal.hears(CodeRead(text="OEB1:M:social-insurance-certificate", symbology="QRCode"))
    assert terminal.screen.subtitle == "城乡居民医保参保登记"


@pytest.mark.parametrize("text", ["OEB1:M:nothing-of-ours", "http://example.org", "OEB1:X:1", ""])
def test_a_strange_code_is_turned_away(terminal, text):
    terminal.journey.start()
    terminal.hears(CodeRead(text=text, symbology="QRCode"))
    assert terminal.page == "MatterList"
    assert "不是" in terminal.screen.subtitle


SIGNED = "eyJ9." + "A" * 86
OTHER_KINDS = {
    f"OEB1:D:{SIGNED}": "材料码",
    f"OEB1:I:{SIGNED}": "手机身份码",
    "0123-4567-89AB-CDEF-GHJK-MNPQ": "维护人员",
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10": "护照",
    "6901234567892": "不是",
}


@pytest.mark.parametrize(("text", "said"), OTHER_KINDS.items())
def test_a_code_that_cannot_be_used_here_gets_a_sentence_and_opens_nothing(terminal, text, said):
    terminal.hears(CodeRead(text=text, symbology="QRCode"))
    assert (terminal.page, said in terminal.screen.subtitle) == ("MatterList", True)
    assert text not in reachable_text(terminal.journey)
    terminal.journey.open_progress()
    terminal.hears(CodeRead(text=text, symbology="QRCode"))
    assert (terminal.page, said in terminal.screen.message) == ("Progress", True)
    assert not terminal.backroom.all(AskCenter)
    terminal.journey.ask_progress("OEB20261123000042")
    terminal.center_answers("found", PROGRESS)
    assert said not in terminal.screen.message
    terminal.hears(CodeRead(text=text, symbology="QRCode"))
    assert said in terminal.screen.message
    assert terminal.screen.rows


def test_a_code_counts_for_nothing_in_the_middle_of_a_visit(terminal):
    terminal.opens("resident-medical-insurance")
    before = terminal.screen
    for text in OTHER_KINDS:
        terminal.hears(CodeRead(text=text, symbology="QRCode"))
    assert terminal.screen == before


def test_scanners_are_armed_only_where_a_code_means_something(terminal):
    assert isinstance(terminal.backroom.sent[-1], AwaitCode)
    terminal.backroom.forget()
    terminal.opens("resident-medical-insurance")
    assert [type(message) for message in terminal.backroom.sent] == [Stop, AwaitCode, Stop]


def test_progress_by_the_code_on_the_receipt(terminal):
    terminal.hears(CodeRead(text="OEB1:C:OEB20261123000042", symbology="QRCode"))
    assert (terminal.page, terminal.screen.state) == ("Progress", "asking")
    asked = terminal.backroom.last(AskCenter)
    assert (asked.name, asked.parameters) == ("progress", {"case_number": "OEB20261123000042"})
    terminal.center_answers("found", PROGRESS)
    assert terminal.screen.state == "found"
    assert "审批中" in [row.value for row in terminal.screen.rows]
    terminal.journey.set_language("en")
    assert "Being decided" in [row.value for row in terminal.screen.rows]
    terminal.journey.go_back()
    assert terminal.screen.state == "waiting"
    terminal.journey.go_back()
    assert terminal.page == "Attract"


@pytest.mark.parametrize(("language", "said"), [("zh", "一小时后再来"), ("en", "come back in an hour")])
def test_where_too_many_numbers_were_asked_for_it_is_said_and_not_that_the_case_is_not_there(terminal, language, said):
    terminal.journey.set_language(language)
    terminal.journey.open_progress()
    terminal.journey.ask_progress("OEB20261123000042")
    terminal.center_refuses("tooManyTries")
    assert (terminal.screen.state, said in terminal.screen.message) == ("refused", True)
    assert terminal.screen.report_label
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    assert terminal.screen.state == "refused"


def test_progress_typed_unknown_and_unreachable(terminal):
    terminal.journey.start()
    terminal.journey.open_progress()
    terminal.journey.ask_progress("!!")
    assert terminal.screen.message
    assert terminal.screen.state == "waiting"
    terminal.journey.ask_progress("oeb 2026 1123 000042")
    assert terminal.screen.number == "OEB20261123000042"
    terminal.center_answers("notFound")
    assert terminal.screen.state == "notFound"
    terminal.journey.ask_progress("OEB20261123000042")
    terminal.waits(13)
    assert terminal.screen.state == "unavailable"
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    assert terminal.screen.state == "asking"
    terminal.journey.go_back()
    terminal.journey.go_back()
    assert terminal.page == "MatterList"

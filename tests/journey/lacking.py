"""A case that lacks something, and the way of who brings it as far as the page after the card."""

from kiosk.messages.to_backroom import AskCenter
from tests.journey.said import OUYANG

NUMBER = "33038120261123000042"


def said(zh, en):
    return {"zh": zh, "en": en}


RESIDENCE = {"id": "residence", "text": said("居住证明", "Proof of residence"), "answer": "picture"}
INCOME = {"id": "income", "text": said("收入说明", "Where you live from"), "answer": "words"}
MARRIAGE = {"id": "marriage", "text": said("结婚证", "Marriage certificate")}


def lacking(*missing, **more):
    """The center's progress of a case of the enrolment that waits for these."""
    return {
        "case_number": NUMBER,
        "matter": "resident-medical-insurance",
        "title": said("城乡居民医保参保登记", "Resident medical insurance enrolment"),
        "state": "awaitingCorrection",
        "state_text": said("待补正", "Something is missing"),
        "since": "2026-11-23T04:00:00Z",
        "received_at": "2026-11-23T03:00:00Z",
        "missing": list(missing),
        "correct_by": "2026-12-23",
        **more,
    }


def same_person(terminal, *, same=True):
    asked = terminal.backroom.last(AskCenter)
    assert (asked.name, dict(asked.parameters)) == ("applicant", {"case_number": NUMBER, "number": OUYANG["number"]})
    terminal.center_answers("found", {"status": "found", "data": {"number": NUMBER, "same": same}, "source": ""})


def begins(terminal, *missing):
    """As far as the page after the applicant was found to be the right one."""
    terminal.asks_progress(lacking(*missing))
    terminal.journey.bring_missing(1)
    terminal.journey.agree()
    terminal.lays_card()
    same_person(terminal)
    terminal.journey.proceed()


def to_review(terminal):
    begins(terminal, RESIDENCE)
    terminal.takes_picture("document")
    assert terminal.page == "Review"

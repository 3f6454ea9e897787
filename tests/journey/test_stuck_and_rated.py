"""Where a person is stuck there is a way to say so; what is missing and each part are said; bad ratings are heard."""

import pytest

from kiosk.messages.from_backroom import CenterAnswer, CodeRead, Committed, NotCommitted, Ready
from kiosk.messages.to_backroom import AskCenter, SubmitRating, VisitEnded, WithdrawRating

REFUSED = {"outcome": "refused", "message": {"zh": "没有查到参保记录", "en": "No record"}, "rows": []}


def said(zh, en):
    return {"zh": zh, "en": en}


def test_a_refused_result_leads_to_a_report(terminal):
    terminal.delivers(terminal.certificate_to_result(), REFUSED)
    terminal.prints()
    assert terminal.screen.report_label
    terminal.journey.report()
    assert terminal.page == "Notice"
    assert terminal.screen.subtitle == "办不成事反映"


def test_a_good_result_offers_none(terminal):
    terminal.issues(terminal.certificate_to_result())
    terminal.prints()
    assert not terminal.screen.report_label


def test_a_missing_camera_leads_to_a_report_and_the_answers_are_wiped(terminal):
    terminal.enrolment_to_picture()
    terminal.device("document_camera", "camera", "noDevice")
    assert terminal.page == "Trouble"
    assert terminal.screen.report_label
    terminal.journey.report()
    assert terminal.page == "Notice"
    terminal.journey.go_back()
    assert terminal.page == "MatterList"


def test_who_is_not_meant_by_a_matter_or_has_a_number_that_nobody_knows_may_report_it(terminal, catalog):
    terminal.opens("driving-licence-renewal")
    terminal.journey.agree()
    terminal.lays_card()
    found = {**catalog["driving-licence-renewal"].step("licence").example, "days_left": 400}
    terminal.center_answers("found", {"status": "found", "data": found})
    assert (terminal.screen.state, bool(terminal.screen.report_label)) == ("stopped", True)
    terminal.journey.report()
    assert terminal.screen.subtitle == "办不成事反映"
    terminal.journey.go_home()
    terminal.journey.open_progress()
    terminal.journey.ask_progress("OEB20261123000042")
    assert not terminal.screen.report_label
    terminal.center_answers("notFound")
    assert terminal.screen.report_label
    terminal.journey.report()
    assert terminal.screen.subtitle == "办不成事反映"


def test_who_is_stuck_because_of_the_card_reader_reports_it_by_phone_or_passport(terminal):
    terminal.opens("social-insurance-certificate")
    terminal.journey.agree()
    terminal.device("card_reader", "idcard", "noDevice")
    assert (terminal.page, bool(terminal.screen.report_label)) == ("Trouble", True)
    terminal.journey.report()
    terminal.journey.agree()
    assert (terminal.page, terminal.screen.way) == ("Identify", "phone")
    assert [way.id for way in terminal.screen.ways] == ["card", "passport"]
    terminal.hears(CodeRead(text=f"OEB1:I:{'a' * 40}.{'b' * 86}", symbology="QRCode"))
    said = {"name": "测试乙", "number": "330381189901010015"}
    terminal.hears(CenterAnswer(request=terminal.backroom.last(AskCenter).request, status="found", data=said))
    assert terminal.page == "Choose"


def test_in_the_report_itself_no_other_report_is_offered(terminal):
    terminal.opens("did-not-work-out")
    before = terminal.screen
    terminal.journey.report()
    assert terminal.screen == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_progress_says_what_is_missing_until_when_and_each_part(terminal, language):
    terminal.journey.set_language(language)
    terminal.journey.open_progress()
    terminal.journey.ask_progress("OEB20261123000042")
    reply = {
        "case_number": "OEB20261123000042",
        "title": said("不动产户籍联办", "Title and household"),
        "state": "awaitingCorrection",
        "state_text": said("待补正", "Something is missing"),
        "since": "2026-11-23T04:00:00Z",
        "received_at": "2026-11-23T03:00:00Z",
        "missing": [{"id": "contract", "text": said("购房合同", "Purchase contract")}],
        "correct_by": "2026-12-23",
        "parts": [
            {"title": said("不动产登记", "Title"), "state_text": said("审批中", "Being decided")},
            {
                "title": said("户口迁移", "Household"),
                "state_text": said("待提交", "Not yet"),
                "waits_for": [said("不动产登记", "Title")],
            },
        ],
    }
    request = terminal.backroom.last(AskCenter).request
    terminal.hears(CenterAnswer(request=request, status="found", data=reply))
    shown = {row.label: row.value for row in terminal.screen.rows}
    words = "\n".join(f"{label} {value}" for label, value in shown.items())
    wanted = {
        "zh": (
            "还缺 1 购房合同",
            "补交到 2026-12-23",
            "0577-12345",
            "不动产登记 审批中",
            "待提交，要先办好：不动产登记",
        ),
        "en": ("Missing 1 Purchase contract", "2026-12-23", "0577-12345", "Title Being decided", "first comes: Title"),
    }[language]
    assert [one for one in wanted if one not in words] == []


def test_a_case_with_nothing_missing_says_nothing_of_it(terminal):
    terminal.journey.open_progress()
    terminal.journey.ask_progress("OEB20261123000042")
    request = terminal.backroom.last(AskCenter).request
    terminal.hears(CenterAnswer(request=request, status="found", data={"case_number": "1", "missing": [], "parts": []}))
    assert len(terminal.screen.rows) == 1


def test_bad_levels_say_what_happens_next_and_take_words(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.prints()
    terminal.journey.proceed()
    notes = {level.level: level.note for level in terminal.screen.levels}
    assert "1 天内" in notes[1]
    assert notes[1] == notes[2]
    assert not any(notes[level] for level in (3, 4, 5))
    terminal.journey.rate(1, ["110"], "等了很久")
    terminal.journey.proceed()
    rating = terminal.backroom.last(SubmitRating).rating
    assert (rating["level"], rating["text"]) == (1, "等了很久")
    assert terminal.page == "Farewell"


def to_rating(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.prints()
    terminal.journey.proceed()
    assert terminal.page == "Rate"


def writes(terminal, answer=Committed, **more):
    """The backroom has the last rating on disk, or not; the rating."""
    sent = terminal.backroom.last(SubmitRating)
    told = {"case_id": sent.rating["rating_id"], "sequence": 2, "local_number": "L-000002"} | more
    terminal.hears(answer(request=sent.request, **(more or told)))
    return sent.rating


@pytest.mark.parametrize("way", ["done", "home", "walks away"])
def test_one_touch_is_a_rating_whichever_way_the_person_leaves(terminal, way):
    to_rating(terminal)
    terminal.journey.rate(4, [], "")
    assert (terminal.page, terminal.screen.level, terminal.screen.noted) == ("Rate", 4, "")
    assert writes(terminal)["level"] == 4  # before the person has left
    assert terminal.screen.noted
    leave = {
        "done": terminal.journey.proceed,
        "home": terminal.journey.go_home,
        "walks away": lambda: terminal.waits(151),
    }
    leave[way]()
    assert terminal.page in ("Farewell", "Attract")
    assert len(terminal.backroom.all(SubmitRating)) == 1
    assert terminal.backroom.all(VisitEnded)


def test_what_is_added_amends_the_one_rating_of_the_case(terminal):
    to_rating(terminal)
    terminal.journey.rate(1, [], "")
    first = writes(terminal)
    terminal.journey.rate(5, ["510", "110"], "")
    terminal.journey.rate(5, ["510"], "很")
    terminal.journey.rate(9, [], "")
    terminal.journey.rate(5, ["510"], "很好")
    assert terminal.screen.noted
    terminal.journey.go_home()
    sent = [message for message in terminal.backroom.sent if isinstance(message, SubmitRating | VisitEnded)]
    assert isinstance(sent[-1], VisitEnded)  # after the last change
    given = [message.rating for message in sent[:-1] if isinstance(message, SubmitRating)]
    assert {one["rating_id"] for one in given} == {first["rating_id"]}
    assert [(one["level"], one["tags"], one["text"]) for one in given] == [
        (1, [], ""),
        (5, ["510"], ""),
        (5, ["510"], "很"),
        (5, ["510"], "很好"),
    ]


def test_a_rating_that_is_not_on_disk_is_not_called_noted_and_a_backroom_that_is_back_gets_it_again(terminal):
    to_rating(terminal)
    terminal.journey.rate(2, [], "")
    writes(terminal, NotCommitted, code="diskFull", message="the disk is full")
    assert (terminal.screen.noted, "再点一次" in terminal.screen.problem) == ("", True)
    terminal.journey.backroom_lost()
    terminal.backroom.forget()
    terminal.hears(Ready(terminal_id="T-330381-0001", enrolled=True))
    assert writes(terminal)["level"] == 2
    assert (bool(terminal.screen.noted), terminal.screen.problem) == (True, "")


def test_no_rating_after_all_is_none(terminal):
    to_rating(terminal)
    terminal.journey.proceed()
    assert terminal.page == "Rate"
    terminal.journey.rate(2, [], "")
    rating = writes(terminal)
    terminal.journey.skip()
    assert terminal.page == "Farewell"
    assert terminal.backroom.last(WithdrawRating).rating_id == rating["rating_id"]
    assert len(terminal.backroom.all(SubmitRating)) == 1

"""补正 at the terminal: the applicant brings what a case lacks and it is saved; who may not is turned away."""

import pytest

from kiosk.backroom.asking import TOO_MANY_TRIES
from kiosk.messages.to_backroom import PrintReceipt, SubmitCase, SubmitSupplement, VisitEnded
from tests.journey.lacking import INCOME, MARRIAGE, NUMBER, RESIDENCE, begins, lacking, said, same_person
from tests.journey.said import OUYANG


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_missing_is_brought_and_the_case_goes_on(terminal, language):
    terminal.journey.set_language(language)
    terminal.asks_progress(lacking(RESIDENCE))
    assert len(terminal.screen.bring_labels) == 1
    terminal.journey.bring_missing(1)
    about = " ".join(terminal.screen.paragraphs)
    assert terminal.page == "Notice"
    assert [word for word in (NUMBER, RESIDENCE["text"][language], "2026-12-23") if word not in about] == []
    terminal.journey.agree()
    terminal.lays_card()
    same_person(terminal)
    assert terminal.screen.rows[0].value == NUMBER
    terminal.journey.proceed()
    assert terminal.screen.title == {"zh": "拍摄居住证明", "en": "Picture of the proof of residence"}[language]
    terminal.takes_picture("document")
    assert RESIDENCE["text"][language] in [row.label for row in terminal.screen.rows]
    terminal.journey.proceed()
    assert terminal.page == "Submit"
    brought = terminal.commits_supplement()
    assert terminal.page == "Result"
    terminal.delivers(brought["supplement_id"])
    shown, receipt = terminal.screen, terminal.backroom.last(PrintReceipt)
    assert (shown.number, shown.number_kind) == (NUMBER, "central")
    assert len(shown.next_steps) == 3
    assert (receipt.values["number"], receipt.values["name"]) == (NUMBER, OUYANG["name"])
    assert receipt.values["next_steps"] == list(shown.next_steps)
    terminal.prints()
    terminal.journey.proceed()
    assert terminal.page == "Farewell"
    assert (brought["case_number"], brought["part"], brought["language"]) == (NUMBER, "", language)
    assert brought["applicant"]["number"] == OUYANG["number"]
    assert [(item["name"], item["step"]) for item in brought["attachments"]] == [("residence-1", "residence")]
    assert not terminal.backroom.all(SubmitCase)
    assert isinstance(terminal.backroom.sent[-1], VisitEnded)


def test_of_several_things_those_that_were_brought_are_asked_for(terminal):
    begins(terminal, RESIDENCE, INCOME, MARRIAGE)
    assert [option.id for option in terminal.screen.options if option.selected] == ["residence", "income", "marriage"]
    terminal.journey.select([])
    assert terminal.screen.problem
    terminal.journey.select(["income", "marriage"])
    assert terminal.screen.title == "请说明：收入说明"
    terminal.journey.fill({"words": ""})
    assert terminal.screen.problem_summary
    terminal.journey.fill({"words": "靠女儿赡养"})
    assert terminal.screen.title == "补交：结婚证"
    terminal.takes_pages("document", 2)
    rows = {row.label: row.value for row in terminal.screen.rows}
    assert (rows["收入说明"], rows["结婚证"]) == ("靠女儿赡养", "已拍摄 2 张")
    terminal.journey.change("visit_brought")
    terminal.journey.select(["income"])
    assert terminal.page == "Review"
    terminal.journey.proceed()
    brought = terminal.commits_supplement()
    assert (brought["answers"], brought["attachments"]) == ({"income": "靠女儿赡养"}, [])


def test_another_persons_card_is_turned_away_before_anything_is_taken(terminal):
    terminal.asks_progress(lacking(RESIDENCE))
    terminal.journey.bring_missing(1)
    terminal.journey.agree()
    terminal.lays_card()
    same_person(terminal, same=False)
    assert (terminal.page, terminal.screen.state) == ("Lookup", "stopped")
    assert "不是申请人" in terminal.screen.message
    terminal.journey.proceed()
    assert terminal.page == "Lookup"
    terminal.journey.go_back()
    assert terminal.page == "Identify"
    terminal.lays_card()
    same_person(terminal)
    terminal.journey.proceed()
    assert terminal.page == "Capture"


@pytest.mark.parametrize(("language", "said_so"), [("zh", "一小时内不再核对"), ("en", "not checked for an hour")])
def test_after_too_many_wrong_cards_it_is_said_and_what_is_brought_goes_to_staff(terminal, language, said_so):
    terminal.journey.set_language(language)
    terminal.asks_progress(lacking(RESIDENCE))
    terminal.journey.bring_missing(1)
    terminal.journey.agree()
    terminal.lays_card()
    terminal.center_answers("refused", {"message": TOO_MANY_TRIES.model_dump()})
    assert (terminal.page, terminal.screen.state) == ("Lookup", "unavailable")
    assert said_so in terminal.screen.message
    terminal.journey.proceed()
    assert terminal.page == "Capture"


def test_a_case_that_lacks_nothing_asks_for_nothing(terminal):
    terminal.asks_progress(lacking() | {"state": "inReview"})
    assert (terminal.page, terminal.screen.bring_labels) == ("Progress", ())
    terminal.journey.bring_missing(1)
    assert terminal.page == "Progress"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_noticed_by_themselves_that_something_is_missing_adds_it(terminal, language):
    terminal.journey.set_language(language)
    terminal.asks_progress(lacking() | {"state": "inReview"})
    assert terminal.screen.own_label
    terminal.journey.bring_missing(0)
    assert NUMBER in terminal.screen.paragraphs[0]
    assert {"zh": "还缺", "en": "missing"}[language] not in " ".join(terminal.screen.paragraphs)
    terminal.journey.agree()
    terminal.lays_card()
    same_person(terminal)
    terminal.journey.proceed()
    assert [option.id for option in terminal.screen.options if option.selected] == ["own_picture"]
    terminal.journey.select(["own_picture", "own_words"])
    terminal.takes_pages("document", 2)
    terminal.journey.fill({"words": "地址写错了"})
    terminal.journey.proceed()
    brought = terminal.commits_supplement()
    assert (brought["case_number"], brought["answers"]) == (NUMBER, {"own_words": "地址写错了"})
    assert {item["step"] for item in brought["attachments"]} == {"own_picture"}
    terminal.delivers(brought["supplement_id"])
    assert len(terminal.screen.next_steps) == 2


@pytest.mark.parametrize(
    ("reply", "own", "report"),
    [
        ({"state": "inReview"}, True, True),
        ({"state": "awaitingCorrection", "missing": [RESIDENCE]}, False, True),
        ({"state": "toSubmit", "case_number": "L000001-000001"}, False, True),
        ({"state": "finished"}, False, False),
    ],
)
def test_a_case_on_its_way_can_be_added_to_and_complained_of(terminal, reply, own, report):
    terminal.asks_progress(lacking() | reply)
    assert (bool(terminal.screen.own_label), bool(terminal.screen.report_label)) == (own, report)
    terminal.journey.bring_missing(0)
    assert (terminal.page == "Notice") == own


def test_an_id_that_no_visit_can_have_is_for_the_counter(terminal):
    terminal.asks_progress(lacking({"id": "visit_who", "text": said("旧证件", "Old card")}))
    assert terminal.screen.bring_labels == ()
    assert "受理窗口" in terminal.screen.rows[-1].value


def test_each_part_that_lacks_something_is_brought_by_itself(terminal):
    parts = [
        {"id": "title", "title": said("不动产登记", "Title"), "state_text": said("审批中", "Being decided")},
        {"id": "loan", "title": said("抵押登记", "Mortgage"), "missing": [INCOME], "correct_by": "2026-12-23"},
        {"id": "tax", "title": said("契税", "Deed tax"), "missing": [MARRIAGE]},
    ]
    terminal.asks_progress(lacking() | {"parts": parts})
    assert [label.rpartition("（")[2] for label in terminal.screen.bring_labels] == ["抵押登记）", "契税）"]
    terminal.journey.bring_missing(2)
    terminal.journey.agree()
    terminal.lays_card()
    same_person(terminal)
    terminal.journey.proceed()
    terminal.takes_pages("document", 1)
    terminal.journey.proceed()
    assert terminal.backroom.last(SubmitSupplement).supplement["part"] == "tax"


def test_back_from_its_first_page_shows_the_progress_as_it_is_then(terminal):
    terminal.asks_progress(lacking(RESIDENCE))
    terminal.journey.bring_missing(1)
    terminal.journey.go_back()
    assert (terminal.page, terminal.screen.state) == ("Progress", "asking")
    terminal.center_answers("found", lacking())
    assert terminal.screen.bring_labels == ()
    terminal.journey.go_back()
    terminal.journey.go_back()
    assert terminal.page == "Attract"

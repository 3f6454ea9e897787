"""Back, home, change, language, codes, idle: the ways through, and that nothing of a person stays behind."""

import gc

import pytest

from kiosk.messages.from_backroom import CodeRead, SyncChanged
from kiosk.messages.to_backroom import AskCenter, AwaitCode, Stop, VisitEnded

SECRETS = ("欧阳测试", "330381189903070015", "测试路1号", "13800000000", "138 0000 0000")
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


def reachable_text(root):
    """Every text and all bytes that can be reached from this object through attributes and containers."""
    seen, found, waiting = set(), [], [root]
    while waiting:
        thing = waiting.pop()
        if (
            id(thing) in seen
            or isinstance(thing, type | type(gc))
            or (callable(thing) and not hasattr(thing, "__dict__"))
        ):
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            found.append(thing if isinstance(thing, str) else thing.decode("utf-8", "replace"))
            continue
        if isinstance(thing, dict):
            waiting += [*thing.keys(), *thing.values()]
        elif isinstance(thing, list | tuple | set | frozenset):
            waiting += list(thing)
        else:
            waiting += list(getattr(thing, "__dict__", {}).values())
            waiting += [getattr(thing, name) for name in getattr(type(thing), "__slots__", ()) if hasattr(thing, name)]
    return "\n".join(found)


def left_behind(terminal):
    terminal.backroom.forget()  # the port's own record is not the journey's
    terminal.views.clear()
    terminal.frames.clear()
    text = reachable_text(terminal.journey)
    return [secret for secret in (*SECRETS, "picture of a household book", "\x89PNG") if secret in text]


def test_the_search_for_leftovers_finds_what_is_there(terminal):
    terminal.enrolment_to_review()
    assert len(left_behind(terminal)) >= 4


@pytest.mark.parametrize("ending", ["idle", "home", "back", "finish"])
def test_nothing_of_a_person_stays(terminal, ending):
    terminal.enrolment_to_review()
    if ending == "idle":
        terminal.waits(151)
        assert terminal.page == "Attract"
    elif ending == "home":
        terminal.journey.go_home()
        assert terminal.page == "Attract"
    elif ending == "back":
        for _ in range(12):
            terminal.journey.go_back()
        assert terminal.page == "Attract"
    else:
        terminal.journey.proceed()
        terminal.delivers(terminal.commits())
        terminal.journey.proceed()
        terminal.journey.skip()
        assert terminal.page == "Farewell"
    assert terminal.backroom.all(VisitEnded)
    assert left_behind(terminal) == []


def test_a_warning_comes_before_the_wipe_and_one_tap_stays(terminal):
    terminal.journey.set_language("en")
    terminal.enrolment_to_form()
    assert terminal.journey.view.idle.seconds_left == 150
    terminal.waits(119)
    assert not terminal.journey.view.idle.warning
    terminal.waits(2)
    assert terminal.journey.view.idle.warning
    assert terminal.screen.personal
    terminal.journey.stay()
    assert not terminal.journey.view.idle.warning
    assert terminal.page == "Form"
    terminal.backroom.forget()
    terminal.waits(150)
    assert (terminal.page, terminal.journey.view.language) == ("Attract", "zh")
    assert [type(message) for message in terminal.backroom.sent[:2]] == [Stop, VisitEnded]


def test_the_idle_clock_stands_still_while_the_terminal_works(terminal):
    terminal.enrolment_to_review()
    terminal.waits(100)
    terminal.journey.proceed()
    terminal.waits(29)
    assert terminal.page == "Submit"
    assert terminal.journey.view.idle.seconds_left == 150


def test_idle_after_submitting_finishes_normally(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.prints()
    terminal.waits(151)
    assert terminal.page == "Farewell"
    terminal.waits(9)
    assert terminal.page == "Attract"


def test_the_list_does_not_stay_open_for_ever(terminal):
    terminal.journey.start()
    terminal.waits(151)
    assert terminal.page == "Attract"


def test_the_first_page_goes_back_to_chinese(terminal):
    terminal.journey.set_language("en")
    assert terminal.screen.subtitle.isascii()
    terminal.waits(121)
    assert terminal.journey.view.language == "zh"


def test_form_problems_keep_what_was_typed(terminal):
    terminal.enrolment_to_form()
    address = next(field for field in terminal.screen.fields if field.id == "address")
    assert address.prefilled
    assert address.value == "浙江省瑞安市测试路1号"
    terminal.journey.fill({"category": "", "mobile": "123", "year": "1950"})
    fields = {field.id: field for field in terminal.screen.fields}
    assert fields["mobile"].value == "123"
    assert fields["mobile"].problem
    assert fields["category"].problem
    assert terminal.screen.problem_summary
    terminal.journey.set_language("en")
    fields = {field.id: field for field in terminal.screen.fields}
    assert "11 digits" in fields["mobile"].problem
    assert fields["mobile"].value == "123"
    terminal.journey.fill({"category": "adult", "mobile": "13800000000", "year": "2026"})
    assert terminal.page == "Capture"


def test_change_in_review_comes_straight_back(terminal):
    terminal.enrolment_to_review()
    row = next(row for row in terminal.screen.rows if row.step == "details")
    terminal.journey.change(row.step)
    assert terminal.page == "Form"
    assert next(field.value for field in terminal.screen.fields if field.id == "mobile") == "13800000000"
    terminal.journey.fill({"mobile": "13900000000"})
    assert terminal.page == "Review"
    assert any("139" in row.value for row in terminal.screen.rows)


def test_a_change_can_be_thought_better_of(terminal):
    terminal.enrolment_to_review()
    before = terminal.screen
    terminal.journey.change("details")
    terminal.journey.go_back()
    assert terminal.screen == before


def test_what_cannot_be_changed_is_left_alone(terminal):
    terminal.enrolment_to_review()
    terminal.journey.change("nonsense")
    assert terminal.page == "Review"


def test_a_newborn_brings_one_more_page(terminal):
    terminal.enrolment_to_form()
    terminal.journey.fill({"category": "newborn", "mobile": "13800000000"})
    assert terminal.page == "Form"
    assert {field.id for field in terminal.screen.fields} == {"name", "relation", "number"}
    terminal.journey.go_back()
    assert next(field.value for field in terminal.screen.fields if field.id == "category") == "newborn"


def test_choices_are_kept_on_the_way_back(terminal):
    terminal.certificate_to_lookup()
    terminal.journey.go_back()
    terminal.journey.go_back()
    chosen = [option.id for option in terminal.screen.options if option.selected]
    assert chosen == ["pension", "medical"]
    terminal.journey.select([])
    assert terminal.screen.problem


def test_nothing_can_be_taken_back_after_submitting(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    assert not terminal.screen.can_go_back
    terminal.journey.go_back()
    assert terminal.page == "Result"


def test_home_is_closed_while_saving(terminal):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    terminal.journey.go_home()
    assert terminal.page == "Submit"


def test_declining_an_agreement_leaves_the_matter(terminal):
    terminal.opens("resident-medical-insurance")
    terminal.journey.go_back()
    assert terminal.page == "MatterList"
    terminal.journey.go_back()
    assert terminal.page == "Attract"


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


def test_every_page_has_help_in_both_languages(terminal):
    terminal.enrolment_to_review()
    for view in terminal.views:
        assert view.screen.help_text
        assert view.screen.title

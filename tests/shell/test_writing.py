"""Keys, months and the signature: what is written arrives."""

from dataclasses import replace


def test_the_keys_write_into_the_field(terminal):
    terminal.shows("form")
    terminal.touches("field:mobile")
    for digit in "13800138001":
        terminal.touches(f"key:{digit}")
    terminal.touches("key:erase")
    terminal.touches("key:0")
    terminal.touches("forward")
    [(intent, values)] = terminal.intents()
    assert intent == "fill"
    assert values["mobile"] == "13800138000"
    assert values["number"] == "11010118900101001X"


def test_letters_and_capitals(terminal):
    terminal.shows("form")
    terminal.item("field:email").tapped.emit()
    for key in ("o", "shift", "u", "shift", "@", "b", "space"):
        terminal.touches(f"key:{key}")
    terminal.touches("forward")
    assert terminal.intents()[0][1]["email"] == "oU@b "


def test_a_month_is_chosen(terminal):
    terminal.shows("form")
    terminal.item("field:since").tapped.emit()
    terminal.touches("key:yearAfter")
    terminal.touches("key:month3")
    terminal.touches("forward")
    assert terminal.intents()[0][1]["since"] == "2027-03"


def test_a_choice_in_a_form(terminal):
    terminal.shows("form")
    terminal.touches("option:student")
    terminal.touches("forward")
    assert terminal.intents()[0][1]["group"] == "student"


def test_what_was_typed_stays_when_the_answer_is_refused(terminal):
    terminal.shows("form")
    terminal.touches("field:mobile")
    terminal.touches("key:1")
    screen = terminal.journey.view.screen
    wrong = replace(screen.fields[2], value="1", problem="手机号码应为 11 位数字")
    refused = replace(screen, fields=(*screen.fields[:2], wrong, *screen.fields[3:]), problem_summary="有 1 项需要修改")
    terminal.journey.view = replace(terminal.journey.view, screen=refused)
    terminal.shell.show(terminal.journey.view)
    assert "手机号码应为 11 位数字" in terminal.words()
    assert terminal.item("field:mobile").property("text") == "1"


def test_a_hidden_number_is_read_by_whoever_types_it_or_looks_for_a_mistake_in_it(terminal):
    terminal.shows("form")
    screen, number = terminal.journey.view.screen, "6222021234567890000"
    place = next(place for place, field in enumerate(screen.fields) if field.id == "number")

    def shows(**more):
        field = replace(screen.fields[place], value=number, masked=True, **more)
        fields = (*screen.fields[:place], field, *screen.fields[place + 1 :])
        terminal.journey.view = replace(terminal.journey.view, screen=replace(screen, fields=fields))
        terminal.shell.show(terminal.journey.view)
        return terminal.item("field:number").property("shown")

    assert shows() == "622202●●●●●●●●●0000"
    assert shows(problem="有一位不对，请对照银行卡逐位核对") == number
    assert shows() != number
    terminal.touches("field:number")
    assert terminal.item("field:number").property("shown") == number


def test_a_signature_arrives_as_png_and_an_empty_one_does_not(terminal):
    terminal.shows("sign")
    assert not terminal.item("forward").isEnabled()
    terminal.draws("signature")
    terminal.touches("clear")
    assert not terminal.item("forward").isEnabled()
    terminal.draws("signature")
    terminal.touches("forward")
    [(intent, png)] = terminal.intents()
    assert intent == "sign"
    assert png.startswith(b"\x89PNG\r\n")
    assert len(png) > 500


def test_a_case_number_is_typed(terminal):
    terminal.shows("progress")
    for digit in "3303":
        terminal.touches(f"key:{digit}")
    terminal.touches("forward")
    assert terminal.intents() == [("ask_progress", "3303")]

"""Many matters: the most used first, groups, more of a long list, a search, and a way on where nothing is found."""

from flows.text import Text
from kiosk.journey.pages.matters import AT_ONCE, REPORT
from kiosk.messages.from_backroom import MattersUsed

NAMES = (
    ("senior-card", "老年优待证", "Senior card", "瑞安市民政局", ("老人卡",), ("retirement",)),
    ("old-age-allowance", "高龄津贴", "Old-age allowance", "瑞安市民政局", ("高龄补贴",), ("retirement",)),
    ("tax-record", "纳税记录", "Tax record", "瑞安市税务局", ("个税清单",), ("tax", "papers")),
    ("household-certificate", "户籍证明", "Household certificate", "瑞安市公安局", ("户口证明",), ("papers",)),
    ("sole-trader", "个体工商户设立", "Sole trader", "瑞安市市场监督管理局", ("开店",), ("business",)),
    (REPORT, "办不成事反映", "It did not work out", "瑞安市政务服务中心", ("投诉",), ("assistance",)),
)


TWO = ("resident-medical-insurance", "social-insurance-certificate")


def two(catalog):
    return {name: catalog[name] for name in TWO}


def many(catalog):
    """Two matters of the catalogue, and some that are like the first of them but for their names."""
    like = catalog["resident-medical-insurance"]
    made = {
        name: like.model_copy(
            update={
                "id": name,
                "title": Text(zh=zh, en=en),
                "department": Text(zh=department, en=department),
                "search": like.search.model_copy(update={"words": words, "events": events}),
            }
        )
        for name, zh, en, department, words, events in NAMES
    }
    return {**two(catalog), **made}


def shown(terminal):
    return [tile.id for tile in terminal.screen.tiles]


def test_few_matters_are_all_shown_and_nothing_is_in_their_way(new_terminal_with, catalog):
    terminal = new_terminal_with(two(catalog))
    terminal.journey.start()
    assert shown(terminal) == list(TWO)
    assert not terminal.screen.searchable
    assert not terminal.screen.events


def test_many_begin_with_those_most_used_here(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.hears(MattersUsed(cases={"senior-card": 7, "tax-record": 9, "gone": 40}))
    terminal.journey.start()
    assert shown(terminal)[:2] == ["tax-record", "senior-card"]
    assert len(shown(terminal)) == 3
    assert terminal.screen.searchable


def test_a_group_shows_its_matters_and_back_leads_to_all_groups(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    papers = next(group for group in terminal.screen.events if group.label == "开证明")
    terminal.journey.open_group(papers.id)
    assert {"tax-record", "household-certificate"} <= set(shown(terminal))
    terminal.journey.go_back()
    department = next(group for group in terminal.screen.departments if group.label == "瑞安市民政局")
    terminal.journey.open_group(department.id)
    assert shown(terminal) == ["senior-card", "old-age-allowance"]
    terminal.journey.go_back()
    terminal.journey.go_back()
    assert terminal.page == "Attract"


def test_a_group_that_is_none_changes_nothing(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    before = terminal.screen
    terminal.journey.open_group("department:nobody")
    assert terminal.screen == before


def test_a_long_list_comes_in_parts(new_terminal_with, catalog):
    like = catalog["resident-medical-insurance"]
    terminal = new_terminal_with({f"m-{n}": like.model_copy(update={"id": f"m-{n}"}) for n in range(AT_ONCE + 5)})
    terminal.journey.start()
    terminal.journey.open_group("all")
    assert len(shown(terminal)) == AT_ONCE
    assert "5" in terminal.screen.more_label
    terminal.journey.show_more()
    assert len(shown(terminal)) == AT_ONCE + 5
    assert not terminal.screen.more_label


def test_each_letter_narrows_what_is_shown_and_a_touch_opens_it(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    for written in ("g", "gl", "glj", "gljt"):
        terminal.journey.search(written)
    assert shown(terminal)[0] == "old-age-allowance"
    terminal.journey.open_matter("old-age-allowance")
    assert terminal.page == "Notice"


def test_back_takes_the_search_away_before_it_leaves_the_page(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    terminal.journey.search("户口")
    assert terminal.screen.question == "户口"
    terminal.journey.go_back()
    assert terminal.screen.question == ""
    assert terminal.screen.events


def test_where_nothing_is_found_there_is_a_number_to_call_all_matters_and_a_report(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    terminal.journey.search("火星移民")
    assert not terminal.screen.tiles
    assert "0577-12345" in terminal.screen.nothing
    assert terminal.screen.all_label
    assert terminal.screen.report_label
    terminal.journey.report()
    assert terminal.page == "Notice"
    assert terminal.screen.subtitle == "办不成事反映"


def test_without_the_report_matter_none_is_offered(new_terminal_with, catalog):
    matters = many(catalog)
    del matters[REPORT]
    terminal = new_terminal_with(matters)
    terminal.journey.start()
    terminal.journey.search("火星移民")
    assert terminal.screen.nothing
    assert not terminal.screen.report_label
    before = terminal.screen
    terminal.journey.report()
    assert terminal.screen == before


def test_what_was_searched_for_is_gone_with_the_person(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.start()
    terminal.journey.search("户口")
    terminal.waits(151)
    assert terminal.page == "Attract"
    terminal.journey.start()
    assert terminal.screen.question == ""


def test_the_groups_speak_english(new_terminal_with, catalog):
    terminal = new_terminal_with(many(catalog))
    terminal.journey.set_language("en")
    terminal.journey.start()
    assert "Certificates" in [group.label for group in terminal.screen.events]
    terminal.journey.search("tax")
    assert shown(terminal)[0] == "tax-record"

"""Matters and house rules change between two visits and never within one."""

from flows.matter import Matter


def test_nothing_changes_under_a_person_who_is_in_a_visit(terminal, catalog: dict[str, Matter]):
    only = {"resident-medical-insurance": catalog["resident-medical-insurance"]}
    terminal.opens("social-insurance-certificate")
    before = terminal.screen
    assert not terminal.journey.offer_matters(only)
    assert terminal.screen == before
    terminal.journey.go_home()
    assert terminal.journey.offer_matters(only)
    terminal.journey.start()
    assert [tile.id for tile in terminal.screen.tiles] == ["resident-medical-insurance"]


def test_the_list_that_is_up_shows_the_new_matters_at_once(terminal, catalog: dict[str, Matter]):
    terminal.journey.start()
    assert terminal.journey.offer_matters({})
    assert terminal.screen.tiles == ()


def test_another_patience_holds_from_then_on(terminal):
    terminal.journey.start()
    terminal.journey.follow_rules(20, 20, "0577-54321 (示例)")
    terminal.waits(19)
    assert terminal.page == "MatterList"
    assert not terminal.journey.view.idle.warning
    terminal.waits(22)
    assert terminal.page == "Attract"

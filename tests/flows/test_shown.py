"""What departments answer, as a person reads it."""

from datetime import date

from tests.catalogue.walks import walked, walks


def rows(matter: str, step: str, data: dict) -> dict[str, tuple[str, str]]:
    """By their Chinese label: the value in both languages."""
    walk = next(walk for walk in walks() if walk.matter == matter)

    visit = walked(walk, date(2026, 11, 23))
    asked = visit.matter.step(step)
    zh, en = (visit.lookup_rows(asked, {**asked.example, **data}, language) for language in ("zh", "en"))
    return {one.label: (one.value, other.value) for one, other in zip(zh, en, strict=True)}


def test_amounts_have_their_thousands_apart():
    shown = rows("housing-fund-balance", "account", {"balance": "91513.00", "monthly": "800.00"})
    assert shown["账户余额"] == ("91,513.00 元", "91,513.00 yuan")
    assert shown["每月缴存"] == ("800.00 元", "800.00 yuan")


def test_a_unit_stands_behind_a_number_and_not_behind_a_word():
    assert rows("traffic-violations", "found", {"count": 2})["没处理的违法"] == ("2 条", "2 in all")
    assert rows("traffic-violations", "found", {"count": 0})["没处理的违法"] == ("没有", "none")

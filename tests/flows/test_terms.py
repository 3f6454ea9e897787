"""The terms of a matter: what it costs, how long it takes, when it is open, in words and in further languages."""

from datetime import datetime

import pytest
from pydantic import ValidationError

from flows.handovers import handover_for, handover_text, things_of
from flows.shown_terms import fee_text, limits_text, terms_rows
from flows.terms import Fee, Limits, Window
from flows.text import LabelledValue, Text, joined
from tests.shipped import catalog

WORDS = Text(zh="示例", en="Sample")


@pytest.mark.parametrize(
    ("limits", "zh"),
    [
        (Limits(), None),
        (Limits(promised_days=0), "当场办结"),
        (Limits(promised_days=1), "承诺 1 个工作日"),
        (Limits(promised_days=5, legal_days=30), "承诺 5 个工作日，法定 30 个工作日"),
    ],
)
def test_only_a_limit_that_is_known_is_promised(limits, zh):
    said = limits_text(limits)
    assert (said.zh if said else None) == zh


def test_a_fee_has_its_amount_once_the_answers_tell_it():
    fee = Fee(text=Text(zh="每本 10 元", en="10 yuan each"), amount="copies.count * 1000")
    assert fee_text(fee, {"copies": {"count": 3}}).zh == "30.00 元（每本 10 元）"
    assert fee_text(fee, {"copies": None}).en == "10 yuan each"


def test_a_matter_says_nothing_of_terms_it_does_not_know(certificate):
    silent = certificate.model_copy(update={"limits": Limits(), "fee": None})
    assert list(terms_rows(silent, {})) == []
    known = certificate.model_copy(update={"limits": Limits(promised_days=0), "fee": Fee(text=WORDS)})
    assert [row.value.en for row in terms_rows(known, {})] == ["on the spot", "Sample"]


@pytest.mark.parametrize(
    ("rules", "inside", "outside"),
    [
        ({"months": [10, 11, 12]}, "2026-11-23 03:00", "2026-09-30 23:59"),
        ({"days": [1, 2, 3]}, "2026-11-03 12:00", "2026-11-04 12:00"),
        ({"weekdays": [1, 2, 3, 4, 5]}, "2026-11-23 12:00", "2026-11-22 12:00"),
        ({"hours": {"start": "08:30", "end": "17:00"}}, "2026-11-23 08:30", "2026-11-23 17:00"),
        ({"months": [11], "hours": {"start": "08:30", "end": "17:00"}}, "2026-11-23 16:59", "2026-12-23 16:59"),
    ],
)
def test_a_window_is_open_inside_all_that_restricts_it(rules, inside, outside):
    window = Window.model_validate({"text": WORDS} | rules)
    assert window.is_open(datetime.fromisoformat(inside))
    assert not window.is_open(datetime.fromisoformat(outside))


def test_a_text_falls_back_to_english_then_to_chinese():
    text = Text(zh="你好", en="Hello", it="Buongiorno")
    said = [text.in_language(language) for language in ("zh", "en", "it", "fr", "ar", "pt", "ja")]
    assert said == ["你好", "Hello", "Buongiorno", "Hello", "Hello", "Hello", "你好"]
    with pytest.raises(ValidationError, match="en"):
        Text.model_validate({"zh": "你好", "it": "Buongiorno"})


def test_languages_that_are_missing_leave_no_mark_in_what_is_signed():
    row = LabelledValue(label=WORDS, value=Text(zh="甲", en="A", fr="Un"))
    assert row.model_dump() == {
        "label": {"zh": "示例", "en": "Sample"},
        "value": {"zh": "甲", "en": "A", "fr": "Un"},
    }
    assert LabelledValue.model_validate_json(row.model_dump_json()) == row


def test_texts_are_joined_in_the_languages_all_of_them_have():
    whole = joined([Text(zh="甲", en="a", it="x", fr="y"), Text(zh="乙", en="b", it="z")])
    assert whole == Text(zh="甲、乙", en="a, b", it="x, z")


@pytest.mark.parametrize(
    ("want", "things"),
    [
        (["title", "household", "utilities"], ["title", "household"]),
        (["household"], ["household"]),
        (["utilities"], []),
    ],
)
def test_of_a_linked_matter_only_what_was_wanted_and_is_a_thing_is_collected(want, things):
    matter = catalog()["real-estate-household"]
    names = {"want": want}
    way = handover_for(matter, names)
    assert ([part.id for part in things_of(matter, way, names)] if way else []) == things


def test_what_the_department_brings_home_needs_no_code_and_names_no_address_of_the_citizen():
    way = handover_for(catalog()["senior-pass"], {"delivery": "home"})
    assert (way.needs_code, handover_text(way.by, way.at).zh) == (False, "送到：户口登记的地址")
    assert handover_for(catalog()["senior-pass"], {"delivery": "village"}).needs_code
    assert handover_for(catalog()["senior-pass"], {"delivery": "electronic"}) is None

"""The tables of sounds and of old characters are what their makers say, and spelling forgives what people mix up."""

import runpy
from pathlib import Path

import pytest

from flows.sounds import readings, spellings, syllables

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["sounds", "simplified"])
def test_the_table_is_what_its_maker_writes(name):
    made = runpy.run_path(str(ROOT / "setup" / f"{name}.py"))
    assert made["table"]() == (ROOT / "flows" / f"{name}.txt").read_text(encoding="utf-8")


def test_a_character_has_all_its_common_sounds():
    assert {"xing", "hang"} <= set(readings("行"))
    assert {"zhang", "chang"} <= set(readings("长"))
    assert readings("a") == readings("𠮷") == ()


def test_a_text_is_spelled_in_each_way_it_can_be_read():
    assert ("yinhang", "yh") in spellings("银行")
    assert spellings("a4 纸") == (("a4zhi", "a4z"),)


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("shebao", ("she", "bao")),
        ("xian", ("xian",)),
        ("woyaodayin", ("wo", "yao", "da", "yin")),
        ("shexbao", ("she", "bao")),
        ("", ()),
    ],
)
def test_letters_are_cut_into_syllables(letters, found):
    assert syllables(letters) == found

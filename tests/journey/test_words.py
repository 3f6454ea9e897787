"""The words for citizens: the same in both languages, none missing, none left over."""

import re
from pathlib import Path

import pytest

from kiosk.journey.words import WordsError, load_words

ROOT = Path(__file__).parents[2]
PLACES = re.compile(r"\{(\w+)\}")
NAMES = re.compile(r'"((?:[a-z]+\.)+[A-Za-z_]+)"')
STEMS = re.compile(r'f"((?:[a-z]+\.)+)\{')


def spoken_in_code():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kiosk" / "journey").rglob("*.py"))
    return set(NAMES.findall(text)), tuple(STEMS.findall(text))


def test_both_languages_have_the_same_names(words):
    assert words.by_language["zh"].keys() == words.by_language["en"].keys()


def test_both_languages_have_the_same_places_to_fill(words):
    for name, chinese in words.by_language["zh"].items():
        assert set(PLACES.findall(chinese)) == set(PLACES.findall(words.by_language["en"][name])), name


def test_no_word_is_left_over_and_none_is_missing(words):
    names, stems = spoken_in_code()
    known = words.by_language["zh"].keys()
    assert not [name for name in known if name not in names and not name.startswith(stems)]
    assert not [
        name for name in names if name not in known and any(key.startswith(name.split(".")[0]) for key in known)
    ]


def test_buttons_that_are_named_are_there(words):
    drawn = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kiosk" / "shell").rglob("*.qml"))
    labels = {*re.findall(r'qsTr\("([^"]+)"\)', drawn), *words.by_language["zh"].values()}
    named = {
        name for text in words.by_language["zh"].values() for name in re.findall("点[^“，。]{0,8}“([^”{]+)”", text)
    }
    assert len(named) > 10
    assert not [name for name in named if not any(name in label and len(label) < 20 for label in labels)]


def test_english_has_no_chinese(words):
    assert not [text for text in words.by_language["en"].values() if re.search(r"[一-鿿]", text)]


@pytest.mark.parametrize(
    ("chinese", "english", "said"),
    [
        ("a: {b: 字}", "a: {c: word}", "lacks the words 'a.b'"),
        ("a: b: c", "a: word", "zh.yaml:1: not valid YAML"),
        ("a: 3", "a: word", "'a' is not text"),
    ],
)
def test_broken_words_are_one_line(tmp_path, chinese, english, said):
    (tmp_path / "zh.yaml").write_text(chinese, encoding="utf-8")
    (tmp_path / "en.yaml").write_text(english, encoding="utf-8")
    with pytest.raises(WordsError) as caught:
        load_words(tmp_path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_absent_words_are_one_line(tmp_path):
    with pytest.raises(WordsError, match="cannot be read"):
        load_words(tmp_path)

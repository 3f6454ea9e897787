"""Records of all four layouts; what is odd is a warning, and no 256 bytes crash the parser."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.idcard.cards import CARDS, card_text
from devices.idcard.contract import CardKind, CardRecord
from devices.idcard.nations import NATIONS
from devices.idcard.records import IDEOGRAPHS, TEXT_SIZE, card_json, parse_record

TODAY = date(2026, 11, 23)


def sample(name: str) -> CardRecord:
    return parse_record(CARDS[name].text, CARDS[name].photo, TODAY)


def citizen(**changes: str) -> CardRecord:
    fields = {
        "name": "测试甲", "sex": "1", "nation_code": "01", "birth_date": "18990101", "number": "330381189901010015",
        "valid_from": "20200101", "valid_to": "长期",
    }  # fmt: skip
    return parse_record(card_text(CardKind.CITIZEN, **{**fields, **changes}), None, TODAY)


def test_a_citizens_card() -> None:
    card = sample("ceshijia")
    assert card == CardRecord(
        kind=CardKind.CITIZEN,
        name="测试甲",
        number="330381189901010015",
        sex="male",
        nation="汉",
        nation_code="01",
        birth_date=date(1899, 1, 1),
        address="浙江省瑞安市测试路1号",
        authority="瑞安市公安局",
        valid_from=date(2020, 1, 1),
        valid_to=None,
        photo_wlt=bytes(1024),
    )


def test_a_residence_permit_of_hong_kong_macao_and_taiwan() -> None:
    card = sample("hong_kong")
    assert (card.kind, card.nation, card.nation_code) == (CardKind.HMT_RESIDENT, None, None)
    assert (card.permit_number, card.issue_count) == ("H00000001", "01")
    assert card.valid_to == date(2099, 12, 31)
    assert card.warnings == ()


def test_a_foreigners_card_of_2017() -> None:
    card = sample("foreigner_2017")
    assert (card.kind, card.name, card.name_en) == (CardKind.FOREIGNER_2017, "测试庚", "TEST, PERSON SEVEN")
    assert (card.sex, card.number, card.country) == ("female", "ITA330093080900", "ITA")
    assert (card.birth_date, card.authority, card.address) == (date(1893, 8, 9), "1500", None)
    assert card.warnings == ()


def test_a_foreigners_card_of_2023_with_its_name_in_two_places() -> None:
    card = sample("foreigner_2023")
    assert (card.kind, card.name) == (CardKind.FOREIGNER_2023, "测试辛")
    assert card.name_en == "TEST, PERSON EIGHT WITH A VERY LONG NAME"
    assert (card.number, card.country, card.issue_count) == ("933380189209100012", "ITA", "01")
    assert card.warnings == ()


def test_a_foreigner_without_a_chinese_name_has_the_english_one() -> None:
    text = card_text(CardKind.FOREIGNER_2017, name_en="TEST, PERSON")
    assert parse_record(text, None, TODAY).name == "TEST, PERSON"


def test_a_long_name_and_address_of_a_nation() -> None:
    card = sample("ouyang")
    assert (card.name, card.nation) == ("欧阳测试·阿依古丽", "维吾尔")
    assert card.warnings == ()


@pytest.mark.parametrize("code", NATIONS)
def test_every_nation_has_its_name(code: str) -> None:
    assert citizen(nation_code=code).nation == NATIONS[code]


@pytest.mark.parametrize(
    ("card", "warning"),
    [
        ("expired", "valid_to: the card has expired"),
        ("unknown_nation", "nation: unknown code"),
        ("wrong_digit", "number: wrong check digit"),
    ],
)
def test_odd_cards_are_read_with_a_warning(card: str, warning: str) -> None:
    assert sample(card).warnings == (warning,)


def test_an_unknown_nation_is_shown_as_its_code() -> None:
    assert (sample("unknown_nation").nation, sample("unknown_nation").nation_code) == ("59", "59")


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"birth_date": "18990102"}, "mismatch: birth_date and number"),
        ({"sex": "2"}, "mismatch: sex and number"),
        ({"number": "810000189901010015"}, "mismatch: kind and number"),
        ({"valid_from": "20261124"}, "valid_from: the card is not valid yet"),
        ({"birth_date": "18990231"}, "birth_date: is not a date"),
        ({"birth_date": "１８９９０１０１"}, "birth_date: is not a date"),
        ({"birth_date": ""}, "birth_date: missing"),
        ({"valid_from": "2020010"}, "valid_from: is not a date"),
        ({"valid_to": "00000000"}, "valid_to: is not a date"),
        ({"number": "33038118990101001"}, "number: not 18 digits"),
        ({"number": ""}, "number: missing"),
        ({"sex": "7"}, "sex: unknown code"),
        ({"name": ""}, "name: missing"),
        ({"name": "测\uffff试"}, "name: control characters were left out"),
        ({"name": "测\x1b试"}, "name: control characters were left out"),
        ({"type_mark": "Q"}, "type mark: unknown, read as a citizen's card"),
    ],
)
def test_what_is_odd_is_said(changes: dict[str, str], warning: str) -> None:
    assert citizen(**changes).warnings == (warning,)


def test_a_card_that_ends_before_it_begins_contradicts_itself() -> None:
    expired, mismatch = citizen(valid_from="20200101", valid_to="20190101").warnings
    assert (expired, mismatch) == ("valid_to: the card has expired", "mismatch: valid_from and valid_to")


def test_a_broken_date_is_absent() -> None:
    assert citizen(birth_date="18990231").birth_date is None


def test_a_card_is_valid_on_its_last_day() -> None:
    assert citizen(valid_to="20261123").warnings == ()


def test_json_has_the_published_shape() -> None:
    values = card_json(sample("expired"))
    assert list(values) == [
        "kind", "name", "name_en", "sex", "nation", "nation_code", "birth_date", "address", "number", "authority",
        "valid_from", "valid_to", "issue_count", "permit_number", "country", "newest_address", "photo", "warnings",
    ]  # fmt: skip
    assert (values["valid_to"], values["name_en"]) == ("2010-01-01", None)
    assert values["photo"] == {"wlt_sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"}


marks = st.sampled_from(["", " ", "J", "I", "Y", "Q"])


@given(st.binary(min_size=TEXT_SIZE, max_size=TEXT_SIZE), marks)
def test_no_bytes_crash_it(raw: bytes, mark: str) -> None:
    text = raw[:248] + mark.encode("utf-16-le") + raw[248 + 2 * len(mark) :]
    card = parse_record(text, None, TODAY)
    for character in card.name + card.number + (card.address or ""):
        rare = unicodedata.category(character) == "Co" or ord(character) in IDEOGRAPHS
        assert character.isprintable() or rare
    assert card_json(card)["kind"] in set(CardKind)


@given(st.binary(max_size=600).filter(lambda raw: len(raw) != TEXT_SIZE))
def test_another_size_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError, match="256 bytes"):
        parse_record(raw, None, TODAY)

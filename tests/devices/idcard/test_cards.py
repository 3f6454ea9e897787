"""The sample cards: every one reads to what the published table says, and nobody alive is on one."""

from pathlib import Path

import pytest

from devices.idcard.cards import CARDS, load_card
from devices.idcard.cards_table import READ_ON, main, table
from devices.idcard.contract import CardKind
from devices.idcard.records import parse_record


def test_every_card_is_a_line_of_the_table() -> None:
    lines = table().splitlines()
    assert len(lines) == len(CARDS) + 2
    assert all(line.count("|") == lines[0].count("|") for line in lines)


def test_the_four_layouts_are_there() -> None:
    kinds = {parse_record(card.text, card.photo, READ_ON).kind for card in CARDS.values()}
    assert kinds == set(CardKind)


@pytest.mark.parametrize("name", CARDS)
def test_nobody_on_a_card_was_born_after_1900(name: str) -> None:
    born = parse_record(CARDS[name].text, None, READ_ON).birth_date
    assert born is not None
    assert born.year < 1900


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("private_use", ("name: has a character of the police's own set; compare it with the card",)),
        ("no_nation", ("nation: missing",)),
        ("not_yet_valid", ("valid_from: the card is not valid yet",)),
        ("wrong_birth_date", ("mismatch: birth_date and number",)),
        ("wrong_sex", ("mismatch: sex and number",)),
        ("taiwan", ()),
        ("rare_name", ()),
        ("beyond_bmp", ()),
        ("foreigner_long_name", ()),
    ],
)
def test_what_is_odd_about_a_card_is_a_warning(name: str, warnings: tuple[str, ...]) -> None:
    assert parse_record(CARDS[name].text, None, READ_ON).warnings == warnings


def test_rare_characters_of_every_kind_are_read_as_they_are() -> None:
    names = {card: parse_record(CARDS[card].text, None, READ_ON).name for card in CARDS}
    assert names["rare_name"] == "测试㛃镕"
    assert names["beyond_bmp"] == "测试𬱖𣚣"
    assert names["private_use"] == "测试\ue4c6"


def test_a_foreigners_name_fills_both_places() -> None:
    record = parse_record(CARDS["foreigner_long_name"].text, None, READ_ON)
    assert record.name == record.name_en == "TEST, PERSON NINE WITH A NAME IN BOTH PLACES X"


def test_a_document_is_checked_for_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "devices.md"
    document.write_text(f"# Devices\n\n{table()}\nMore.\n", encoding="utf-8")
    assert main(["--check", str(document)]) == 0
    document.write_text("# Devices\n", encoding="utf-8")
    assert main(["--check", str(document)]) == 1
    assert "devices.idcard.cards_table" in capsys.readouterr().err


def test_a_file_that_is_no_card_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "card"
    file.write_bytes(bytes(300))
    with pytest.raises(ValueError, match="300 bytes"):
        load_card(str(file))

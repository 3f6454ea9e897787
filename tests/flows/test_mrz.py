"""Machine-readable zones: ICAO's own specimens, check digits, centuries, and whatever else comes in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.mrz import MrzRefused, check_digit, parse_mrz, split_lines

TODAY = date(2026, 11, 24)
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")  # Doc 9303-4
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")  # Doc 9303-6
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")  # 9303-5


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", "6"), ("740812", "2"), ("120415", "9")])
def test_the_specimens_check_digits(field: str, digit: str) -> None:
    assert check_digit(field) == digit


@pytest.mark.parametrize(("lines", "kind"), [(TD3, "TD3"), (TD2, "TD2"), (TD1, "TD1")])
@pytest.mark.parametrize("between", [" ", "\r\n", ""])
def test_the_specimens_are_read_however_their_lines_are_kept_apart(
    lines: tuple[str, ...], kind: str, between: str
) -> None:
    record = parse_mrz(between.join(lines), TODAY)
    assert (record.format, record.surname, record.given_names) == (kind, "ERIKSSON", "ANNA MARIA")
    assert (record.birth, record.sex, record.expiry) == (date(1974, 8, 12), "F", date(2012, 4, 15))
    assert (record.issuer, record.nationality) == ("UTO", "UTO")
    assert record.number == ("L898902C3" if kind == "TD3" else "D23145890")
    assert record.valid


@pytest.mark.parametrize(
    ("place", "wrong"),
    [(0, ("number", "composite")), (14, ("birth", "composite")), (22, ("expiry", "composite")), (43, ("composite",))],
)
def test_a_character_read_wrong_is_named(place: int, wrong: tuple[str, ...]) -> None:
    other = "M" if place == 0 else "1" if TD3[1][place] != "1" else "2"
    second = TD3[1][:place] + other + TD3[1][place + 1 :]
    assert parse_mrz(f"{TD3[0]} {second}", TODAY).wrong == wrong


def test_nobody_is_born_after_today() -> None:
    second = TD3[1][:13] + "261125" + TD3[1][19:]
    assert parse_mrz(f"{TD3[0]} {second}", TODAY).birth == date(1926, 11, 25)


def test_what_is_no_zone_is_refused_without_being_repeated() -> None:
    for text in ("", "330381189901010015", "A" * 44, "p" * 5000, TD3[0], f"{TD3[0]} {TD1[0]}", "<" * 88):
        with pytest.raises(MrzRefused) as refusal:
            parse_mrz(text, TODAY)
        assert "3303" not in str(refusal.value)


@given(st.text(max_size=200) | st.text("ABC019<", min_size=88, max_size=90))
def test_whatever_comes_in_is_a_record_or_refused(text: str) -> None:
    try:
        record = parse_mrz(text, TODAY)
    except MrzRefused:
        with pytest.raises(MrzRefused):
            split_lines(text)
        return
    assert record.birth is None or record.birth <= TODAY

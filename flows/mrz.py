"""The machine-readable zone of travel documents (ICAO Doc 9303 parts 3 to 6): TD1, TD2 and TD3, with check digits.

Our own, since the PyPI library `mrz` is GPL-3 and this project is Apache-2.0 (docs/decisions/0005-own-mrz.md).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

FORMATS = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}  # (lines, characters a line); part 5, 6, 4
SIZES = {lines * length: (lines, length) for lines, length in FORMATS}
WEIGHTS = (7, 3, 1)  # part 3, 4.9
LONGEST = 4 * 44  # characters of anything still looked at

Sex = Literal["F", "M", ""]


class MrzRefused(ValueError):
    """Not a machine-readable zone; the text says why and never holds what was read."""


@dataclass(frozen=True)
class Mrz:
    """`surname` and `given_names` as transliterated, words apart by a space; `sex` is empty where unstated.

    A date is None where it is unknown (`<`) or no date; `wrong` names the fields whose check digit does not fit:
    number, birth, expiry, optional, composite. A record with a wrong digit was read wrong, or made up.
    """

    format: Literal["TD1", "TD2", "TD3"]
    document: str  # P, PP, I, AC, …
    issuer: str  # ISO 3166-1 alpha-3, or D
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: date | None
    sex: Sex
    expiry: date | None
    optional: str
    wrong: tuple[str, ...]

    @property
    def valid(self) -> bool:
        return not self.wrong


@dataclass(frozen=True)
class _Fields:
    """One format's fields as they stand in the zone, fillers and all; `composite` is what its last digit covers."""

    document: str
    issuer: str
    names: str
    number: str
    number_digit: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    optional: str
    composite: str
    composite_digit: str
    optional_digit: str | None = None  # TD3 only


def check_digit(field: str) -> str:
    """Digits count as themselves, A to Z as 10 to 35, `<` as 0; weights 7, 3, 1; modulo 10 (part 3, 4.9)."""
    return str(sum(_worth(character) * WEIGHTS[place % 3] for place, character in enumerate(field)) % 10)


def split_lines(text: str) -> tuple[str, ...]:
    """The lines, upper case, however they were sent: apart by spaces or line ends, or run together."""
    if len(text) > LONGEST:
        raise MrzRefused("too long for a machine-readable zone")
    upper = text.upper()
    lines = tuple(upper.split()) if re.search(r"\s", upper.strip()) else _cut(upper.strip())
    if len({len(line) for line in lines}) != 1 or (len(lines), len(lines[0])) not in FORMATS:
        raise MrzRefused("not 2 lines of 44 or 36 characters, nor 3 of 30")
    if not re.fullmatch("[0-9A-Z<]+", "".join(lines)):
        raise MrzRefused("holds characters other than 0 to 9, A to Z and <")
    if not "A" <= lines[0][0] <= "Z":
        raise MrzRefused("does not begin with a document code")
    return lines


def parse_mrz(text: str, today: date) -> Mrz:
    """`today` decides the century: nobody is born after it, and no document runs out 50 years before it or later.

    Raises MrzRefused. Wrong check digits do not raise, they are named in `wrong`.
    """
    lines = split_lines(text)
    kind = FORMATS[len(lines), len(lines[0])]
    fields = _td1(*lines) if kind == "TD1" else _td2(*lines) if kind == "TD2" else _td3(*lines)
    surname, given = _names(fields.names)
    number, wrong_number = _number(fields, kind)
    return Mrz(
        format=kind,  # type: ignore[arg-type]
        document=fields.document.rstrip("<"),
        issuer=fields.issuer.rstrip("<"),
        surname=surname,
        given_names=given,
        number=number,
        nationality=fields.nationality.rstrip("<"),
        birth=_birth(fields.birth[:6], today),
        sex="F" if fields.sex == "F" else "M" if fields.sex == "M" else "",
        expiry=_expiry(fields.expiry[:6], today),
        optional=_words(fields.optional if number == fields.number.rstrip("<") else ""),
        wrong=("number",) * wrong_number + _wrong(fields),
    )


def _worth(character: str) -> int:
    return 0 if character == "<" else int(character, 36)


def _cut(run_together: str) -> tuple[str, ...]:
    lines, length = SIZES.get(len(run_together), (1, len(run_together)))
    return tuple(run_together[place * length : (place + 1) * length] for place in range(lines))


def _td1(first: str, second: str, third: str) -> _Fields:
    """Part 5, 4.2: identity cards."""
    return _Fields(
        document=first[0:2],
        issuer=first[2:5],
        number=first[5:14],
        number_digit=first[14],
        names=third,
        nationality=second[15:18],
        birth=second[0:7],
        sex=second[7],
        expiry=second[8:15],
        optional=first[15:30] + second[18:29],
        composite=first[5:30] + second[0:7] + second[8:15] + second[18:29],
        composite_digit=second[29],
    )


def _td2(first: str, second: str) -> _Fields:
    """Part 6, 4.2."""
    return _two_lines(
        first,
        second,
        optional=second[28:35],
        composite=second[0:10] + second[13:20] + second[21:35],
        composite_digit=second[35],
    )


def _td3(first: str, second: str) -> _Fields:
    """Part 4, 4.2: passports."""
    return _two_lines(
        first,
        second,
        optional=second[28:42],
        optional_digit=second[42],
        composite=second[0:10] + second[13:20] + second[21:43],
        composite_digit=second[43],
    )


def _two_lines(first: str, second: str, **end_of_second: str) -> _Fields:
    """TD2 and TD3 are alike up to the date of expiry."""
    return _Fields(
        document=first[0:2],
        issuer=first[2:5],
        names=first[5:],
        number=second[0:9],
        number_digit=second[9],
        nationality=second[10:13],
        birth=second[13:20],
        sex=second[20],
        expiry=second[21:28],
        **end_of_second,
    )


def _names(field: str) -> tuple[str, str]:
    surname, _, given = field.partition("<<")
    return _words(surname), _words(given)


def _words(field: str) -> str:
    return " ".join(field.replace("<", " ").split())


def _number(fields: _Fields, kind: str) -> tuple[str, bool]:
    """The number, and whether its digit is wrong. One of more than nine characters goes on in the optional data, its
    own digit behind it, where a filler stands for the digit (TD1 and TD2; part 5 and 6, 4.2.2, note on long numbers).
    """
    if kind != "TD3" and fields.number_digit == "<" and fields.optional.strip("<"):
        rest = re.split("<", fields.optional)[0]
        if len(rest) > 1:
            whole = fields.number + rest[:-1]
            return whole.rstrip("<"), check_digit(whole) != rest[-1]
    return fields.number.rstrip("<"), check_digit(fields.number) != fields.number_digit


def _wrong(fields: _Fields) -> tuple[str, ...]:
    """An unused optional field may have a filler for its digit (part 4, 4.2.2)."""
    optional = fields.optional_digit
    if optional == "<" and not fields.optional.strip("<"):
        optional = "0"
    judged = {
        "birth": check_digit(fields.birth[:6]) == fields.birth[6],
        "expiry": check_digit(fields.expiry[:6]) == fields.expiry[6],
        "optional": optional is None or check_digit(fields.optional) == optional,
        "composite": check_digit(fields.composite) == fields.composite_digit,
    }
    return tuple(name for name, fits in judged.items() if not fits)


def _birth(digits: str, today: date) -> date | None:
    born = _date(digits, today.year // 100 * 100)
    return _date(digits, today.year // 100 * 100 - 100) if born is None or born > today else born


def _expiry(digits: str, today: date) -> date | None:
    """Of the centuries around `today` the one that puts it nearest."""
    centuries = (today.year // 100 * 100 + shift for shift in (-100, 0, 100))
    dates = [found for century in centuries if (found := _date(digits, century)) is not None]
    return min(dates, key=lambda found: abs(found - today), default=None)


def _date(digits: str, century: int) -> date | None:
    if not re.fullmatch("[0-9]{6}", digits):
        return None
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None

"""Field types: what a person typed becomes the canonical value, or a problem in words that say how to put it right."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field as Bounds
from stdnum.cn import ric
from stdnum.exceptions import ValidationError as NumberRefused

from flows.text import Frozen, Text

FieldType = Literal["text", "name", "address", "id_number", "mobile", "month", "year", "choice"]
Keyboard = Literal["digits", "idNumber", "latin", "chinese", "choice", "month"]
KEYBOARDS: Mapping[FieldType, Keyboard] = {
    "text": "chinese",
    "name": "chinese",
    "address": "chinese",
    "id_number": "idNumber",
    "mobile": "digits",
    "month": "month",
    "year": "digits",
    "choice": "choice",
}
_GAPS = re.compile(r"[\s\-‐-―·.]+")
_HAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U000323af]")


@dataclass(frozen=True)
class FieldProblem:
    """`field` is empty when the whole answer is meant."""

    code: str
    words: Text
    field: str = ""


class Choice(Frozen):
    """One of several answers; `id` is what is stored."""

    id: str
    label: Text
    detail: Text | None = None


class Field(Frozen):
    """One question of a form. `default` is CEL and fills the field in; `max_length` counts characters."""

    id: str
    type: FieldType
    label: Text
    hint: Text | None = None
    optional: bool = False
    masked: bool = False
    default: str | None = None
    options: tuple[Choice, ...] = ()
    max_length: Annotated[int, Bounds(ge=1, le=200)] = 100

    @property
    def keyboard(self) -> Keyboard:
        return KEYBOARDS[self.type]


def parse(raw: str, field: Field) -> str | FieldProblem:
    """The canonical value ("" for an optional field left out); spaces, hyphens and full-width forms are accepted."""
    text = " ".join(unicodedata.normalize("NFKC", raw).split())
    if not text:
        return "" if field.optional else _problem("empty", f"请填写{field.label.zh}", f"Enter: {field.label.en}")
    if field.type == "choice":
        return _choice(text, field)
    result = _PARSERS[field.type](text)
    if isinstance(result, str) and len(result) > field.max_length:
        return _problem(
            "tooLong",
            f"太长了：最多 {field.max_length} 个字，现在有 {len(result)} 个",
            f"Too long: at most {field.max_length} characters, this has {len(result)}",
        )
    return result


def _problem(code: str, zh: str, en: str) -> FieldProblem:
    return FieldProblem(code, Text(zh=zh, en=en))


def _choice(text: str, field: Field) -> str | FieldProblem:
    if any(option.id == text for option in field.options):
        return text
    return _problem("notOffered", f"请选择一项：{field.label.zh}", f"Choose one: {field.label.en}")


def _text(text: str) -> str | FieldProblem:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in text):
        return _problem(
            "characters", "有无法识别的字符，请重新填写", "There are characters we cannot read: enter it again"
        )
    return text


def _name(text: str) -> str | FieldProblem:
    if any(character.isdigit() for character in text):
        return _problem(
            "digits", "姓名里不能有数字，请按证件上的姓名填写", "A name has no digits: write it as on the card"
        )
    return _text(text)


def _address(text: str) -> str | FieldProblem:
    if len(_GAPS.sub("", text)) < 5:
        return _problem(
            "tooShort",
            "地址太短，请写到门牌号，例如：浙江省瑞安市测试路1号",
            "The address is too short: write it down to the house number",
        )
    if not _HAN.search(text) and not any(character.isalpha() for character in text):
        return _problem(
            "noWords", "地址里没有文字，请写明街道和门牌号", "Write the street and the house number in words"
        )
    return _text(text)


def _digits_or_problem(text: str) -> str | FieldProblem:
    digits = _GAPS.sub("", text)
    if digits.isascii() and digits.isdigit():
        return digits
    return _problem("notDigits", "只能填数字，请检查是否有字母", "Only digits here: check for letters")


def _mobile(text: str) -> str | FieldProblem:
    digits = _digits_or_problem(text.removeprefix("+86"))
    if isinstance(digits, FieldProblem):
        return digits
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) != 11:
        return _problem(
            "length",
            f"手机号是 11 位，现在是 {len(digits)} 位，请再数一遍",
            f"A mobile number has 11 digits, this has {len(digits)}: count again",
        )
    if not re.match(r"1[3-9]", digits):
        return _problem(
            "start", "手机号以 13 到 19 开头，请检查前两位", "A mobile number starts with 13 to 19: check it"
        )
    return digits


def _id_number(text: str) -> str | FieldProblem:
    number = _GAPS.sub("", text).upper()
    if len(number) != 18:
        return _problem(
            "length",
            f"身份证号是 18 位，现在是 {len(number)} 位，请再数一遍",
            f"An ID number has 18 characters, this has {len(number)}: count again",
        )
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return _problem(
            "characters",
            "身份证号前 17 位是数字，最后一位是数字或 X",
            "An ID number is 17 digits, then a digit or X",
        )
    try:  # not ric.validate: it refuses places that today's table lacks, and retired places stay valid
        ric.get_birth_date(number)
    except (NumberRefused, ValueError):
        return _problem(
            "birth", "第 7 到 14 位不是有效的出生日期，请核对", "Digits 7 to 14 are no date of birth: check them"
        )
    if ric.calc_check_digit(number) != number[-1]:
        return _problem(
            "check", "有一位不对，请对照身份证逐位核对", "One of the digits is wrong: compare it with the card"
        )
    return number


def _month(text: str) -> str | FieldProblem:
    match = re.fullmatch(r"(\d{4})\s*[年/.\-]?\s*(\d{1,2})\s*月?", text)
    if not match:
        return _problem("month", "请填年和月，例如 2026-03", "Enter the year and the month, such as 2026-03")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return _problem("month", f"没有 {month} 月，请填 1 到 12", f"There is no month {month}: enter 1 to 12")
    if not 1949 <= year <= 2199:
        return _problem("year", f"请检查年份 {year}", f"Check the year {year}")
    return f"{year:04}-{month:02}"


def _year(text: str) -> str | FieldProblem:
    digits = _digits_or_problem(text.removesuffix("年"))
    if isinstance(digits, FieldProblem):
        return digits
    if len(digits) != 4 or not 1949 <= int(digits) <= 2199:
        return _problem("year", "请填四位数的年份，例如 2026", "Enter the year with four digits, such as 2026")
    return digits


_PARSERS: Mapping[FieldType, Callable[[str], str | FieldProblem]] = {
    "text": _text,
    "name": _name,
    "address": _address,
    "id_number": _id_number,
    "mobile": _mobile,
    "month": _month,
    "year": _year,
}

"""Numbers that people and things have: ID numbers, credit codes, passports, bank cards, projects, titles."""

import re
from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError as NumberRefused

from flows.field_types.kind import FieldProblem, Kind, compact, of_length, problem
from flows.field_types.vehicles import PROVINCES
from flows.mrz import MrzRefused, parse_mrz, split_lines
from flows.text import Text

_ANY_DAY = date(2026, 1, 1)  # the century of a date does not change a check digit
_USCC = "0-9A-HJ-NPQRTUWXY"
_PROJECT = (
    4,
    6,
    2,
    2,
    6,
)  # GB/T 40058: time, region, department, type, random with a check whose rule is not known here
_TITLE = re.compile(rf"([{PROVINCES}])\((\d{{4}})\)(\w{{2,20}}?不动产(?:权|证明)第)(\d{{5,9}})号")


def _wrong_length(zh: str, en: str, length: int, has: int) -> FieldProblem:
    return problem(
        "length",
        f"{zh}是 {length} 位，现在是 {has} 位，请再数一遍",
        f"{en} has {length} characters, this has {has}: count again",
    )


def _id_number(text: str) -> str | FieldProblem:
    number = compact(text)
    if len(number) != 18:
        return _wrong_length("身份证号", "An ID number", 18, len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return problem(
            "characters",
            "身份证号前 17 位是数字，最后一位是数字或 X",
            "An ID number is 17 digits, then a digit or X",
        )
    try:  # not ric.validate: it refuses places that today's table lacks, and retired places stay valid
        ric.get_birth_date(number)
    except (NumberRefused, ValueError):
        return problem(
            "birth", "第 7 到 14 位不是有效的出生日期，请核对", "Digits 7 to 14 are no date of birth: check them"
        )
    if ric.calc_check_digit(number) != number[-1]:
        return problem(
            "check", "有一位不对，请对照身份证逐位核对", "One of the digits is wrong: compare it with the card"
        )
    return number


def _early_id_number(text: str) -> FieldProblem | None:
    number = compact(text)
    found = _early_18(text)
    if found is None and "X" in number[:17]:
        return problem("characters", "X 只能是最后一位", "X can only be the last character")
    if found is None and 14 <= len(number) < 18 and not _is_day(number[6:14]):
        return problem(
            "birth", "第 7 到 14 位不是有效的出生日期，请核对", "Digits 7 to 14 are no date of birth: check them"
        )
    return found


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


_early_18 = of_length(_id_number, 18, "[0-9X]", Text(zh="身份证号", en="an ID number"))


def _credit_code(text: str) -> str | FieldProblem:
    """Not uscc.validate: it refuses codes that begin with a letter, and there are such registers (GB 32100/XG1)."""
    code = compact(text)
    if len(code) != 18:
        return _wrong_length("统一社会信用代码", "A social credit code", 18, len(code))
    if not re.fullmatch(f"[{_USCC}]{{18}}", code):
        return problem(
            "characters",
            "统一社会信用代码只有数字和大写字母，没有 I、O、Z、S、V",
            "A social credit code has digits and letters, but no I, O, Z, S, V",
        )
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        return problem(
            "check", "有一位不对，请对照营业执照逐位核对", "One character is wrong: compare it with the licence"
        )
    return code


def _passport(text: str) -> str | FieldProblem:
    number = compact(text)
    if not re.fullmatch("[0-9A-Z]*", number):
        return problem("characters", "护照号码只有字母和数字", "A passport number has only letters and digits")
    if not 5 <= len(number) <= 12 or not any(character.isdigit() for character in number):
        return problem(
            "shape",
            "护照号码一般是 9 位，例如 E12345678，请对照护照核对",
            "A passport number mostly has 9 characters, such as E12345678: compare it with the passport",
        )
    return number


def _early_passport(text: str) -> FieldProblem | None:
    number = compact(text)
    if not re.fullmatch("[0-9A-Z]{0,12}", number):
        found = _passport(text)
        return found if isinstance(found, FieldProblem) else None
    return None


def _zone(text: str) -> str | FieldProblem:
    try:
        wrong = parse_mrz(text, _ANY_DAY).wrong
    except MrzRefused:
        return problem(
            "shape",
            "请完整填写护照资料页最下面的两行，每行 44 个字符，空位写作 <",
            "Enter both lines at the foot of the passport's page, 44 characters each, gaps as <",
        )
    if wrong:
        return problem(
            "check", "有一个字符不对，请对照护照逐个核对", "One character is wrong: compare it with the passport"
        )
    return " ".join(split_lines(text))


def _bank_card(text: str) -> str | FieldProblem:
    number = compact(text)
    if not re.fullmatch("[0-9]*", number):
        return problem("notDigits", "银行卡号只有数字", "A bank card number has only digits")
    if not 15 <= len(number) <= 19:
        return problem(
            "length",
            f"银行卡号是 16 到 19 位，现在是 {len(number)} 位，请再数一遍",
            f"A bank card number has 16 to 19 digits, this has {len(number)}: count again",
        )
    if not luhn.is_valid(number):
        return problem("check", "有一位不对，请对照银行卡逐位核对", "One digit is wrong: compare it with the bank card")
    return number


def _early_bank_card(text: str) -> FieldProblem | None:
    number = compact(text)
    if not re.fullmatch("[0-9]*", number) or len(number) >= 19:
        found = _bank_card(text)
        return found if isinstance(found, FieldProblem) else None
    return None


def in_fours(value: object) -> Text:
    """6222 0200 1234 5678, as it stands on the card."""
    grouped = " ".join(re.findall(".{1,4}", str(value)))
    return Text(zh=grouped, en=grouped)


def _project_code(text: str) -> str | FieldProblem:
    code = compact(text)
    if len(code) != sum(_PROJECT):
        return problem(
            "length",
            f"项目代码连横线 24 位（20 位数字），现在有 {len(code)} 位数字，请再数一遍",
            f"A project code has 20 digits and four hyphens, this has {len(code)} digits: count again",
        )
    if not re.fullmatch("[0-9]{19}[0-9A-Z]", code):
        return problem("characters", "项目代码只有数字，请检查", "A project code has only digits: check it")
    ends = [sum(_PROJECT[: place + 1]) for place in range(len(_PROJECT))]
    return "-".join(code[end - size : end] for end, size in zip(ends, _PROJECT, strict=True))


def _title(text: str) -> str | FieldProblem:
    match = _TITLE.fullmatch("".join(text.split()))
    if not match:
        return problem(
            "shape",
            "请照证书第一页填写，例如：浙(2020)瑞安市不动产权第0012345号",
            "Write it as on the first page, such as 浙(2020)瑞安市不动产权第0012345号",
        )
    return f"{match[1]}({match[2]}){match[3]}{match[4]}号"


def _hint(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


ID_NUMBER = Kind("idNumber", _id_number, "330381189901010015", early=_early_id_number)
CREDIT_CODE = Kind(
    "code",
    _credit_code,
    "91110000600037341L",
    early=of_length(_credit_code, 18, f"[{_USCC}]", Text(zh="统一社会信用代码", en="a social credit code")),
    format_hint=_hint("18 位，在营业执照上", "18 characters, on the business licence"),
)
PASSPORT = Kind("code", _passport, "E12345678", early=_early_passport)
ZONE = Kind(
    "code",
    _zone,
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    format_hint=_hint("护照资料页最下面两行", "The two lines at the foot of the passport's page"),
)
BANK_CARD = Kind(
    "digits", _bank_card, "6222020000000000000", early=_early_bank_card, shown=in_fours,
    format_hint=_hint("16 到 19 位数字", "16 to 19 digits"),
)  # fmt: skip
PROJECT_CODE = Kind(
    "code",
    _project_code,
    "2026-330381-04-01-000001",
    early=of_length(_project_code, 20, "[0-9A-Z]", Text(zh="项目代码", en="a project code")),
    format_hint=_hint("24 位，例如 2026-330381-04-01-000001", "24 characters, such as 2026-330381-04-01-000001"),
)
TITLE = Kind(
    "chinese",
    _title,
    "浙(2020)瑞安市不动产权第0012345号",
    format_hint=_hint("例如 浙(2020)瑞安市不动产权第0012345号", "Such as 浙(2020)瑞安市不动产权第0012345号"),
)

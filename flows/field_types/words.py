"""Words: free text, names, addresses."""

import re
import unicodedata

from flows.field_types.kind import GAPS, FieldProblem, Kind, problem

_HAN = re.compile(r"[㐀-䶿一-鿿\U00020000-\U000323af]")


def _text(text: str) -> str | FieldProblem:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in text):
        return problem(
            "characters", "有无法识别的字符，请重新填写", "There are characters we cannot read: enter it again"
        )
    return text


def _name(text: str) -> str | FieldProblem:
    if any(character.isdigit() for character in text):
        return problem(
            "digits", "姓名里不能有数字，请按证件上的姓名填写", "A name has no digits: write it as on the card"
        )
    return _text(text)


def _address(text: str) -> str | FieldProblem:
    if len(GAPS.sub("", text)) < 5:
        return problem(
            "tooShort",
            "地址太短，请写到门牌号，例如：浙江省瑞安市测试路1号",
            "The address is too short: write it down to the house number",
        )
    if not _HAN.search(text) and not any(character.isalpha() for character in text):
        return problem(
            "noWords", "地址里没有文字，请写明街道和门牌号", "Write the street and the house number in words"
        )
    return _text(text)


def _wrong(result: str | FieldProblem) -> FieldProblem | None:
    return result if isinstance(result, FieldProblem) else None


TEXT = Kind("chinese", _text, "示例", early=lambda text: _wrong(_text(text)))
NAME = Kind("chinese", _name, "测试甲", early=lambda text: _wrong(_name(text)))
ADDRESS = Kind("chinese", _address, "浙江省瑞安市测试路1号", early=lambda text: _wrong(_text(text)))

"""Vehicles: number plates and the end of the VIN."""

import re

from flows.field_types.kind import FieldProblem, Kind, compact, of_length, problem
from flows.text import Text

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SERIAL = "0-9A-HJ-NP-Z"  # no I and no O
_CITY = "A-HJ-NP-Z"
_LAST = "挂学警港澳使领"
_ELECTRIC = "DFABCEGHJK"  # the first two are the usual ones: pure electric, other
_ORDINARY = re.compile(f"[{PROVINCES}][{_CITY}][{_SERIAL}]{{4}}[{_SERIAL}{_LAST}]")
_NEW_ENERGY = re.compile(
    f"[{PROVINCES}][{_CITY}](?:[{_ELECTRIC}][{_SERIAL}][0-9]{{4}}|[0-9]{{5}}[{_ELECTRIC}])"  # small and large cars
)
_PLACES = (f"[{PROVINCES}]", f"[{_CITY}]", *[f"[{_SERIAL}]"] * 4, f"[{_SERIAL}{_LAST}]", f"[{_SERIAL}]")


def _plate(text: str) -> str | FieldProblem:
    plate = compact(text)
    found = _early_plate(text)
    if found:
        return found
    if len(plate) < 7:
        return problem(
            "length",
            f"普通车牌 7 位、新能源车牌 8 位，现在是 {len(plate)} 位，请再数一遍",
            f"A plate has 7 characters, of a new-energy car 8; this has {len(plate)}: count again",
        )
    pattern = _ORDINARY if len(plate) == 7 else _NEW_ENERGY
    if not pattern.fullmatch(plate):
        return problem(
            "shape",
            "这不像一个车牌号，请对照行驶证核对（8 位的是新能源车牌）",
            "This is no plate number: compare it with the vehicle licence (8 characters are a new-energy plate)",
        )
    return plate


def _early_plate(text: str) -> FieldProblem | None:
    plate = compact(text)
    if len(plate) > len(_PLACES):
        return problem("length", "车牌号最多 8 位", "A plate has at most 8 characters")
    for place, character in enumerate(plate):
        if re.fullmatch(_PLACES[place], character):
            continue
        if place == 0:
            return problem("province", "车牌第一位是省份简称，例如“浙”", "A plate begins with a province, such as 浙")
        if character in "IO":
            return problem(
                "characters", "车牌里没有字母 I 和 O，请看看是不是 1 和 0", "Plates have no I and no O: is it 1 or 0?"
            )
        return problem(
            "characters",
            f"车牌第 {place + 1} 位不能是“{character}”",
            f"Character {place + 1} of a plate cannot be “{character}”",
        )
    return None


def _vin_end(text: str) -> str | FieldProblem:
    code = compact(text)
    if len(code) != 6:
        return problem(
            "length",
            f"请填车架号的最后 6 位，现在是 {len(code)} 位",
            f"Enter the last 6 characters of the VIN; this has {len(code)}",
        )
    if not re.fullmatch("[0-9A-HJ-NPR-Z]{2}[0-9]{4}", code):
        return problem(
            "characters",
            "车架号最后 4 位是数字，没有字母 I、O、Q，请对照行驶证核对",
            "A VIN ends in 4 digits and has no I, O, Q: compare it with the vehicle licence",
        )
    return code


PLATE = Kind(
    "plate",
    _plate,
    "浙C12345",
    early=_early_plate,
    format_hint=Text(zh="例如 浙C12345；新能源车 8 位", en="Such as 浙C12345; 8 characters for new-energy cars"),
)
VIN_END = Kind(
    "code",
    _vin_end,
    "123456",
    early=of_length(_vin_end, 6, "[0-9A-HJ-NPR-Z]", Text(zh="车架号", en="a VIN")),
    format_hint=Text(zh="车架号（VIN）最后 6 位，在行驶证上", en="The last 6 of the VIN, on the vehicle licence"),
)

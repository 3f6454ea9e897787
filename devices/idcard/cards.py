"""Sample cards for the virtual reader; people born before 1900, so that no number belongs to anyone living."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.idcard.contract import CardKind as Kind
from devices.idcard.payload import PRINT_SIZE
from devices.idcard.records import (
    ADDRESS_SIZE,
    LAYOUTS,
    NAME_EN_OVERFLOW,
    PHOTO_SIZE,
    TEXT_SIZE,
    TYPE_MARK,
    VALID_FROM,
    VALID_TO,
)

MARKS = {Kind.CITIZEN: " ", Kind.HMT_RESIDENT: "J", Kind.FOREIGNER_2017: "I", Kind.FOREIGNER_2023: "Y"}


@dataclass(frozen=True)
class Card:
    """What a card's chip holds: 256 bytes of text, 1024 of WLT photo, 1024 of fingerprints or none."""

    text: bytes
    photo: bytes = bytes(PHOTO_SIZE)
    fingerprint: bytes = b""
    newest_address: bytes | None = None


def card_text(kind: Kind, **fields: str) -> bytes:
    """Lays fields out as `LAYOUTS[kind]` has them, besides `valid_from` and `valid_to`; the rest is spaces."""
    text = bytearray(" ".encode("utf-16-le") * (TEXT_SIZE // 2))
    places = {**LAYOUTS[kind], "valid_from": VALID_FROM, "valid_to": VALID_TO, "type_mark": TYPE_MARK}
    for name, value in {"type_mark": MARKS[kind], **fields}.items():
        start, size = places[name]
        data = value.encode("utf-16-le")
        text[start : start + min(size, len(data))] = data[:size]
        if name == "name_en" and kind is Kind.FOREIGNER_2023:
            rest, (start, size) = data[size : size + NAME_EN_OVERFLOW[1]], NAME_EN_OVERFLOW
            text[start : start + len(rest)] = rest
    return bytes(text)


def _citizen(name: str, sex: str, nation: str, number: str, address: str, **changes: str) -> bytes:
    fields = {
        "name": name,
        "sex": sex,
        "nation_code": nation,
        "birth_date": number[6:14],
        "address": address,
        "number": number,
        "authority": "瑞安市公安局",
        "valid_from": "20200101",
        "valid_to": "长期",
    }
    return card_text(Kind.CITIZEN, **{**fields, **changes})


def prints(*finger_codes: int) -> bytes:
    """Prints with nothing in them but which fingers they are of."""
    return b"".join(bytes([*b"CARD ", code]).ljust(PRINT_SIZE, b"\xff") for code in finger_codes)


CARDS: Mapping[str, Card] = {
    "ceshijia": Card(_citizen("测试甲", "1", "01", "330381189901010015", "浙江省瑞安市测试路1号")),
    "moved": Card(
        _citizen("测试乙", "2", "01", "330381189802020023", "浙江省瑞安市测试路2号"),
        fingerprint=prints(11, 17),
        newest_address="浙江省瑞安市新居路8号".ljust(ADDRESS_SIZE // 2).encode("utf-16-le"),
    ),
    "ouyang": Card(
        _citizen(
            "欧阳测试·阿依古丽", "2", "05", "330381189512310022", "浙江省瑞安市玉海街道示例里弄三十六号二单元四〇一室"
        ),
        fingerprint=prints(12, 97),
    ),
    "expired": Card(
        _citizen(
            "测试丙",
            "1",
            "22",
            "33038118900304001X",
            "浙江省瑞安市测试路3号",
            valid_from="20000101",
            valid_to="20100101",
        )
    ),
    "unknown_nation": Card(_citizen("测试丁", "2", "59", "330381189704050042", "浙江省瑞安市测试路4号")),
    "wrong_digit": Card(_citizen("测试戊", "1", "01", "330381189605060010", "浙江省瑞安市测试路5号")),
    "hong_kong": Card(
        card_text(
            Kind.HMT_RESIDENT,
            name="测试己",
            sex="1",
            birth_date="18940708",
            address="浙江省瑞安市测试路6号",
            number="810000189407080018",
            authority="瑞安市公安局",
            valid_from="20240101",
            valid_to="20991231",
            permit_number="H00000001",
            issue_count="01",
        )
    ),
    "foreigner_2017": Card(
        card_text(
            Kind.FOREIGNER_2017,
            name_en="TEST, PERSON SEVEN",
            sex="2",
            number="ITA330093080900",
            country="ITA",
            name="测试庚",
            birth_date="18930809",
            authority="1500",
            valid_from="20180101",
            valid_to="20991231",
        )
    ),
    "foreigner_2023": Card(
        card_text(
            Kind.FOREIGNER_2023,
            name="测试辛",
            name_en="TEST, PERSON EIGHT WITH A VERY LONG NAME",
            sex="1",
            issue_count="01",
            birth_date="18920910",
            number="933380189209100012",
            country="ITA",
            valid_from="20240101",
            valid_to="20991231",
        )
    ),
    "rare_name": Card(_citizen("测试㛃镕", "1", "01", "33038118881203001X", "浙江省瑞安市测试路9号")),
    "beyond_bmp": Card(_citizen("测试𬱖𣚣", "1", "15", "330381188707040013", "浙江省瑞安市𡎚头村测试路10号")),
    "private_use": Card(_citizen("测试\ue4c6", "2", "01", "330381188608050021", "浙江省瑞安市测试路11号")),
    "no_nation": Card(_citizen("测试壬", "1", "", "330381188509060013", "浙江省瑞安市测试路12号")),
    "not_yet_valid": Card(
        _citizen(
            "测试癸",
            "2",
            "97",
            "330381188209090026",
            "浙江省瑞安市测试路13号",
            valid_from="20980101",
            valid_to="20991231",
        )
    ),
    "wrong_birth_date": Card(
        _citizen("测试子", "1", "01", "330381188101010012", "浙江省瑞安市测试路14号", birth_date="18820101")
    ),
    "wrong_sex": Card(_citizen("测试丑", "2", "01", "330381188002020012", "浙江省瑞安市测试路15号")),
    "taiwan": Card(
        card_text(
            Kind.HMT_RESIDENT,
            name="测试寅",
            sex="2",
            birth_date="18831108",
            address="浙江省瑞安市测试路16号",
            number="830000188311080020",
            authority="瑞安市公安局",
            valid_from="20240101",
            valid_to="20991231",
            permit_number="00000001",
            issue_count="02",
        )
    ),
    "foreigner_long_name": Card(
        card_text(
            Kind.FOREIGNER_2023,
            name_en="TEST, PERSON NINE WITH A NAME IN BOTH PLACES X",
            sex="1",
            issue_count="01",
            birth_date="18841007",
            number="933380188410070017",
            country="ITA",
            valid_from="20240101",
            valid_to="20991231",
        )
    ),
}


def load_card(name: str) -> Card:
    """A sample card, or a file of 256 bytes of text that may be followed by 1024 of photo. Raises ValueError."""
    if name in CARDS:
        return CARDS[name]
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise ValueError(f"no card '{name}'; known: {', '.join(CARDS)}, or the path of a file") from error
    if len(data) not in (TEXT_SIZE, TEXT_SIZE + PHOTO_SIZE):
        raise ValueError(
            f"{name}: {len(data)} bytes; a card has {TEXT_SIZE}, or {TEXT_SIZE + PHOTO_SIZE} with its photo"
        )
    return Card(data[:TEXT_SIZE], data[TEXT_SIZE:] or bytes(PHOTO_SIZE))

"""The 256-byte text of an identity card, in its four layouts, as one record; whatever is odd becomes a warning."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import ric

from devices.idcard.contract import CardKind, CardRecord
from devices.idcard.nations import NATIONS

TEXT_SIZE = 256  # bytes, UTF-16LE
ADDRESS_SIZE = 70  # bytes, of a newest address
PHOTO_SIZE = 1024  # bytes, WLT
LONG_TERM = "长期"
SEXES = {"0": "unknown", "1": "male", "2": "female", "9": "unstated"}  # GB/T 2261.1

PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
IDEOGRAPHS = range(0x20000, 0x3FFFE)  # also those assigned after this Python's Unicode was made: rare names have them
NUMBER_STARTS = {  # GB 11643 numbers of people who are not citizens of the mainland
    CardKind.HMT_RESIDENT: ("810000", "820000", "830000"),
    CardKind.FOREIGNER_2023: ("9",),
}

Place = tuple[int, int]  # offset and length in bytes
TYPE_MARK: Place = (248, 2)
VALID_FROM: Place = (188, 16)
VALID_TO: Place = (204, 16)

KINDS = {
    "": CardKind.CITIZEN,
    "J": CardKind.HMT_RESIDENT,
    "I": CardKind.FOREIGNER_2017,
    "Y": CardKind.FOREIGNER_2023,
}

_PERSON: Mapping[str, Place] = {"name": (0, 30), "sex": (30, 2), "birth_date": (36, 16), "number": (122, 36)}
_RESIDENT: Mapping[str, Place] = {**_PERSON, "address": (52, 70), "authority": (158, 30)}
LAYOUTS: Mapping[CardKind, Mapping[str, Place]] = {
    CardKind.CITIZEN: {**_RESIDENT, "nation_code": (32, 4)},
    CardKind.HMT_RESIDENT: {**_RESIDENT, "permit_number": (220, 18), "issue_count": (238, 4)},
    CardKind.FOREIGNER_2017: {
        "name_en": (0, 120),
        "sex": (120, 2),
        "number": (122, 30),
        "country": (152, 6),
        "name": (158, 30),
        "birth_date": (220, 16),
        "authority": (240, 8),
    },
    CardKind.FOREIGNER_2023: {**_PERSON, "issue_count": (32, 4), "name_en": (52, 70), "country": (242, 6)},
}
NAME_EN_OVERFLOW: Place = (220, 22)  # of the 2023 card


@dataclass
class _Text:
    """Takes fields out of the text and collects what is odd about them. No warning quotes a value."""

    raw: bytes
    warnings: list[str] = field(default_factory=list)

    def take(self, name: str, *places: Place) -> str:
        data = b"".join(self.raw[start : start + size] for start, size in places)
        text = data.decode("utf-16-le", errors="replace")
        if "\ufffd" in text:
            self.warnings.append(f"{name}: has characters that cannot be read")
        text = text.replace("\x00", " ").strip()
        clean = "".join(character for character in text if _can_be_read(character))
        if clean != text:
            self.warnings.append(f"{name}: control characters were left out")
        if PRIVATE_USE.search(clean):
            self.warnings.append(f"{name}: has a character of the police's own set; compare it with the card")
        return clean.strip()

    def day(self, name: str, written: str) -> date | None:
        try:
            if re.fullmatch("[0-9]{8}", written):
                return date(int(written[:4]), int(written[4:6]), int(written[6:]))
        except ValueError:
            pass
        self.warnings.append(f"{name}: {'is not a date' if written else 'missing'}")
        return None


def _can_be_read(character: str) -> bool:
    code = ord(character)
    rare = code in IDEOGRAPHS and code & 0xFFFE != 0xFFFE
    return character.isprintable() or rare or PRIVATE_USE.match(character) is not None


def parse_record(raw: bytes, photo: bytes | None, today: date) -> CardRecord:
    """`raw` is exactly 256 bytes, any bytes; `photo` the WLT-coded picture. Raises ValueError for another size."""
    if len(raw) != TEXT_SIZE:
        raise ValueError(f"a card's text has {TEXT_SIZE} bytes, this one has {len(raw)}")
    text = _Text(raw)
    mark = text.take("type mark", TYPE_MARK)
    kind = KINDS.get(mark, CardKind.CITIZEN)
    if mark not in KINDS:
        text.warnings.append("type mark: unknown, read as a citizen's card")
    values = {name: text.take(name, place) for name, place in LAYOUTS[kind].items()}
    if kind is CardKind.FOREIGNER_2023:
        values["name_en"] = text.take("name_en", LAYOUTS[kind]["name_en"], NAME_EN_OVERFLOW)
    sex = _sex(values.pop("sex"), text.warnings)
    nation = _nation(values.get("nation_code"), text.warnings)
    birth_date = text.day("birth_date", values.pop("birth_date"))
    name = values.pop("name") or values.get("name_en") or ""
    number = _number(kind, values.pop("number"), text.warnings)
    text.warnings.extend(_contradictions(kind, number, birth_date, sex))
    if not name:
        text.warnings.append("name: missing")
    valid_from, valid_to = _validity(text, today)
    return CardRecord(
        kind=kind,
        name=name,
        number=number,
        sex=sex,
        nation=nation,
        birth_date=birth_date,
        valid_from=valid_from,
        valid_to=valid_to,
        photo_wlt=photo,
        fingers=None,
        warnings=tuple(dict.fromkeys(text.warnings)),
        **{key: value or None for key, value in values.items()},
    )


def card_json(record: CardRecord) -> dict[str, object]:
    """The shape `kiosk card read --json` prints: dates ISO, absent is None, the photo by its digest only."""
    photo = record.photo_wlt
    return {
        "kind": record.kind.value,
        "name": record.name,
        "name_en": record.name_en,
        "sex": record.sex,
        "nation": record.nation,
        "nation_code": record.nation_code,
        "birth_date": _iso(record.birth_date),
        "address": record.address,
        "number": record.number,
        "authority": record.authority,
        "valid_from": _iso(record.valid_from),
        "valid_to": _iso(record.valid_to),
        "issue_count": record.issue_count,
        "permit_number": record.permit_number,
        "country": record.country,
        "newest_address": record.newest_address,
        "photo": None if photo is None else {"wlt_sha256": hashlib.sha256(photo).hexdigest()},
        "warnings": list(record.warnings),
    }


def decode_address(data: bytes) -> str | None:
    """The 70 bytes of a newest address; blank is None."""
    return _Text(data).take("newest_address", (0, len(data))) or None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _sex(code: str, warnings: list[str]) -> str:
    if code not in SEXES:
        warnings.append("sex: unknown code")
    return SEXES.get(code, "unknown")


def _nation(code: str | None, warnings: list[str]) -> str | None:
    """Vendors disagree on extra codes: an unknown one is shown as it is."""
    if code is None:
        return None
    if code not in NATIONS:
        warnings.append("nation: unknown code" if code else "nation: missing")
    return NATIONS.get(code, code) or None


def _number(kind: CardKind, number: str, warnings: list[str]) -> str:
    number = number.upper()
    if not number:
        warnings.append("number: missing")
    elif kind is CardKind.FOREIGNER_2017:
        if not re.fullmatch("[A-Z0-9]{15}", number):
            warnings.append("number: not 15 letters and digits")
    elif not re.fullmatch("[0-9]{17}[0-9X]", number):
        warnings.append("number: not 18 digits")
    # the division is not looked up: retired codes stay valid in numbers
    elif ric.calc_check_digit(number) != number[-1]:
        warnings.append("number: wrong check digit")
    return number


def _contradictions(kind: CardKind, number: str, birth_date: date | None, sex: str) -> Iterator[str]:
    """What the number says and the fields deny, or the other way round: hints that a record was tampered with."""
    if not re.fullmatch("[0-9]{17}[0-9X]", number) or kind is CardKind.FOREIGNER_2017:
        return
    if birth_date is not None and number[6:14] != birth_date.strftime("%Y%m%d").zfill(8):
        yield "mismatch: birth_date and number"
    by_number = "male" if int(number[16]) % 2 else "female"  # GB 11643
    if kind is not CardKind.FOREIGNER_2023 and sex in ("male", "female") and sex != by_number:
        yield "mismatch: sex and number"
    others = tuple(start for other, starts in NUMBER_STARTS.items() if other is not kind for start in starts)
    if number.startswith(others) or not number.startswith(NUMBER_STARTS.get(kind, "")):
        yield "mismatch: kind and number"


def _validity(text: _Text, today: date) -> tuple[date | None, date | None]:
    first = text.day("valid_from", text.take("valid_from", VALID_FROM))
    written = text.take("valid_to", VALID_TO)
    last = None if written == LONG_TERM else text.day("valid_to", written)
    if first is not None and first > today:
        text.warnings.append("valid_from: the card is not valid yet")
    if last is not None and last < today:
        text.warnings.append("valid_to: the card has expired")
    if first is not None and last is not None and last < first:
        text.warnings.append("mismatch: valid_from and valid_to")
    return first, last

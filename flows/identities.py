"""Who applies, told by something else than a card: a passport's zone, a code of the phone, the face alone."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from flows.mrz import MrzRefused, parse_mrz

_SEXES = {"F": "female", "M": "male", "": "unstated"}
_OF_A_CODE = ("name", "number", "name_en", "sex", "birth_date", "address", "country")


def identity_of_passport(zone: str, today: date) -> dict[str, JsonValue] | None:
    """As a card's record, kind `passport`; None for a zone that is none, was read wrong, or names nobody."""
    try:
        read = parse_mrz(zone, today)
    except MrzRefused:
        return None
    name = " ".join(filter(None, (read.surname, read.given_names)))
    if not read.valid or not read.number or not name:
        return None
    return {
        "kind": "passport",
        "name": name,
        "name_en": name,
        "number": read.number,
        "sex": _SEXES[read.sex],
        "birth_date": read.birth.isoformat() if read.birth else None,
        "country": read.nationality,
        "valid_to": read.expiry.isoformat() if read.expiry else None,
    }


def identity_of_code(content: Mapping[str, JsonValue]) -> dict[str, JsonValue] | None:
    """From what the center signed (docs/codes.md), kind `phone`; None where it does not say who."""
    known = {key: content[key] for key in _OF_A_CODE if isinstance(content.get(key), str) and content[key]}
    return {"kind": "phone", **known} if {"name", "number"} <= known.keys() else None


def identity_of_face(picture: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Nobody knows yet who it is: the center finds out by the picture, which is an attachment of the case."""
    return {"kind": "face", "name": "", "number": "", "picture": dict(picture)}

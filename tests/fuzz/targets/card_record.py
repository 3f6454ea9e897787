"""Whatever a chip holds: a record that can be printed as JSON, its oddities as warnings."""

import json
from datetime import date

from devices.idcard.cards import CARDS
from devices.idcard.records import card_json, decode_address, parse_record

SEEDS = tuple(card.text for card in CARDS.values())
TODAY = date(2026, 11, 24)


def check(data: bytes) -> None:
    text = data[:256].ljust(256, b"\x00")
    record = parse_record(text, data[256:] or None, TODAY)
    json.dumps(card_json(record), ensure_ascii=False).encode("utf-8")
    decode_address(data[:70])

"""The sample cards and what is read from each, as a table: `python -m devices.idcard.cards_table [--check FILE]`."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from devices.idcard.cards import CARDS, Card
from devices.idcard.contract import CardRecord
from devices.idcard.payload import fingers
from devices.idcard.records import PRIVATE_USE, decode_address, parse_record

READ_ON = date(2026, 11, 24)  # warnings depend on the day
TITLES = ("Card", "Kind", "Name", "Number", "Sex", "Nation", "Valid", "Prints", "Newest address", "Warnings")


def table() -> str:
    """Markdown, a line a card, ending with a line feed."""
    return "".join(f"| {' | '.join(row)} |\n" for row in (TITLES, ("---",) * len(TITLES), *_rows()))


def _rows() -> Iterator[tuple[str, ...]]:
    for name, card in CARDS.items():
        record = parse_record(card.text, card.photo, READ_ON)
        yield (
            name,
            record.kind,
            _shown(" / ".join(dict.fromkeys((record.name, record.name_en or record.name)))),
            record.number,
            record.sex,
            f"{record.nation_code} {record.nation}" if record.nation else "–",
            _validity(record),
            ", ".join(fingers(card.fingerprint)) or "none",
            _newest_address(card),
            "; ".join(record.warnings) or "none",
        )


def _validity(record: CardRecord) -> str:
    return f"{record.valid_from} to {record.valid_to or '长期'}"


def _newest_address(card: Card) -> str:
    return (decode_address(card.newest_address) if card.newest_address else None) or "–"


def _shown(text: str) -> str:
    """Characters that no font has are written as their code."""
    return "".join(f"U+{ord(letter):04X}" if PRIVATE_USE.search(letter) else letter for letter in text)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m devices.idcard.cards_table", description="The sample cards.")
    parser.add_argument("--check", type=Path, help="exit with 1 where this file does not hold the table as it is now")
    options = parser.parse_args(arguments)
    if options.check is None:
        sys.stdout.write(table())
        return 0
    if table() in options.check.read_text("utf-8"):
        return 0
    sys.stderr.write(f"{options.check}: the table of cards is not that of python -m devices.idcard.cards_table\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())

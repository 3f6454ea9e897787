"""docs/devices.md holds the table of cards as it is, and names every driver there is."""

from pathlib import Path

from devices.drivers import known_drivers
from devices.idcard.cards_table import table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "devices.md").read_text(encoding="utf-8")


def test_the_table_of_cards_is_what_is_read_from_them() -> None:
    assert table() in PAGE


def test_every_driver_is_described() -> None:
    assert [driver for driver in known_drivers() if f"`{driver}`" not in PAGE] == []


def test_every_picture_is_there() -> None:
    named = [part.partition(")")[0] for part in PAGE.split("](pictures/")[1:]]
    assert named
    assert [name for name in named if not (ROOT / "docs" / "pictures" / name).exists()] == []

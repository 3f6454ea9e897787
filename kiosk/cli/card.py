"""`kiosk card`: read an identity card through any reader."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from devices.clock import SystemClock
from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, fail, one_line_errors

if TYPE_CHECKING:
    from devices.idcard.sam_reader import SamReader

app = typer.Typer(no_args_is_help=True, help="Read an identity card.")


@app.callback()
def card() -> None:
    """Read an identity card."""


@app.command()
def read(
    port: Annotated[str | None, typer.Option(help="Path or pyserial URL; default: the configured reader.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, max=600, help="Seconds to wait for a card.")] = 10.0,
    newest_address: Annotated[bool, typer.Option("--newest-address", help="Ask for a changed address too.")] = False,
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Wait for a card, read it, print what is on it."""
    from devices.idcard.reading import card_json, read_card_at, read_card_once

    with one_line_errors(as_json=as_json):
        if port is None:
            record = read_card_once(_configured_reader(config, as_json), timeout, newest_address=newest_address)
        else:
            record = read_card_at(port, timeout, SystemClock(), newest_address=newest_address)
    values = card_json(record)
    if as_json:
        emit(values)
        return
    for line in _in_words(values):
        print(line)


def _in_words(card: Mapping[str, object]) -> Iterator[str]:
    """A line a fact that is on the card, then a line a warning."""
    shown = dict(card)
    photo, warnings = shown.pop("photo"), shown.pop("warnings")
    shown["valid_to"] = shown["valid_to"] or ("no end (长期)" if shown["valid_from"] else None)
    for key, value in shown.items():
        if value not in (None, ""):
            label = key.replace("_", " ")
            yield f"{label:15} {value}"
    yield f"{'photo':15} {'on the card' if photo else 'none'}"
    if isinstance(warnings, list):
        yield from (f"{'warning':15} {warning}" for warning in warnings)


def _configured_reader(config: ConfigFlag, as_json: bool) -> "SamReader":
    from devices.drivers import build_device
    from devices.idcard.sam_reader import SamReader

    for name, section in configuration(config).devices.items():
        if str(section.get("driver", "")).startswith("idcard."):
            reader = build_device(name, section, SystemClock())
            if isinstance(reader, SamReader):
                return reader
    return fail("no card reader is configured; name one with --port or add [devices.card_reader]", as_json=as_json)

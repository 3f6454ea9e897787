"""`kiosk receipt`: print a file on the receipt printer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast
from uuid import uuid4

import typer

from devices.clock import SystemClock
from kiosk.cli.output import ConfigFlag, configuration, fail, one_line_errors

if TYPE_CHECKING:
    from devices.printer.contract import ReceiptDocument, ReceiptPrinter

app = typer.Typer(no_args_is_help=True, help="Print on the receipt printer.")


@app.callback()
def receipt() -> None:
    """Print on the receipt printer."""


@app.command(name="print")
def print_file(
    file: Path,
    to: Annotated[str | None, typer.Option(help="Path or pyserial URL; default: the configured printer.")] = None,
    width: Annotated[int, typer.Option(help="Paper width in mm, 58 or 80, with --to.")] = 80,
    values: Annotated[Path | None, typer.Option(help="JSON file with the values of a .yaml template.")] = None,
    language: Annotated[str, typer.Option(help="Of a .yaml template: zh or en.")] = "zh",
    config: ConfigFlag = None,
) -> None:
    """Print FILE (.txt, .png, .json with blocks, or a .yaml receipt template) and say how far it got."""
    from devices.drivers import build_device
    from devices.printer.contract import PrintPhase

    with one_line_errors():
        document = _document(file, values, language)
        section = (
            {"driver": "printer.escpos_receipt", "port": to, "width": width} if to is not None else _configured(config)
        )
        printer = cast("ReceiptPrinter", build_device("receipt_printer", section, SystemClock()))
        printer.open()
        try:
            status = printer.status()
            phase = printer.print_receipt(document, uuid4().hex)
        finally:
            printer.close()
    if phase in (PrintPhase.REFUSED, PrintPhase.UNKNOWN):
        fail(
            f"{file}: {phase}: {status.message or 'the printer did not confirm'}; look at the printer, then print again"
        )
    print(f"{file}: {phase}")


def _document(file: Path, values: Path | None, language: str) -> "ReceiptDocument":
    from devices.printer.document import load_document
    from kiosk.receipts import render_receipt

    if file.suffix != ".yaml":
        return load_document(file)
    try:
        given = json.loads(values.read_text("utf-8")) if values else {}
    except (OSError, ValueError) as error:
        fail(f"{values}: cannot be read as JSON ({error}); give an object with a value for each {{name}} of {file}")
    if not isinstance(given, dict):
        fail(f"{values}: must be a JSON object with a value for each {{name}} of {file}")
    return render_receipt(file.stem, given, language, file.parent)


def _configured(config: ConfigFlag) -> dict[str, object]:
    from devices.drivers import build_device

    sections = configuration(config).devices
    for name in (name for name, section in sections.items() if str(section.get("driver", "")).startswith("printer.")):
        if "documents" not in build_device(name, sections[name], SystemClock()).capabilities.features:
            return dict(sections[name])
    return fail("no printer is configured; name one with --to or add [devices.receipt_printer]")

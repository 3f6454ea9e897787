"""`kiosk receipt`: print a file on the receipt printer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast
from uuid import uuid4

import typer

from devices.clock import SystemClock
from kiosk.cli.output import ConfigFlag, configuration, fail, one_line_errors

if TYPE_CHECKING:
    from devices.printer.contract import ReceiptPrinter

app = typer.Typer(no_args_is_help=True, help="Print on the receipt printer.")


@app.callback()
def receipt() -> None:
    """Print on the receipt printer."""


@app.command(name="print")
def print_file(
    file: Path,
    to: Annotated[str | None, typer.Option(help="Path or pyserial URL; default: the configured printer.")] = None,
    width: Annotated[int, typer.Option(help="Paper width in mm, 58 or 80, with --to.")] = 80,
    config: ConfigFlag = None,
) -> None:
    """Print FILE (.txt, .png, or .json with blocks) and say how far it got."""
    from devices.drivers import build_device
    from devices.printer.contract import PrintPhase
    from devices.printer.document import load_document

    with one_line_errors():
        document = load_document(file)
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


def _configured(config: ConfigFlag) -> dict[str, object]:
    for section in configuration(config).devices.values():
        if str(section.get("driver", "")).startswith("printer."):
            return dict(section)
    return fail("no printer is configured; name one with --to or add [devices.receipt_printer]")

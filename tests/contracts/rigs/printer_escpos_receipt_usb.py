"""The ESC/POS receipt printer on USB."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from devices.clock import SystemClock
from devices.lines.usb_descriptors import RECEIPT_PRINTER
from devices.lines.usb_port import UsbPort
from devices.printer.escpos_receipt import Options, create
from devices.printer.twin import PrinterTwin
from tests.contracts.rig import PrinterRig
from tests.contracts.rigs.printer_escpos_receipt import printer_rig

DRIVER = "printer.escpos_receipt"


@contextmanager
def rig(folder: Path) -> Iterator[PrinterRig]:
    twin = PrinterTwin(SystemClock(), partial(UsbPort, model=RECEIPT_PRINTER))
    twin.start(folder)
    device = create("receipt_printer", Options(port=twin.port), SystemClock())
    try:
        yield printer_rig(twin, device)
    finally:
        device.close()
        twin.stop()

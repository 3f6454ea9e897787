"""The ESC/POS receipt printer on USB."""

from functools import partial

from devices.lines.usb_descriptors import RECEIPT_PRINTER
from devices.lines.usb_port import UsbPort
from tests.contracts.rigs import printer_escpos_receipt

DRIVER = printer_escpos_receipt.DRIVER
rig = partial(printer_escpos_receipt.rig, make_port=partial(UsbPort, model=RECEIPT_PRINTER))

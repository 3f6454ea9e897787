"""The SDT reader on USB, bulk transfers."""

from functools import partial

from devices.lines.usb_port import UsbPort
from tests.contracts.rigs import idcard_sdt

DRIVER = idcard_sdt.DRIVER
rig = partial(idcard_sdt.rig, make_port=UsbPort)

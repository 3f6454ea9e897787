"""The SDT reader on USB, 64-byte reports."""

from functools import partial

from devices.lines.usb_descriptors import HID_READER
from devices.lines.usb_port import UsbPort
from tests.contracts.rigs import idcard_sdt

DRIVER = idcard_sdt.DRIVER
rig = partial(idcard_sdt.rig, make_port=partial(UsbPort, model=HID_READER))

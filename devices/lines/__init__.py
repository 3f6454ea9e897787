"""The wires under the drivers: bytes to and from a serial port, a socket or a USB device, errors translated once."""

from devices.clock import Clock
from devices.lines.line import Line

USB_KINDS = ("usb://", "hid://", "usb-split://")
WRITE_LIMIT = 2.0  # s


def make_line(port: str, baud: int, clock: Clock, what: str, write_limit: float = WRITE_LIMIT) -> Line:
    """The line that `port` names; nothing is opened yet, and a wrong name is told by `open`.

    `what`: the device in the words of the error texts: "card reader". `baud` counts on a serial line only.
    `write_limit`: s that a device may take no bytes before a write ends in DeviceTimeout.

    - a path, or any pyserial URL: `/dev/ttyUSB0`, `/dev/serial/by-id/...`, `socket://host:port`, `rfc2217://host:port`
    - `usb://VVVV:PPPP[/SERIAL]`: a USB device, bulk transfers; four hexadecimal digits each, as lsusb shows them
    - `hid://VVVV:PPPP[/SERIAL]`: a USB device of fixed-size reports
    - `usb-split://VVVV:PPPP[/SERIAL]`: a card reader that takes a frame's head and body on two pipes
    - `?out=0x02,0x06&in=0x81,0x85` after a USB name: endpoints other than the device's own first ones
    - `?bus=/path/idcard.usb` after a USB name: not the machine's USB but a twin's (see usb_port.py)
    """
    if port.startswith(USB_KINDS):
        from devices.lines.usb_line import UsbLine

        return UsbLine(port, clock, what, write_limit)
    from devices.lines.serial_line import SerialLine

    return SerialLine(port, baud, clock, what, write_limit)

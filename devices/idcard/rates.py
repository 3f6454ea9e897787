"""Finds the baud rate a reader answers at, and raises a slow one."""

from devices.device import DeviceTimeout, ProtocolError
from devices.idcard.frames import Answer, Command
from devices.idcard.question import ask
from devices.idcard.wire import Wire

FIND_IT = 0  # the option's value
FASTEST = 115200
COMMANDS = {
    FASTEST: Command.BAUD_115200,
    57600: Command.BAUD_57600,
    38400: Command.BAUD_38400,
    19200: Command.BAUD_19200,
    9600: Command.BAUD_9600,
}
RATES = tuple(COMMANDS)
PROBES = ((Command.SAM_STATUS, 0.3), (Command.FIND, 0.5))  # s; simple readers know no status
TUNABLE = ("rfc2217://", "hwgrep://", "alt://")  # the kinds of URL behind which there is a rate


def is_tunable(port: str) -> bool:
    """Whether the port has a rate at all: a serial server and USB have none of ours."""
    return port.startswith(TUNABLE) or ("://" not in port and not port.endswith(".usb"))


def find_rate(wire: Wire) -> bool:
    """Tries the wire's rate, then the others from the fastest; goes back to the first where none is answered.

    At most 0.8 s a rate. Raises DeviceLost, CommandCancelled.
    """
    first = wire.baud
    for baud in dict.fromkeys((first, *RATES)):
        if baud != wire.baud:
            wire.retune(baud)
        if any(wire.answers(command, limit) for command, limit in PROBES):
            return True
    wire.retune(first)
    return False


def raise_rate(wire: Wire) -> None:
    """Asks a slow reader for the fastest rate; one that refuses, or is not heard there, goes on as it was."""
    slow = wire.baud
    if slow == FASTEST:
        return
    try:
        agreed = ask(wire, COMMANDS[FASTEST]).status == Answer.OK
    except (DeviceTimeout, ProtocolError):
        find_rate(wire)  # it may have changed all the same
        return
    if not agreed:
        return
    wire.retune(FASTEST)
    if not any(wire.answers(command, limit) for command, limit in PROBES):
        wire.retune(slow)

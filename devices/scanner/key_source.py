"""Where a wedge's key events come from: a kernel input device held for ourselves alone, or a twin's event socket.

Both give the kernel's 24-byte input_event records. The socket stands for the node where there is no input subsystem:
a record of type GRAB asks for the device as EVIOCGRAB does, and is answered by one with 0 or a negative errno.
"""

import contextlib
import errno
import os
import select
import socket
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from devices.clock import Clock
from devices.device import DeviceLost

if TYPE_CHECKING:
    import evdev

RECORD = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
GRAB = 0xFFFF
ANSWER_LIMIT = 2.0  # s a twin has to answer
CHUNK = 64  # records
KEY_ENTER, KEY_1, KEY_A = 28, 2, 30
EV_KEY, EV_ABS, EV_REL = 1, 3, 2

Event = tuple[int, int, int]  # type, code, value

_REASONS = {
    errno.ENOENT: "there is no such device",
    errno.ENODEV: "it was unplugged",
    errno.EACCES: "this account may not open it; add it to the group input",
    errno.EPERM: "this account may not open it; add it to the group input",
    errno.EBUSY: "another program has it",
    errno.ENOTTY: "it is no input device",
    errno.EINVAL: "it is no input device",
    errno.EISDIR: "it is a folder, not a device",
    errno.ECONNREFUSED: "nothing is plugged in there",
    errno.ENOTSOCK: "it is no event socket",
}


class _Node(Protocol):
    """Something with a descriptor that 24-byte records are read from."""

    def fileno(self) -> int: ...
    def close(self) -> None: ...


class KeySource:
    """`device`: /dev/input/by-id/…-event-kbd, or a path ending in `.events`. Every method but `close` and `is_there`
    raises DeviceLost, whose text names path, cause and what to do.
    """

    def __init__(self, device: str, clock: Clock) -> None:
        self._device = device
        self._clock = clock
        self._node: _Node | None = None
        self._rest = b""

    @property
    def is_open(self) -> bool:
        return self._node is not None

    def open(self) -> None:
        """Opens and grabs: from then on the keys reach nobody else."""
        if self._node is not None:
            return
        try:
            self._node = self._twin() if self._device.endswith(".events") else self._kernel()
        except OSError as error:
            raise DeviceLost(f"{self._device}: cannot take the scanner: {_reason(error)}; check `device`") from error

    def close(self) -> None:
        node, self._node, self._rest = self._node, None, b""
        if node is not None:
            with contextlib.suppress(OSError):
                node.close()

    def check(self) -> None:
        """Whether it is still plugged in."""
        poll = select.poll()
        poll.register(self._opened().fileno(), 0)
        if poll.poll(0):  # only hang-up and error are told unasked
            raise self._lost(OSError(errno.ENODEV, ""))

    def events(self, patience: float) -> Iterator[Event]:
        """What came within `patience` s; none is a value."""
        node = self._opened()
        try:
            ready, _, _ = select.select([node], [], [], patience)
            data = os.read(node.fileno(), CHUNK * RECORD.size) if ready else None
        except BlockingIOError:
            return
        except (OSError, ValueError) as error:  # ValueError: closed by another thread meanwhile
            raise self._lost(error) from error
        if data is None:
            return
        if not data:
            raise self._lost(OSError(errno.ENODEV, ""))
        data = self._rest + data
        whole = len(data) // RECORD.size * RECORD.size
        self._rest = data[whole:]
        for _, _, kind, code, value in RECORD.iter_unpack(data[:whole]):
            yield kind, code, value

    def discard(self) -> None:
        """Forgets what has come and was not read."""
        while list(self.events(0)):
            pass

    def _kernel(self) -> _Node:
        """Grabs only what is a keyboard: a touch screen taken away would leave the terminal without a screen."""
        import evdev

        node = evdev.InputDevice(self._device)
        try:
            _refuse_others(node, self._device)
            node.grab()
        except BaseException:
            node.close()
            raise
        return node

    def _twin(self) -> _Node:
        node = socket.socket(socket.AF_UNIX)
        try:
            node.settimeout(ANSWER_LIMIT)
            node.connect(self._device)
            node.sendall(RECORD.pack(0, 0, GRAB, 0, 1))
            refused = _answer(node)
            if refused:
                raise OSError(refused, "")
            node.setblocking(False)
        except BaseException:
            node.close()
            raise
        return node

    def _opened(self) -> _Node:
        if self._node is None:
            raise DeviceLost(f"{self._device}: the scanner is not open; check its cable")
        return self._node

    def _lost(self, error: Exception) -> DeviceLost:
        self.close()
        return DeviceLost(f"{self._device}: the scanner is gone ({_reason(error)}); check its cable")


def _answer(node: socket.socket) -> int:
    """0, or the errno of a refusal. Events of the time before the grab are passed over."""
    while True:
        record = node.recv(RECORD.size, socket.MSG_WAITALL)
        if len(record) < RECORD.size:
            return errno.ENODEV
        _, _, kind, _, value = RECORD.unpack(record)
        if kind == GRAB:
            return int(-value)


def _refuse_others(node: "evdev.InputDevice[str]", device: str) -> None:
    able = node.capabilities()
    keys = able.get(EV_KEY, [])
    if EV_ABS in able or EV_REL in able or not {KEY_ENTER, KEY_1, KEY_A} <= set(keys):
        raise DeviceLost(f"{device}: this is no keyboard, so no scanner; choose the one ending in -event-kbd")


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return _REASONS.get(number or 0) or " ".join(str(error).split()) or type(error).__name__

"""A serial port made of a pseudo-terminal: a symlink that stays where it is, plugged and unplugged at will."""

import contextlib
import os
import select
import termios
import threading
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PATIENCE = 1.0  # s; a line nobody reads loses its bytes, as a real one does
CHUNK = 4096

SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (9600, 19200, 38400, 57600, 115200)}
USUAL_SPEED = termios.B115200  # until a driver sets another

OnBytes = Callable[[bytes], None]


@dataclass(frozen=True)
class _Ends:
    """Open file descriptors of one plugging: both ends of the pty, and a pipe that wakes whoever waits on them."""

    master: int
    slave: int  # kept open, else the master reads EIO whenever no driver has the port open
    woken: int
    wake: int

    @classmethod
    def open(cls) -> "_Ends":
        master, slave = os.openpty()
        tty.setraw(slave)
        attributes = termios.tcgetattr(slave)
        attributes[4] = attributes[5] = USUAL_SPEED
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        os.set_blocking(master, False)
        woken, wake = os.pipe()
        return cls(master, slave, woken, wake)

    def close(self) -> None:
        for descriptor in (self.master, self.slave, self.woken, self.wake):
            os.close(descriptor)


class Port(Protocol):
    """A twin's end of a line: PtyPort, UsbPort, or another that can do the same."""

    @property
    def address(self) -> str: ...
    @property
    def plugged(self) -> bool: ...
    def plug(self) -> None: ...
    def unplug(self) -> None: ...
    def write(self, data: bytes) -> None: ...


class PtyPort:
    """The device's end of a serial line.

    `link` is a symlink to the driver's end; it is there exactly while plugged. `on_bytes` gets what the driver wrote,
    on the port's own thread, never empty; it may call `write` and `unplug`. `write` may be called from any thread.
    Hold no lock that `on_bytes` takes while calling `unplug`: it waits for a running `on_bytes` to return.
    """

    def __init__(self, link: Path, on_bytes: OnBytes) -> None:
        self.link = link
        self._on_bytes = on_bytes
        self._ends: _Ends | None = None
        self._thread: threading.Thread | None = None
        self._plugging = threading.RLock()
        self._writing = threading.RLock()

    @property
    def address(self) -> str:
        """What a driver is configured with as its `port`."""
        return str(self.link)

    @property
    def plugged(self) -> bool:
        return self._ends is not None

    def speed(self) -> int | None:
        """The baud rate the driver has set; None while unplugged, and for a rate that is unusual."""
        with self._writing:
            ends = self._ends
            return SPEEDS.get(termios.tcgetattr(ends.slave)[5]) if ends is not None else None

    def plug(self) -> None:
        """Opens a new pseudo-terminal and points the symlink at it; a stale symlink is replaced."""
        with self._plugging:
            if self._ends is not None:
                return
            self._ends = _Ends.open()
            self._point_link_at(os.ttyname(self._ends.slave))
            self._thread = threading.Thread(target=self._serve, args=(self._ends,), name=self.link.name, daemon=True)
            self._thread.start()

    def unplug(self) -> None:
        """Removes the symlink and hangs up: the driver's next read or write fails as with a pulled cable."""
        with self._plugging:
            ends, thread = self._ends, self._thread
            if ends is None:
                return
            self._ends, self._thread = None, None
            self.link.unlink(missing_ok=True)
            os.write(ends.wake, b"!")
        if thread is None or thread is threading.current_thread():
            return  # the port's own thread closes the ends when its callback returns
        thread.join(PATIENCE)

    def write(self, data: bytes) -> None:
        """Sends to the driver; bytes are lost, not an error, while unplugged or when nobody reads for `PATIENCE`."""
        with self._writing:
            ends, rest = self._ends, memoryview(data)
            while rest and ends is not None and ends is self._ends:
                woken, ready, _ = select.select([ends.woken], [ends.master], [], PATIENCE)
                if woken or not ready:
                    return
                with contextlib.suppress(BlockingIOError):
                    rest = rest[os.write(ends.master, rest) :]

    def _point_link_at(self, terminal: str) -> None:
        self.link.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.link.with_name(self.link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(terminal)
        fresh.replace(self.link)

    def _serve(self, ends: _Ends) -> None:
        try:
            while True:  # until woken: the descriptors stay open for as long as unplug may write to them
                ready, _, _ = select.select([ends.master, ends.woken], [], [])
                if ends.woken in ready:
                    return
                self._on_bytes(os.read(ends.master, CHUNK))
        finally:
            with self._writing:  # no one may be writing to a descriptor while its number is given away
                ends.close()

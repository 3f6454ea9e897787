"""A vendor's closed library in a process of its own: a call that never returns, or crashes, costs that process only."""

import base64
import json
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from devices.clock import Clock
from devices.device import Action, DeviceError, DeviceLost

CHILD = Path(__file__).with_name("vendor_child.py")
PIECE = 65536  # bytes read at once


@dataclass(frozen=True)
class Room:
    """An argument the library writes into."""

    size: int  # bytes


@dataclass(frozen=True)
class Returned:
    result: int
    rooms: tuple[bytes, ...] = ()  # in the order of the arguments


class VendorProcess:
    """Started with the first call, and again with the next one after it was killed. One call at a time."""

    def __init__(self, library: str, clock: Clock) -> None:
        self.library = library
        self._clock = clock
        self._child: subprocess.Popen[bytes] | None = None

    def call(self, function: str, arguments: tuple[int | bytes | Room, ...], limit: float) -> Returned:
        """`limit` in s. Raises DeviceLost where the library or the function is missing, else DeviceError to reset."""
        if not Path(self.library).is_file():
            raise DeviceLost(f"{self.library}: there is no such library; check its path")
        child = self._started()
        asked = {"function": function, "arguments": [_sent(argument) for argument in arguments]}
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(asked).encode() + b"\n")
            child.stdin.flush()
        except OSError as error:
            raise self._ended(function) from error
        answer = json.loads(self._answer(child, function, limit))
        if "error" in answer:
            self.close()
            raise DeviceLost(f"{self.library}: cannot be used: {answer['error'][:160]}; check the library's path")
        return Returned(answer["result"], tuple(base64.b64decode(room) for room in answer["rooms"]))

    def close(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for end in (child.stdin, child.stdout):
            if end is not None:
                end.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child is None:
            command = [sys.executable, "-I", str(CHILD), self.library]
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        return self._child

    def _answer(self, child: "subprocess.Popen[bytes]", function: str, limit: float) -> bytes:
        assert child.stdout is not None
        heard, until = b"", self._clock.monotonic() + limit
        while not heard.endswith(b"\n"):
            ready, _, _ = select.select([child.stdout], [], [], max(0.0, until - self._clock.monotonic()))
            if not ready:
                self.close()
                message = f"{self.library}: {function} did not return within {limit:g} s and was ended; try again"
                raise DeviceError(message, code="timeOut", action=Action.RESET)
            piece = child.stdout.read(PIECE)
            if not piece:
                raise self._ended(function)
            heard += piece
        return heard

    def _ended(self, function: str) -> DeviceError:
        child, self._child = self._child, None
        number = 0
        if child is not None:
            number = -child.wait()
            self._child = child
            self.close()
        how = signal.Signals(number).name if number > 0 else "no signal"
        return DeviceError(f"{self.library}: {function} crashed ({how}); try again", action=Action.RESET)


def _sent(argument: int | bytes | Room) -> object:
    if isinstance(argument, Room):
        return {"room": argument.size}
    return argument if isinstance(argument, int) else {"bytes": base64.b64encode(argument).decode()}

"""A vendor's closed library in a process of its own: a call that never returns, or crashes, costs that process only."""

import base64
import json
import platform
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from devices.clock import Clock
from devices.device import Action, DeviceLost, ProtocolError

CHILD = Path(__file__).with_name("vendor_child.py")
PIECE = 65536  # bytes read at once
LOOK = 0.1  # s between two looks whether the call is to end earlier
ELF_MARK, ELF_HEAD, ELF_CLASS, ELF_MACHINE = b"\x7fELF", 20, slice(4, 6), slice(18, 20)  # elf(5)


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
        self._until = 0.0

    def call(self, function: str, arguments: tuple[int | bytes | Room, ...], limit: float) -> Returned:
        """`limit` in s. Raises DeviceLost where the library or the function is missing; ProtocolError, to reset, where
        the call did not return or crashed."""
        if not Path(self.library).is_file():
            raise DeviceLost(f"{self.library}: there is no such library; check its path")
        child = self._started()
        self._until = self._clock.monotonic() + limit
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
            why = str(answer["error"]).removeprefix(f"{self._path}: ")[:160]
            raise DeviceLost(f"{self.library}: cannot be used: {why}; check the path, or ask its vendor for another")
        return Returned(answer["result"], tuple(base64.b64decode(room) for room in answer["rooms"]))

    def hurry(self, seconds: float) -> None:
        """The call under way has so long still; from any thread."""
        self._until = min(self._until, self._clock.monotonic() + seconds)

    def close(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for end in (child.stdin, child.stdout):
            if end is not None:
                end.close()

    @property
    def _path(self) -> str:
        return str(Path(self.library).absolute())

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._child is None:
            if wrong := _not_for_here(self._path):
                raise DeviceLost(f"{self.library}: {wrong}")
            command = [sys.executable, "-I", str(CHILD), self._path]
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        return self._child

    def _answer(self, child: "subprocess.Popen[bytes]", function: str, limit: float) -> bytes:
        assert child.stdout is not None
        heard = b""
        while not heard.endswith(b"\n"):
            left = self._until - self._clock.monotonic()
            ready, _, _ = select.select([child.stdout], [], [], min(max(0.0, left), LOOK))
            if not ready and left <= 0:
                self.close()
                message = f"{self.library}: {function} did not return within {limit:g} s and was ended; try again"
                raise ProtocolError(message, code="timeOut", action=Action.RESET)
            if not ready:
                continue
            piece = child.stdout.read(PIECE)
            if not piece:
                raise self._ended(function)
            heard += piece
        return heard

    def _ended(self, function: str) -> ProtocolError:
        child, self._child = self._child, None
        number = 0
        if child is not None:
            number = -child.wait()
            self._child = child
            self.close()
        how = signal.Signals(number).name if number > 0 else "no signal"
        return ProtocolError(f"{self.library}: {function} crashed ({how}); try again", action=Action.RESET)


def _not_for_here(library: str) -> str:
    """Why it cannot be loaded, by its head: the system's loader says of a library for another processor that there is
    no such file. "" where it may be."""
    try:
        head, ours = _head(library), _head(sys.executable)
    except OSError as error:
        return f"cannot be read ({error.strerror}); check its path and permissions"
    if not head.startswith(ELF_MARK):
        return "is no Linux library; ask its vendor for the .so"
    if (head[ELF_CLASS], head[ELF_MACHINE]) != (ours[ELF_CLASS], ours[ELF_MACHINE]):
        return f"is for another kind of processor; ask its vendor for the one for Linux on {platform.machine()}"
    return ""


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(ELF_HEAD)


def _sent(argument: int | bytes | Room) -> object:
    if isinstance(argument, Room):
        return {"room": argument.size}
    return argument if isinstance(argument, int) else {"bytes": base64.b64encode(argument).decode()}

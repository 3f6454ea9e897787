"""A network between a terminal and a center that cuts, stalls, trickles, doubles, delays, swaps, packs and pours, over
real sockets.

It understands just enough HTTP to know where a message ends. Each request uses up one fault; afterwards all is well.
"""

import asyncio
import gzip
import random  # noqa: TID251 - the type only; the generator is given
import threading
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum

from devices.clock import SystemClock

BYTE_EVERY = 0.01  # s, of a trickle; an answer of 300 bytes would take three
LONG = 60.0  # s; nobody waits so long
HEAD_END = b"\r\n\r\n"
PACKED = gzip.compress(bytes(64 << 20))
BOMB = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(PACKED)}\r\n\r\n".encode() + PACKED
POURED = bytes(1 << 16)


class Fault(StrEnum):
    NONE = "none"
    SLOW = "the answer comes late"
    TRICKLE = "the answer comes byte by byte"
    STALL = "the answer never comes"
    HALF = "half the answer comes, then nothing"
    DROP = "the line breaks before the request is passed on"
    LOST = "the line breaks before the answer"
    CUT_ANSWER = "the line breaks in the middle of the answer"
    CUT_REQUEST = "the line breaks in the middle of the request"
    SHORTER = "the request arrives shorter, as if it were whole"
    TWICE = "the request arrives twice; the second answer is passed on"
    AGAIN = "an earlier request arrives again before this one"
    LATE = "the line breaks; the request arrives after the next one"
    SWAPPED = "the answer to an earlier request is given"
    BOMB = "the answer is packed, and a thousand times as large"
    ENDLESS = "the answer does not end"


class HostileNetwork:
    """Runs in a thread of its own until closed; `longest` is how long a terminal waited for one answer (s), `poured`
    how much of endless ones it let in (bytes)."""

    def __init__(self, center: tuple[str, int], chance: random.Random) -> None:
        self._center, self._chance, self._clock = center, chance, SystemClock()
        self._faults: list[Fault] = []
        self._requests: list[bytes] = []
        self._answers: list[bytes] = []
        self._late: list[bytes] = []
        self.longest, self.poured = 0.0, 0
        self.happened: set[Fault] = set()
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)

    def meets(self, faults: Sequence[Fault]) -> None:
        """These, one a request; what was seen of another terminal is forgotten."""
        self._faults, self.happened, self.longest = list(faults), set(), 0.0
        for seen in (self._requests, self._answers, self._late):
            seen.clear()

    @property
    def quiet(self) -> bool:
        """Whether all its faults have happened."""
        return not self._faults and not self._late

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(10)
        self._loop.close()

    def _run(self, started: threading.Event) -> None:
        self._loop.run_until_complete(self._serve(started))

    async def _serve(self, started: threading.Event) -> None:
        self._ended = asyncio.Event()
        server = await asyncio.start_server(self._line, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        started.set()
        await self._ended.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while request := await _message(reader):
                fault = self._faults.pop(0) if self._faults else Fault.NONE
                began = self._clock.monotonic()
                goes_on = await self._pass(fault, request, reader, writer)
                self.longest = max(self.longest, self._clock.monotonic() - began)
                self.happened.add(fault)
                if not goes_on:
                    break
        writer.close()

    async def _pass(
        self, fault: Fault, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the line to the terminal holds."""
        before, self._late = self._late, []
        if fault is Fault.LATE:
            self._late.append(request)
        if fault in (Fault.DROP, Fault.LATE):
            return False
        if fault is Fault.BOMB:
            writer.write(BOMB)
            return False
        if fault is Fault.ENDLESS:
            return await self._pour(reader, writer)
        if fault is Fault.AGAIN and self._requests:
            await self._ask(self._chance.choice(self._requests))
        if fault is Fault.CUT_REQUEST:
            await self._ask(request[: self._place_in(request)], hang_up=True)
            return False
        answer = await self._ask(_shortened(request, self._chance) if fault is Fault.SHORTER else request)
        if fault is Fault.TWICE:
            answer = await self._ask(request)
        for late in before:
            await self._ask(late)
        if fault is Fault.SWAPPED and self._answers:
            answer = self._chance.choice(self._answers)
        self._requests.append(request)
        self._answers.append(answer)
        return await self._answer(fault, answer, reader, writer)

    async def _answer(
        self, fault: Fault, answer: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        match fault:
            case Fault.LOST:
                return False
            case Fault.STALL:
                await _until_gone(reader)
                return False
            case Fault.SLOW:
                await asyncio.sleep(0.1)
            case Fault.TRICKLE:
                return await self._trickle(answer, reader, writer)
            case Fault.HALF | Fault.CUT_ANSWER:
                writer.write(answer[: self._place_in(answer)])
                await writer.drain()
                if fault is Fault.HALF:
                    await _until_gone(reader)
                return False
        writer.write(answer)
        await writer.drain()
        return bool(answer)

    async def _trickle(self, answer: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        gone = asyncio.ensure_future(_until_gone(reader))
        for place in range(len(answer)):
            writer.write(answer[place : place + 1])
            done, _ = await asyncio.wait([gone], timeout=BYTE_EVERY)
            if done:
                return False
        gone.cancel()
        return False

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        gone = asyncio.ensure_future(_until_gone(reader))
        writer.write(b"HTTP/1.1 200 OK" + HEAD_END)
        while not gone.done():
            if writer.transport.get_write_buffer_size() < len(POURED):
                writer.write(POURED)
                self.poured += len(POURED)
            await asyncio.wait([gone], timeout=BYTE_EVERY / 100)
        return False

    def _place_in(self, message: bytes) -> int:
        return self._chance.randrange(1, len(message))

    async def _ask(self, request: bytes, *, hang_up: bool = False) -> bytes:
        """The center's whole answer; empty where it gives none."""
        reader, writer = await asyncio.open_connection(*self._center)
        try:
            writer.write(request)
            await writer.drain()
            return b"" if hang_up else await _message(reader)
        except (OSError, asyncio.IncompleteReadError):
            return b""
        finally:
            writer.close()


async def _until_gone(reader: asyncio.StreamReader) -> None:
    """Until the terminal has hung up."""
    with suppress(TimeoutError, OSError):
        await asyncio.wait_for(reader.read(1), LONG)


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One request or answer; empty where the line ended."""
    try:
        head = await reader.readuntil(HEAD_END)
    except asyncio.IncompleteReadError:
        return b""
    lengths = [row.partition(b":")[2] for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0]) if lengths else 0)


def _shortened(request: bytes, chance: random.Random) -> bytes:
    """With a part of its body, and a head that says no other."""
    head, _, body = request.partition(HEAD_END)
    part = body[: chance.randrange(len(body))] if body else b""
    rows = [row for row in head.split(b"\r\n") if not row.lower().startswith(b"content-length:")]
    return b"\r\n".join([*rows, f"Content-Length: {len(part)}".encode()]) + HEAD_END + part

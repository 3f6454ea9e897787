"""Starts and stops the beam of an engine that waits to be told: command bytes, sent no more often than they must be."""

from collections.abc import Callable

from devices.clock import Clock

AGAIN = 4.0  # s; engines put their beam out by themselves after some seconds


class Beam:
    """`on` and `off` are the commands' bytes; empty where the engine reads of its own accord."""

    def __init__(self, on: bytes, off: bytes, send: Callable[[bytes], None], clock: Clock) -> None:
        self._on = on
        self._off = off
        self._send = send
        self._clock = clock
        self._lit: float | None = None  # s; when it was told to start last

    def start(self) -> None:
        """Raises what `send` raises."""
        now = self._clock.monotonic()
        if self._on and (self._lit is None or now - self._lit >= AGAIN):
            self._send(self._on)
            self._lit = now

    def stop(self) -> None:
        """Raises what `send` raises."""
        lit, self._lit = self._lit, None
        if lit is not None and self._off:
            self._send(self._off)

    def forget(self) -> None:
        """The engine put it out itself: with a good read, or with its power."""
        self._lit = None

"""An end to every waiting: a test that waits for ever tells nothing, and nothing after it is seen."""

from collections.abc import Iterator

from devices.clock import SystemClock


def turns(what: str, within: float = 60.0) -> Iterator[None]:
    """Of a loop that is left once it has `what` it waits for; AssertionError after so many seconds."""
    clock = SystemClock()
    end = clock.monotonic() + within
    while clock.monotonic() < end:
        yield
    raise AssertionError(f"not within {within:g} s: {what}")

"""What the center's pages for people share: one frame and look, the headers, and who asks too often."""

import re
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from threading import Lock
from typing import Any

from center.problems import may_refuse

_LONGEST = 1000  # characters of a browser's wishes that are read
_LIKED = re.compile(
    r"(?:^|,)\s*([a-z]{2,3}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.[0-9]{1,3})?))?\s*(?=,|$)", re.IGNORECASE
)
_FRAME = Path(__file__).with_name("frame.html")
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
}


def frame(language: str, title: str, body: str) -> str:
    """`body` is HTML; no script, no picture from elsewhere, nothing that is kept."""
    return _template().substitute(lang=language, title=escape(title), body=body)


def in_words(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """A page in words, which is what a person with a phone needs."""
    return {status: {**told, "content": {"text/html": {}}} for status, told in may_refuse(*statuses).items()}


def preferred(accept_language: str) -> str:
    """The language a browser likes best, in small letters (`zh-cn`); empty where it names none."""
    found = [(float(quality or 1), tag.lower()) for tag, quality in _LIKED.findall(accept_language[:_LONGEST])]
    return max(found, key=lambda one: one[0])[1] if found else ""


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template(_FRAME.read_text(encoding="utf-8"))


class Gate:
    """One a worker: whoever guesses codes, and whoever opens one page over and over, waits."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.wrong = Turnstile(monotonic, most=20, seconds=600.0)  # of one address
        self.opened = Turnstile(monotonic, most=30, seconds=600.0)  # of one code


class Turnstile:
    """Lets each in `most` times within `seconds`, counted from the first; of one worker, and gone with it."""

    _KNOWN = 10_000  # that are remembered; of more, those who came first are forgotten

    def __init__(self, monotonic: Callable[[], float], most: int, seconds: float) -> None:
        self._monotonic, self._most, self._seconds = monotonic, most, seconds
        self._counts: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()  # requests are worked on in threads

    def wait(self, who: str) -> int:
        """Seconds until they may come again; 0: now."""
        count, since = self._counts.get(who, (0, 0.0))
        left = since + self._seconds - self._monotonic()
        return max(1, round(left)) if count >= self._most and left > 0 else 0

    def count(self, who: str) -> None:
        now = self._monotonic()
        with self._lock:
            count, since = self._counts.pop(who, (0, now))
            self._counts[who] = (1, now) if now >= since + self._seconds else (count + 1, since)
            if len(self._counts) > self._KNOWN:
                self._counts.popitem(last=False)

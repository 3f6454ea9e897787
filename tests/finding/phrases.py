"""Phrases people use, from the files beside this one, and how many of them reach the matter they mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from flows.finding import Finder

_EVERY = 3  # the third phrase of each matter is held out
_WHOLE = {"later_phrases.yaml": True, "strangers_phrases.yaml": False, "unseen_phrases.yaml": True}  # held out
_AMONG = 3  # places a person looks at


@dataclass(frozen=True)
class Phrase:
    """`meant` are the matters that are right; `held_out` phrases were never looked at while the search was made."""

    text: str
    meant: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True)
class Rates:
    phrases: int
    first: float
    among: float
    missed: tuple[str, ...]  # not among the first three


def phrases(offered: Iterable[str]) -> tuple[Phrase, ...]:
    """Those that mean a matter that is offered."""
    known = set(offered)
    written = [
        *(
            Phrase(text, meant, place % _EVERY == _EVERY - 1)
            for meant, texts in _rows("phrases.yaml")
            for place, text in enumerate(texts)
        ),
        *(
            Phrase(text, meant, held_out)
            for name, held_out in _WHOLE.items()
            for meant, texts in _rows(name)
            for text in texts
        ),
    ]
    return tuple(phrase for phrase in written if known & set(phrase.meant))


def _rows(name: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """What is meant, and the phrases for it."""
    rows = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return [(tuple(meant.split()), texts) for meant, texts in rows.items()]


def rates(finder: Finder, asked: Iterable[Phrase]) -> Rates:
    found = [(phrase, [hit.matter_id for hit in finder.find(phrase.text)]) for phrase in asked]
    first = sum(bool(hits) and hits[0] in phrase.meant for phrase, hits in found)
    missed = tuple(phrase.text for phrase, hits in found if not set(hits[:_AMONG]) & set(phrase.meant))
    return Rates(len(found), first / len(found), 1 - len(missed) / len(found), missed)

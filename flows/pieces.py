"""What a text is cut into before it is compared: characters, pairs of them, pairs by sound, and Latin words."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise, product
from pathlib import Path

from flows.sounds import plain, readings

PAIR, SINGLE, BY_SOUND, WORD = 1.0, 0.22, 0.5, 1.0  # how much each kind of piece says
APART = 0.6  # two characters with another one between them
LONGEST = 120  # characters of a text that are looked at
_HERE = Path(__file__)
_SIMPLIFIED = _HERE.with_name("simplified.txt")  # written by setup/simplified.py
_EVERYDAY = _HERE.with_name("everyday.txt")  # a line a word: it, then what people here say for it
_FILLER = re.compile(
    r"我想要|我要|我想|想要|请问|怎么样|怎么|怎样|如何|哪里|在哪|可以|能不能|办理|办一下"
    r"|一下|一个|一张|一份|什么|我的|需要|哪些|多少|你好|您好|那个|这个|就是|麻烦|听说|然后|问问|(.)[不没]\1"
)
_PARTICLE = re.compile("[的了吗呢啊吧呀嘛嗯呃哦]")
_SMALL_WORD = re.compile(
    "a|an|and|are|at|can|do|for|from|get|have|here|how|i|in|is|it|me|my|need|of|on|or|please|the|there|to|want"
    "|what|where|with|you|your"
)


def cleaned(text: str) -> str:
    """Small letters, full-width ones as usual, characters as they are written today; one blank for all else."""
    small = unicodedata.normalize("NFKC", text[:LONGEST]).lower().translate(_today())
    return " ".join("".join(letter if letter.isalnum() else " " for letter in small).split())


@cache
def _today() -> dict[int, int]:
    """What an old character is today."""
    lines = _SIMPLIFIED.read_text(encoding="utf-8").split()
    return {ord(old): ord(line[0]) for line in lines for old in line[1:]}


@cache
def _said() -> tuple[re.Pattern[str], dict[str, str]]:
    lines = [line.split() for line in _EVERYDAY.read_text(encoding="utf-8").splitlines()]
    meant = {word: line[0] for line in lines for word in line}
    return re.compile("|".join(sorted(meant, key=len, reverse=True))), meant


def in_plain_words(text: str) -> str:
    """屋宕 as 房, 没有 as 无: of words that mean the same, one. Names are compared so too."""
    words, meant = _said()
    return words.sub(lambda found: meant[found[0]], text)


def to_the_point(asked: str) -> str:
    """What was asked without 我要, 怎么 and the like; as it was where nothing else is in it."""
    left = _PARTICLE.sub("", _FILLER.sub(" ", asked))
    return " ".join(left.split()) or asked


def is_chinese(character: str) -> bool:
    return unicodedata.category(character) == "Lo"


def pieces(text: str) -> Iterator[tuple[str, float]]:
    """(piece, how much it says) of a cleaned text; a piece may come several times."""
    for chinese, run in groupby(text, is_chinese):
        part = "".join(run)
        if chinese:
            yield from _of_characters(part)
        else:
            yield from ((word, WORD) for word in part.split() if not _SMALL_WORD.fullmatch(word))


def _of_characters(run: str) -> Iterator[tuple[str, float]]:
    yield from ((character, SINGLE) for character in run)
    for one, other in pairwise(run):
        yield one + other, PAIR
        yield from by_sound(readings(one), readings(other))


def pairs_apart(text: str) -> Iterator[tuple[str, float]]:
    """没犯过罪 has 犯罪 in it: what a question may mean besides its pieces, worth nothing where no matter knows it."""
    for one, between, other in zip(text, text[1:], text[2:], strict=False):
        if is_chinese(one) and is_chinese(between) and is_chinese(other):
            yield one + other, APART


def by_sound(one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Two characters by each way they can sound."""
    for first, second in product(one, other):
        yield f"{plain(first)} {plain(second)}", BY_SOUND

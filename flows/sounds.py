"""How Chinese is spelled in pinyin, from the small table `flows/sounds.txt`; forgiving of how people here speak."""

from functools import cache, lru_cache
from itertools import chain, islice, product
from pathlib import Path

_TABLE = Path(__file__).with_name("sounds.txt")  # written by setup/sounds.py
_LONGEST = 6  # letters of a syllable: zhuang
_SKIPPED = 3  # the cost of a letter that belongs to no syllable, in syllables
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))  # what an accent or a hurried finger takes for the same
_VARIANTS = 6  # spellings kept of one text whose characters can sound in several ways


@cache
def _table() -> tuple[dict[int, tuple[str, ...]], frozenset[str]]:
    """Syllables by the number of a character; those that sound alike share what they sound like."""
    found: dict[int, tuple[str, ...]] = {}
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        _rank, syllable, characters = line.split()
        for character in map(ord, characters):
            sounds = (*found.get(character, ()), syllable)
            found[character] = alike.setdefault(sounds, sounds)
    return found, frozenset(chain.from_iterable(alike))


def readings(character: str) -> tuple[str, ...]:
    """The syllables this character can stand for, the commonest first; empty for what is no Chinese of GB 2312."""
    return _table()[0].get(ord(character), ())


def plain(syllable: str) -> str:
    """Without what people mix up: zh and z, ch and c, sh and s, ng and n."""
    for written, meant in _ALIKE:
        syllable = syllable.replace(written, meant)
    return syllable


@lru_cache(maxsize=256)
def syllables(letters: str) -> tuple[str, ...]:
    """Letters without blanks as the fewest syllables of pinyin; letters that fit none are left out."""
    known = _table()[1]
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(letters) + 1):
        cost, found = best[end - 1]
        options = [(cost + _SKIPPED, found)]
        for start in range(max(0, end - _LONGEST), end):
            if letters[start:end] in known:
                cost, found = best[start]
                options.append((cost + 1, (*found, letters[start:end])))
        best.append(min(options))
    return best[-1][1]


def spellings(text: str) -> tuple[tuple[str, str], ...]:
    """(letters, initials) of a text in each way it can be read; what is no Chinese stands for itself."""
    ways = [readings(character) or (character,) for character in text if character.isalnum()]
    several = islice(product(*ways), _VARIANTS)
    return tuple(dict.fromkeys(("".join(way), "".join(part[0] for part in way)) for way in several))

"""智能导办: the matter a person means by a few words, a whole sentence, pinyin, initials or a slip of the finger.

A question is cut into pieces (`flows.pieces`). A piece that few matters know says more than one that many know, and
what a matter is called says more than what stands in its description. Letters are compared as spellings too.
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, pairwise

from flows.lines import Lines
from flows.matter import Matter
from flows.pieces import PAIR, by_sound, cleaned, in_plain_words, is_chinese, pairs_apart, pieces, to_the_point
from flows.sounds import spellings, syllables

CALLED, DESCRIBED, OF_DEPARTMENT = 1.0, 0.45, 0.3  # its titles and what people say; its summary; who is in charge
WHOLE, CONTAINED = 1.0, 0.5  # added where a name is all that was asked, or stands in it
UNKNOWN = 0.35  # of a piece that no matter knows: it makes every hit less sure
TALK = 1.0  # of what is known by pairs and words: more than this that is unknown is what people tell besides
LEAST = 0.2  # of a perfect match; below it nothing was found
MOST = 6  # hits shown
_TAKEN_FOR = {"n": "l", "r": "l", "f": "h"}
LONGEST_NAME = 12  # characters of a name that counts where it stands in a question or in another name
SLIP = 5  # letters; a shorter word is no slip of another
ALIKE = 74  # of 100, rapidfuzz' ratio: spellings nearer than this may be a slip
MOST_OF_TWO = 8  # letters that are tried as the initials of two names
MOST_INITIALS = 12  # more letters than this are no initials
BEGUN, INSIDE, IN_ORDER, IN_TWO = 0.9, 0.7, 0.45, 0.5  # letters that begin a name, stand in it, with gaps, begin two


@dataclass(frozen=True)
class Term:
    """A name, a word for it or a description, cleaned, and how much it says."""

    text: str
    weight: float


@dataclass(frozen=True)
class Found:
    """`score` compares within one search only."""

    matter_id: str
    score: float


def terms_of(matter: Matter) -> tuple[Term, ...]:
    """All that the search knows of one matter."""
    titles = [matter.title, *([matter.document.title] if matter.document else [])]
    weighed = [
        *((text, CALLED) for title in titles for text in (title.zh, title.en)),
        *((word, CALLED) for word in matter.search.words),
        *((text, DESCRIBED) for text in (matter.summary.zh, matter.summary.en)),
        *((text, OF_DEPARTMENT) for text in (matter.department.zh, matter.department.en)),
    ]
    return tuple(Term(cleaned(text), weight) for text, weight in weighed)


def begins_like(letters: str) -> str:
    """The first letter; one for those that people here take for each other (n, l and r; f and h)."""
    return _TAKEN_FOR.get(letters[:1], letters[:1])


def parts_of(text: str) -> set[str]:
    """Every part of a text that may be a name in itself, two to LONGEST_NAME characters, itself among them."""
    ends = {begin: range(begin + 2, min(begin + LONGEST_NAME, len(text)) + 1) for begin in range(len(text))}
    return {text[begin:end] for begin, possible in ends.items() for end in possible}


class _Learnt:
    """What is gathered for an index, before it is packed tight."""

    def __init__(self) -> None:
        self.holders: dict[str, dict[int, float]] = defaultdict(dict)  # piece -> place of the matter -> weight
        self.names: dict[str, set[int]] = defaultdict(set)  # what a matter is called, without blanks -> its places
        self.spelled: dict[tuple[str, str, int], None] = {}  # letters, initials, place

    def learn(self, place: int, term: Term) -> None:
        plain = in_plain_words(term.text)
        for piece, _ in chain(pieces(term.text), pieces(plain) if plain != term.text else ()):
            holders = self.holders[piece]
            holders[place] = max(term.weight, holders.get(place, 0.0))
        if term.weight >= CALLED:
            self.names[plain.replace(" ", "")].add(place)
            self.spelled.update(((*spelling, place), None) for spelling in spellings(term.text))

    def within(self) -> dict[str, tuple[int, ...]]:
        """A name -> places of matters with a name that has it in it."""
        found: dict[str, set[int]] = defaultdict(set)
        for name, places in self.names.items():
            for part in parts_of(name) & self.names.keys():
                found[part] |= places
        return {part: tuple(places) for part, places in found.items()}


class Finder:
    """An index over some matters; searching changes nothing in it."""

    def __init__(self, known: Mapping[str, Iterable[Term]]) -> None:
        self._ids = tuple(known)
        learnt = _Learnt()
        for place, terms in enumerate(known.values()):
            for term in terms:
                learnt.learn(place, term)
        self._holders = {piece: tuple(places.items()) for piece, places in learnt.holders.items()}
        self._names = {name: tuple(places) for name, places in learnt.names.items()}
        self._within = learnt.within()
        by_length = sorted(learnt.spelled, key=lambda spelling: len(spelling[0]))
        self._letters = Lines(letters for letters, _, _ in by_length)
        self._begun: dict[str, list[int]] = defaultdict(list)  # how it begins -> places in _letters, the shortest first
        for number, (letters, _, _) in enumerate(by_length):
            self._begun[begins_like(letters)].append(number)
        self._initials = Lines(initials for _, initials, _ in by_length)
        self._owners = tuple(place for _, _, place in by_length)
        self._words = tuple(piece for piece in self._holders if piece.isascii() and " " not in piece)
        self._most = math.log1p(len(self._ids))

    @classmethod
    def over(cls, catalog: Mapping[str, Matter]) -> "Finder":
        return cls({matter.id: terms_of(matter) for matter in catalog.values()})

    def find(self, asked: str, used: Mapping[str, int] | None = None, most: int = MOST) -> tuple[Found, ...]:
        """The best first; among hits that are equally good the one that is `used` more often here."""
        question = cleaned(asked)
        if not question:
            return ()
        scores = self._by_pieces(in_plain_words(to_the_point(question)))
        if any("a" <= letter <= "z" for letter in question):
            for place, score in self._by_letters(question):
                scores[place] = max(scores.get(place, 0.0), score)
        often = used or {}
        hits = [(-round(score, 2), -often.get(self._ids[place], 0), place) for place, score in scores.items()]
        best = nsmallest(most, (hit for hit in hits if -hit[0] >= LEAST))
        return tuple(Found(self._ids[place], -score) for score, _, place in best)

    # --- by pieces

    def _by_pieces(self, question: str) -> dict[int, float]:
        apart = {piece: says for piece, says in pairs_apart(question) if piece in self._holders}
        asked = apart | dict(pieces(question))
        scores = self._covered(asked)
        whole = question.replace(" ", "")
        for place in self._names.get(whole, ()):
            scores[place] = scores.get(place, 0.0) + WHOLE
        for part in parts_of(whole):
            for place in self._within.get(part, ()):
                scores[place] = scores.get(place, 0.0) + CONTAINED * len(part) / len(whole)
        return scores

    def _covered(self, asked: Mapping[str, float]) -> dict[int, float]:
        """How much of what was asked each matter knows, 0 to 1."""
        scores: dict[int, float] = defaultdict(float)
        total = unknown = sure = 0.0
        for piece, says in asked.items():
            meant, likeness = self._meant(piece)
            holders = self._holders.get(meant)
            if not holders:
                unknown += says * UNKNOWN
                continue
            rare = says * math.log1p(len(self._ids) / len(holders)) / self._most
            total += rare
            sure += rare if says >= PAIR else 0.0
            for place, weight in holders:
                scores[place] += rare * weight * likeness
        total += min(unknown, sure * TALK) if sure else unknown
        return {place: score / total for place, score in scores.items()} if total else {}

    def _meant(self, piece: str) -> tuple[str, float]:
        """The piece itself, or the word that it is a slip of."""
        if piece in self._holders or len(piece) < SLIP or not piece.isascii() or " " in piece:
            return piece, 1.0
        from rapidfuzz import fuzz, process  # three megabytes that only a slip of the finger needs

        nearest = process.extractOne(piece, self._words, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return (nearest[0], nearest[1] / 100) if nearest else (piece, 1.0)

    # --- by letters

    def _by_letters(self, question: str) -> Iterator[tuple[int, float]]:
        """Pinyin, whole or begun or with a slip; its first letters; or a mixture with characters."""
        for letters, initials in spellings(question)[:2]:
            yield from self._spelled(letters)
            mixed = any(map(is_chinese, question))
            yield from self._initials_of(initials if mixed else letters, in_two=not mixed)
            yield from self._sounding(letters)

    def _spelled(self, letters: str) -> Iterator[tuple[int, float]]:
        if len(letters) < 3:
            return
        right = False
        for number, begins in self._letters.with_part(letters):
            share = len(letters) / len(self._letters.all[number])
            right |= begins
            yield self._owners[number], (BEGUN if begins else INSIDE) + share / 5
        if not right:
            for likeness, number in self._slips_of(letters):
                yield self._owners[number], likeness / 100

    def _slips_of(self, letters: str) -> Iterator[tuple[float, int]]:
        """Of spellings that begin alike and are not so much longer or shorter that they cannot be alike enough."""
        from rapidfuzz import fuzz, process

        factor = (200 - ALIKE) / ALIKE  # of the lengths of two texts whose ratio is ALIKE at most
        numbers, spelled = self._begun.get(begins_like(letters), []), self._letters.all
        first = bisect_left(numbers, len(letters) / factor, key=lambda number: len(spelled[number]))
        last = bisect_right(numbers, len(letters) * factor, key=lambda number: len(spelled[number]))
        near = [spelled[number] for number in numbers[first:last]]
        for _, likeness, place in process.extract(letters, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=40):
            yield likeness, numbers[first + place]

    def _initials_of(self, asked: str, *, in_two: bool) -> Iterator[tuple[int, float]]:
        if not 2 <= len(asked) <= MOST_INITIALS:
            return
        found = False
        for number, begins in self._initials.with_part(asked):
            found = True
            share = len(asked) / len(self._initials.all[number])
            yield self._owners[number], (BEGUN if begins else INSIDE) * 0.9 + share / 5
        if len(asked) > 2 and asked.isalpha():
            yield from ((self._owners[number], IN_ORDER) for number in self._initials.with_letters(asked))
        if in_two and not found and len(asked) <= MOST_OF_TWO:
            yield from ((place, IN_TWO) for place in self._initials_of_two(asked))

    def _initials_of_two(self, asked: str) -> Iterator[int]:
        """个体户注册 is asked for where one name is 个体户 and another one begins with 注册."""
        for cut in range(2, len(asked) - 1):
            first, last = (
                {self._owners[number] for number, begins in self._initials.with_part(part) if begins}
                for part in (asked[:cut], asked[cut:])
            )
            yield from first & last

    def _sounding(self, letters: str) -> Iterator[tuple[int, float]]:
        """A sentence in pinyin: its syllables two by two."""
        spoken = syllables(letters)
        asked = {piece: says for one, other in pairwise(spoken) for piece, says in by_sound((one,), (other,))}
        yield from self._covered(asked).items()

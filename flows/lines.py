"""Many short strings searched at once, at the speed of one long one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_END = "\n"


class Lines:
    """Numbered from 0; none of them has a line break in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.all = tuple(lines)
        self._text = _END + _END.join(self.all) + _END
        self._starts: list[int] = []
        place = 1
        for line in self.all:
            self._starts.append(place)
            place += len(line) + 1

    def with_part(self, part: str) -> Iterator[tuple[int, bool]]:
        """(number, whether it begins with the part) of each line that has it."""
        at = self._text.find(part)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number, self._starts[number] == at
            at = self._text.find(part, self._text.index(_END, at))

    def with_letters(self, letters: str) -> Iterator[int]:
        """Lines that have all these letters in this order, perhaps with others between."""
        first, *rest = map(re.escape, letters)
        pattern = re.compile(first + "".join(f"[^{_END}{letter}]*{letter}" for letter in rest))
        for match in pattern.finditer(self._text):
            yield bisect_right(self._starts, match.start()) - 1

"""A catalogue of any size, made of the words of the real one: what a search over it costs."""

import random  # noqa: TID251 - the type; the generator is seeded
from collections.abc import Mapping

from flows.finding import Finder, Term, terms_of
from flows.matter import Matter

_CHARACTERS = "一二三四五六七八九十东南西北春夏秋冬山水田土木金火风云雨雪花草树江河湖海天地日月星光长行重乐"


def generated(catalog: Mapping[str, Matter], count: int, chance: random.Random) -> Finder:
    """Each matter has all the words of a real one with two or three other characters put behind them."""
    models = [terms_of(matter) for matter in catalog.values()]
    made = {}
    for number in range(count):
        tail = "".join(chance.choices(_CHARACTERS, k=chance.choice((2, 3))))
        made[f"matter-{number}"] = [Term(term.text + tail, term.weight) for term in chance.choice(models)]
    return Finder(made)

"""好差评: the five levels and their tags, read from `flows/ratings.yaml`."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field as Bounds
from pydantic import StringConstraints, TypeAdapter

from flows.text import Frozen, Text


class RatingTag(Frozen):
    """`code` is the programme's three digits; the first one is the level."""

    code: Annotated[str, StringConstraints(pattern=r"^[1-5]\d\d$")]
    label: Text


class RatingLevel(Frozen):
    """5 非常满意 … 1 非常不满意; levels 1 and 2 are 差评 and open a follow-up."""

    level: Annotated[int, Bounds(ge=1, le=5)]
    label: Text
    tags: tuple[RatingTag, ...]


def load_ratings(path: Path) -> tuple[RatingLevel, ...]:
    """Best level first."""
    rows = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return TypeAdapter(tuple[RatingLevel, ...]).validate_python(rows)


RATINGS = load_ratings(Path(__file__).with_name("ratings.yaml"))

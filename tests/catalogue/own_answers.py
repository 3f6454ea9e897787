"""The answers that the walks of the catalogue give by themselves, read without the matters."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import JsonValue

WALKS = Path(__file__).with_name("walks")


@cache
def walks_of(matter: str) -> tuple[dict[str, Any], ...]:
    """The entries of `walks/<matter>.yaml`; none for a matter outside the catalogue."""
    path = WALKS / f"{matter}.yaml"
    return tuple(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.is_file() else ()


def own_answers(matter: str, step: str) -> list[JsonValue]:
    return [walk["answers"][step] for walk in walks_of(matter) if step in walk.get("answers", {})]

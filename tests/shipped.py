"""The matters that are shipped, loaded once for all tests of a process."""

from collections.abc import Mapping
from functools import cache

from flows.load import load_catalog
from flows.matter import Matter


@cache
def catalog() -> Mapping[str, Matter]:
    return load_catalog()

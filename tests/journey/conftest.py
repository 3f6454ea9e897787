"""Terminals without hardware, with the matters and words that are shipped or others."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from flows.matter import Matter
from kiosk.journey.words import Words, load_words
from tests import shipped
from tests.journey.terminal import Terminal

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words(ROOT / "assets" / "words")


@pytest.fixture(scope="session")
def catalog() -> Mapping[str, Matter]:
    return shipped.catalog()


@pytest.fixture
def new_terminal(catalog: Mapping[str, Matter], words: Words) -> Callable[[], Terminal]:
    return lambda: Terminal(catalog, words)


@pytest.fixture
def new_terminal_with(words: Words) -> Callable[[Mapping[str, Matter]], Terminal]:
    """A terminal that offers these matters, just come up."""
    return lambda matters: Terminal(matters, words).comes_up()


@pytest.fixture
def terminal(new_terminal: Callable[[], Terminal]) -> Terminal:
    return new_terminal().comes_up()


@pytest.fixture
def terminal_with(words: Words) -> Callable[[Matter], Terminal]:
    """A terminal that offers this one matter and is up."""
    return lambda matter: Terminal({matter.id: matter}, words).comes_up()

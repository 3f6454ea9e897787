"""The terminal's own words for citizens, found by a dotted name, in every language of `assets/words`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

LANGUAGES = ("zh", "en")


class WordsError(Exception):
    """One line: which file of words is wrong, where, and what to do."""


@dataclass(frozen=True)
class Words:
    """Words by language and dotted name."""

    by_language: Mapping[str, Mapping[str, str]]

    def say(self, language: str, name: str, /, **values: object) -> str:
        """The words called `name`, with `{value}` places filled. Raises KeyError for a name that is not there."""
        return self.by_language[language][name].format_map(values)

    def has(self, name: str) -> bool:
        return name in self.by_language[LANGUAGES[0]]


def load_words(folder: Path) -> Words:
    """Read `zh.yaml` and `en.yaml` from `folder`. Raises WordsError."""
    found = {language: _read(folder / f"{language}.yaml") for language in LANGUAGES}
    first = LANGUAGES[0]
    for language in LANGUAGES[1:]:
        odd = sorted(found[first].keys() ^ found[language].keys())
        if odd:
            lacking = first if odd[0] in found[language] else language
            raise WordsError(f"{folder / lacking}.yaml: lacks the words '{odd[0]}'; write them in every language")
    return Words(found)


def _read(path: Path) -> Mapping[str, str]:
    try:
        tree = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise WordsError(f"{path}: cannot be read ({error.strerror}); put the words back") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise WordsError(f"{path}:{line}: not valid YAML ({error.problem}); correct that place") from error
    return dict(_flatten(path, "", tree))


def _flatten(path: Path, prefix: str, tree: object) -> Iterator[tuple[str, str]]:
    if isinstance(tree, Mapping):
        for name, below in tree.items():
            yield from _flatten(path, f"{prefix}.{name}" if prefix else str(name), below)
    elif isinstance(tree, str):
        yield prefix, tree
    else:
        raise WordsError(f"{path}: '{prefix}' is not text; put it in quotes")

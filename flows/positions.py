"""YAML read with the line of every value, so that what is wrong in a matter can be said with its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from pydantic import JsonValue

Path = tuple[str | int, ...]

_DEEPEST = 40  # levels; the deepest matter of the catalogue has ten
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `allowed` is empty where there is no short list of what could stand there."""

    file: str
    line: int
    message: str
    allowed: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f"; allowed: {self.allowed}" if self.allowed else "")


@dataclass(frozen=True)
class Fault:
    """A problem before it has its file and line: where in the data, and what."""

    path: Path
    message: str
    allowed: str = ""


@dataclass(frozen=True)
class Place:
    """`line` counts from 1."""

    file: str
    line: int


@dataclass
class Located:
    """Plain data and where each part stands.

    `lines` has the line (from 1) of each key, list item and of the whole (); `files` the file of those that came from
    another one than `file`.
    """

    file: str = ""
    value: JsonValue = None
    lines: dict[Path, int] = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Of the deepest part on the path that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.files.get(path, self.file), self.lines.get(path, 1))

    def complain(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))


def read_yaml(data: bytes, file: str) -> Located:
    """Never raises for what the file says: syntax errors are in `problems` with their line."""
    located = Located(file)
    unreadable = _unreadable(data)
    if unreadable:
        located.complain(*unreadable)
        return located
    try:
        if _too_deep(data):
            located.complain(1, "not a matter: nested too deeply")
            return located
        loader = yaml.CSafeLoader(data)
        try:
            node = loader.get_single_node()
            if node is None:
                located.complain(1, "the file is empty")
                return located
            located.value = _value(node, (), located, loader, set())
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        opened = error.context_mark if "flow" in str(error.context) else None  # where the brace or bracket stands
        mark = opened or error.problem_mark or error.context_mark
        located.complain(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:
        located.complain(1, f"not YAML: {error}".splitlines()[0])
    return located


def _unreadable(data: bytes) -> tuple[int, str] | None:
    """(line, what is wrong) where the bytes are no text that a matter can be."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1, "not YAML: the file is not text in UTF-8; save it as UTF-8"
    odd = _CONTROL.search(text)
    if odd is None:
        return None
    line = text.count("\n", 0, odd.start()) + 1
    return line, f"not YAML: the invisible character U+{ord(odd[0]):04X} stands here; take it out"


def _too_deep(data: bytes) -> bool:
    """Asked before anything is built: the reader calls itself for each level, and the program would end with it."""
    depth = 0
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _value(node: yaml.Node, path: Path, located: Located, loader: yaml.CSafeLoader, seen: set[int]) -> JsonValue:
    line = node.start_mark.line + 1
    located.lines.setdefault(path, line)
    if id(node) in seen:
        if not located.problems or located.problems[-1].line != line:
            located.complain(line, "anchors and aliases are not used in matters: write it out")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return {key: _value(item, (*path, key), located, loader, seen) for key, item in _pairs(node, path, located)}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, place), located, loader, seen) for place, item in enumerate(node.value)]
    return _scalar(node, located, loader)


def _pairs(node: yaml.MappingNode, path: Path, located: Located) -> Iterator[tuple[str, yaml.Node]]:
    used: set[str] = set()
    for key, item in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            located.complain(line, "a key must be a word")
        elif key.value in used:
            located.complain(line, f"key '{key.value}' stands here twice")
        else:
            used.add(key.value)
            located.lines[(*path, key.value)] = line
            yield key.value, item


_JSON_TAGS: Mapping[str, str] = {
    "tag:yaml.org,2002:timestamp": "a date must stand in quotes",
    "tag:yaml.org,2002:binary": "binary data has no place in a matter",
    "tag:yaml.org,2002:set": "a set has no place in a matter",
}


def _scalar(node: yaml.Node, located: Located, loader: yaml.CSafeLoader) -> JsonValue:
    line = node.start_mark.line + 1
    if node.tag in _JSON_TAGS:
        located.complain(line, _JSON_TAGS[node.tag])
        return str(node.value)
    try:
        value: JsonValue = loader.construct_object(node)
    except ValueError:
        located.complain(line, f"'{node.value}' cannot be read as {node.tag.rpartition(':')[2]}")
        return None
    return value

"""Matters from disk: read, checked in whole, and refused with file, line and what is allowed."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from flows.check import matter_faults
from flows.checked import digest_of, keep, recall
from flows.fragments import expand
from flows.matter import Matter
from flows.positions import Fault, Located, Problem, read_yaml
from flows.shape import shape_faults

CATALOG = Path(__file__).with_name("catalog")
_MAX_BYTES = 1_000_000


class MatterError(Exception):
    """Matters that cannot be used. `problems` are all of them; the message is the first, one line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        rest = len(self.problems) - 1
        super().__init__(f"{self.problems[0]}" + (f" (and {rest} more: kiosk matters check)" if rest else ""))


def load_matter(path: Path) -> Matter:
    """One matter, checked; raises MatterError."""
    matter, problems = _read(path)
    if matter is None or problems:
        raise MatterError(problems)
    return matter


def check_matter(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with one file, in the order of its lines; empty when it can be used."""
    return _read(path)[1]


def self_contained(path: Path) -> str:
    """The text of a matter file with its fragments put in, as it is published; raises MatterError."""
    load_matter(path)
    located = _located(path.read_bytes(), path)
    if not located.files:
        return path.read_text(encoding="utf-8-sig")
    return yaml.dump(located.value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)


def load_catalog(folder: Path = CATALOG, kept: Path | None = None) -> Mapping[str, Matter]:
    """Every `*.yaml` of a folder by matter id, in the order of the names; raises MatterError with all problems.

    `kept` is a file in which checked matters are remembered: what has not changed since is not checked again.
    """
    if kept is None:
        return _checked(folder)
    digest = digest_of(folder)
    known = recall(kept, digest)
    if known is not None:
        return MappingProxyType({matter.id: matter for matter in known})
    matters = _checked(folder)
    keep(kept, digest, matters)
    return matters


def _checked(folder: Path) -> Mapping[str, Matter]:
    matters: dict[str, Matter] = {}
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise MatterError([Problem(str(folder), 1, "no matter here: a catalog is a folder with files *.yaml")])
    for path in paths:
        matter, found = _read(path)
        problems += found
        if matter is not None:
            matters[matter.id] = matter
    if problems:
        raise MatterError(problems)
    return MappingProxyType(matters)


def _read(path: Path) -> tuple[Matter | None, tuple[Problem, ...]]:
    if path.suffix != ".yaml":
        return None, (Problem(str(path), 1, "the name of a matter's file ends otherwise", f"{path.stem}.yaml"),)
    try:
        if path.exists() and not path.is_file():
            return None, (Problem(str(path), 1, "cannot be read: it is no file", "a file of text"),)
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        return None, (Problem(str(path), 1, f"cannot be read: {error.strerror}"),)
    if len(data) > _MAX_BYTES:
        return None, (Problem(str(path), 1, "too large for a matter", f"{_MAX_BYTES} bytes"),)
    located = _located(data, path)
    problems = list(located.problems)
    matter: Matter | None = None
    faults: tuple[Fault, ...] = ()
    if not problems:
        try:
            matter = Matter.model_validate(located.value)
            faults = tuple(matter_faults(matter, path.stem))
        except ValidationError as error:
            faults = tuple(shape_faults(error, located.value))
    problems += [_placed(fault, located) for fault in faults]
    return matter, tuple(sorted(problems, key=lambda problem: problem.line))


def _located(data: bytes, path: Path) -> Located:
    return expand(read_yaml(data, str(path)), path.parent / "fragments")


def _placed(fault: Fault, located: Located) -> Problem:
    place = located.place(fault.path)
    return Problem(place.file, place.line, fault.message, fault.allowed)

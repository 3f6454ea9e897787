"""Fragments: pieces that matters share, put in where a list says `use:`, each value still with its file and line.

A fragment is `<folder of the matter>/fragments/<name>.yaml`, else one of the program's own. It has `items`, and
`parameters` with what each is where `with:` does not give it (null: it must be given). `$name` stands for a parameter,
`${name}` for one inside a longer text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import JsonValue

from flows.positions import Located, Problem, read_yaml
from flows.positions import Path as At

OWN = Path(__file__).with_name("catalog") / "fragments"
_KEYS = ("use", "with")
_WHOLE = re.compile(r"\$([a-z][a-z0-9_]*)")
_INSIDE = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True)
class _Source:
    """A file that was read, and what its `$names` stand for."""

    located: Located
    arguments: Mapping[str, tuple["_Source", JsonValue, At]]


def expand(located: Located, folder: Path) -> Located:
    """The same with every `use` replaced; what is wrong with one is among its problems."""
    if not _uses(located.value):
        return located
    whole = Located(file=located.file, problems=list(located.problems))
    whole.value = _Expansion(whole, folder).copy(_Source(located, {}), located.value, (), ())
    return whole


def _uses(value: JsonValue) -> bool:
    if isinstance(value, dict):
        return any(_uses(item) for item in value.values())
    return isinstance(value, list) and any((isinstance(item, dict) and "use" in item) or _uses(item) for item in value)


class _Expansion:
    def __init__(self, whole: Located, folder: Path) -> None:
        self._whole = whole
        self._folder = folder

    def copy(self, source: _Source, value: JsonValue, at: At, to: At) -> JsonValue:
        """`at` is where it stands in its source, `to` where in the whole."""
        if isinstance(value, str) and source.arguments:
            return self._filled(source, value, at, to)
        self._note(source, at, to)
        if isinstance(value, dict):
            return {key: self._entry(source, key, item, at, to) for key, item in value.items()}
        if isinstance(value, list):
            items: list[JsonValue] = []
            for place, item in enumerate(value):
                self._item(source, item, (*at, place), to, items)
            return items
        return value

    def _entry(self, source: _Source, key: str, item: JsonValue, at: At, to: At) -> JsonValue:
        return self.copy(source, item, (*at, key), (*to, key))

    def _item(self, source: _Source, item: JsonValue, at: At, to: At, items: list[JsonValue]) -> None:
        if not isinstance(item, dict) or "use" not in item:
            items.append(self.copy(source, item, at, (*to, len(items))))
            return
        used = self._used(source, item, at)
        listed = used.located.value if used else None
        found = listed["items"] if isinstance(listed, dict) else []
        for place, part in enumerate(found if isinstance(found, list) and used else []):
            assert used is not None
            self._item(used, part, ("items", place), to, items)

    def _filled(self, source: _Source, text: str, at: At, to: At) -> JsonValue:
        name = _WHOLE.fullmatch(text)
        if name and name[1] in source.arguments:
            origin, value, place = source.arguments[name[1]]
            return self.copy(origin, value, place, to)
        self._note(source, at, to)
        return _INSIDE.sub(lambda found: self._words(source, found[1]), text)

    def _words(self, source: _Source, name: str) -> str:
        return str(source.arguments[name][1]) if name in source.arguments else f"${{{name}}}"

    def _used(self, source: _Source, item: dict[str, JsonValue], at: At) -> _Source | None:
        """The fragment with its arguments; None where it cannot be used, which is then said."""
        for key in item:
            if key not in _KEYS:
                return self._wrong(source, (*at, key), f"unknown key '{key}' beside use", ", ".join(_KEYS))
        if source.arguments or source.located.file != self._whole.file:
            return self._wrong(source, at, "a fragment cannot use another one", "the steps themselves")
        name = str(item["use"])
        path = next((path for path in (self._folder / f"{name}.yaml", OWN / f"{name}.yaml") if path.is_file()), None)
        if path is None or not re.fullmatch("[a-z0-9-]+", name):
            return self._wrong(source, (*at, "use"), f"there is no fragment '{name}'", ", ".join(self._names()))
        fragment = _read(path, path.stat().st_mtime_ns)
        return self._with(source, item.get("with") or {}, at, fragment, name) if self._right(fragment) else None

    def _right(self, fragment: Located) -> bool:
        self._whole.problems += fragment.problems
        return not fragment.problems

    def _with(self, source: _Source, given: JsonValue, at: At, fragment: Located, name: str) -> _Source | None:
        value = fragment.value
        found = value.get("parameters") if isinstance(value, dict) else None
        known = found if isinstance(found, dict) else {}
        if not isinstance(given, dict):
            return self._wrong(source, (*at, "with"), "parameters are names with values", ", ".join(known))
        arguments: dict[str, tuple[_Source, JsonValue, At]] = {}
        for parameter in given:
            if parameter not in known:
                said = f"fragment '{name}' has no parameter '{parameter}'"
                return self._wrong(source, (*at, "with", parameter), said, ", ".join(known) or "none")
        for parameter, usual in known.items():
            if parameter in given:
                arguments[parameter] = (source, given[parameter], (*at, "with", parameter))
            elif usual is None:
                return self._wrong(source, at, f"fragment '{name}' needs '{parameter}'", f"with: {{{parameter}: …}}")
            else:
                arguments[parameter] = (_Source(fragment, {}), usual, ("parameters", parameter))
        return _Source(fragment, arguments)

    def _wrong(self, source: _Source, at: At, message: str, allowed: str) -> _Source | None:
        place = source.located.place(at)
        self._whole.problems.append(Problem(place.file, place.line, message, allowed))
        return None

    def _note(self, source: _Source, at: At, to: At) -> None:
        place = source.located.place(at)
        self._whole.lines[to] = place.line
        if place.file != self._whole.file:
            self._whole.files[to] = place.file

    def _names(self) -> Iterator[str]:
        yield from sorted({path.stem for folder in (self._folder, OWN) for path in folder.glob("*.yaml")})


@lru_cache(maxsize=64)
def _read(path: Path, written_at: int) -> Located:  # noqa: ARG001 - a file that was written anew is read anew
    located = read_yaml(path.read_bytes(), str(path))
    value = located.value
    if not located.problems and not (isinstance(value, dict) and isinstance(value.get("items"), list)):
        located.problems.append(Problem(str(path), 1, "a fragment has items", "items: a list"))
    return located

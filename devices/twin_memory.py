"""What was done to virtual devices and lasts, on disk: a twin host that starts again finds them as they were left."""

import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from devices.twin import Twin, UnknownVerb

FILE = "twins.json"
Act = tuple[str, dict[str, str]]  # verb, arguments


class TwinMemory:
    """`lasting`: for each twin its verbs that last → the thing they change; of a thing the latest verb counts."""

    def __init__(self, folder: Path, lasting: Mapping[str, Mapping[str, str]]) -> None:
        self._path = folder / FILE
        self._lasting = lasting
        self._acts = _read(self._path)
        self._writing = threading.Lock()

    def note(self, twin: str, verb: str, arguments: Mapping[str, str]) -> None:
        thing = self._lasting[twin].get(verb)
        if thing is None:
            return
        with self._writing:
            acts = self._acts.setdefault(twin, {})
            place = f"{thing} {arguments.get('camera', '')}".strip()
            acts.pop(place, None)  # to the end: they are done again in the order of time
            acts[place] = (verb, dict(arguments))
            part = self._path.with_suffix(".part")
            part.write_text(json.dumps(self._acts, ensure_ascii=False), encoding="utf-8")
            part.replace(self._path)

    def bring_back(self, twins: Mapping[str, Twin]) -> None:
        """Do all of it again; what a newer program does not know any more is left out."""
        for name, twin in twins.items():
            for verb, arguments in self._acts_of(name):
                try:
                    twin.do(verb, arguments)
                except (UnknownVerb, OSError):
                    self._acts.pop(name, None)  # such as a picture that is gone

    def _acts_of(self, name: str) -> Iterator[Act]:
        yield from list(self._acts.get(name, {}).values())


def _read(path: Path) -> dict[str, dict[str, Act]]:
    """Empty where there is none, or none that can be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(twin): {str(thing): (str(verb), dict(arguments)) for thing, (verb, arguments) in acts.items()}
            for twin, acts in told.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}

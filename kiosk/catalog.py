"""The matters this terminal offers: those of the newest package that is whole, else the ones it came with.

`python -m kiosk.catalog FOLDER` tries a folder of matters in a process of its own: the first line that is wrong, or
nothing. A package lies at `<state folder>/matters/<version>/`; `current.json` beside it names the one in use.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.matter import Matter

FOLDER, CURRENT, MANIFEST = "matters", "current.json", "manifest.json"
CHECKED = "matters-checked.json"  # in the state folder


@dataclass(frozen=True)
class Catalog:
    """`version` is that of the package, 0 for the matters the program came with; `icons` are those of the package.

    `settings` is the version of the center's settings by which matters were left out.
    """

    version: int
    matters: "Mapping[str, Matter]"
    icons: Path | None = None
    settings: int = 0


def packages_folder(state_folder: Path) -> Path:
    return state_folder / FOLDER


def load_installed(state_folder: Path, shipped: Path) -> Catalog:
    """The newest one that loads: in use, the one before it, shipped. Raises MatterError where even those do not."""
    from flows.load import MatterError, load_catalog

    for version in versions_in_use(state_folder):
        folder = packages_folder(state_folder) / str(version)
        try:
            if is_whole(folder):
                return _offered(
                    state_folder,
                    Catalog(version, load_catalog(folder / "matters", state_folder / CHECKED), folder / "icons"),
                )
        except (MatterError, OSError):
            continue
    return _offered(state_folder, Catalog(0, load_catalog(shipped, state_folder / CHECKED)))


def _offered(state_folder: Path, catalog: Catalog) -> Catalog:
    """Without those that the center switched off at this place."""
    from kiosk.given import read_given, switched_off

    given = read_given(state_folder)
    off = switched_off(given)
    matters = {name: matter for name, matter in catalog.matters.items() if name not in off}
    return replace(catalog, matters=matters, settings=int(given.get("version", 0)))


def versions_in_use(state_folder: Path) -> tuple[int, ...]:
    """The package in use and the one before, newest first; without a readable `current.json` whatever lies there."""
    folder = packages_folder(state_folder)
    try:
        named = json.loads((folder / CURRENT).read_bytes())
        return tuple(int(named[key]) for key in ("version", "before") if named[key])
    except (OSError, ValueError, KeyError, TypeError):
        found = (int(path.name) for path in folder.glob("[0-9]*") if path.name.isdecimal())
        return tuple(sorted(found, reverse=True))


def is_whole(folder: Path) -> bool:
    """Every file that the manifest names is there with its digest, and no other matter."""
    try:
        manifest: Mapping[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        named = {str(item["path"]): str(item["sha256"]) for item in manifest["files"]}
        there = {f"{path.parent.name}/{path.name}" for path in folder.glob("*/*")}
        return there == named.keys() and all(_digest(folder / path) == sha256 for path, sha256 in named.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _try_out(folder: Path) -> int:
    from flows.load import MatterError, load_catalog

    try:
        load_catalog(folder)
    except MatterError as error:
        problem = error.problems[0]
        print(f"{Path(problem.file).name}:{problem.line}: {problem.message}")  # noqa: T201 - what the parent reads
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_try_out(Path(sys.argv[1])))

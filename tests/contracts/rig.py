"""A driver on its twin's wire, with hands for both: what the conformance suites work with.

One file a driver (or a variant of its wire) in `rigs/`, named `<class>_<driver>[_<variant>].py`. It defines
`DRIVER` ("idcard.sdt") and `rig(folder)`, a context manager that starts the twin in `folder` and yields the class's
rig with the device built and not opened. Nothing is registered: the suites collect the files by name.
"""

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent / "rigs"


@dataclass(frozen=True, kw_only=True)
class Rig:
    """`mute(True)`: the device takes what it is told and says nothing; `garble`: its next answers are rubbish, None
    where the wire has no such fault. `work`: one whole command, asserted. `linger`: a command that lasts some seconds
    unless it is cancelled, None where the class has none. `patience`: s within which a muted device must be found out.
    """

    device: Any
    pull: Callable[[], None]
    plug: Callable[[], None]
    mute: Callable[[bool], None]
    garble: Callable[[], None] | None
    work: Callable[[], None]
    linger: Callable[[], object] | None
    patience: float = 10.0


@dataclass(frozen=True, kw_only=True)
class CardRig(Rig):
    """`lay(name)`: a card of devices.idcard.cards; `lift_during_read`: the next read is torn after so many bytes."""

    lay: Callable[[str], None]
    lift: Callable[[], None]
    lift_during_read: Callable[[int], None] | None


@dataclass(frozen=True, kw_only=True)
class ScannerRig(Rig):
    """`hold(text)`: a code before the scanner, once; `remove` takes it away again."""

    hold: Callable[[str], None]
    remove: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class CameraRig(Rig):
    """`show(scene)`: what stands before the camera; see the twin's scenes."""

    show: Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class PrinterRig(Rig):
    """`print_page(command_id)` gives the phase it ended in; `printed()`: how many pages came out so far."""

    print_page: Callable[[str], str]
    printed: Callable[[], int]
    run_out: Callable[[], None]
    refill: Callable[[], None]


def known_rigs(kind: str = "") -> dict[str, ModuleType]:
    """Every rig file of a class (all without `kind`), by name."""
    names = sorted(path.stem for path in HERE.glob(f"{kind}*.py") if not path.stem.startswith("_"))
    return {name: importlib.import_module(f"tests.contracts.rigs.{name}") for name in names}


def ready(module: ModuleType, folder: Path) -> AbstractContextManager[Any]:
    rig: Callable[[Path], AbstractContextManager[Any]] = module.rig
    return rig(folder)

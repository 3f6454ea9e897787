"""What a disk may hold after a power cut: all that was synced, and of the rest whatever chance lets it have.

Sectors of one write arrive or not, each for itself, torn at 512 or 4096 bytes; names that were made, renamed and
removed since the folder was synced hold or not, in order as a journal keeps them or each for itself.
"""

import random  # noqa: TID251 - the seed is the point of it
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

OUTSIDE = ("/said", "/paper")  # what the world saw cannot be taken back


@dataclass
class _File:
    synced: bytes = b""
    pending: list[tuple] = field(default_factory=list)  # write or truncate

    def sync(self) -> None:
        content = bytearray(self.synced)
        for operation in self.pending:
            _apply(content, operation)
        self.synced, self.pending = bytes(content), []

    def after_a_cut(self, chance: random.Random, sector: int, kept: float) -> bytes:
        content = bytearray(self.synced)
        pieces = [piece for operation in self.pending for piece in _torn(operation, sector)]
        if chance.random() < 0.5:
            chance.shuffle(pieces)
        for piece in pieces:
            if chance.random() < kept:
                _apply(content, piece)
        return bytes(content)


def _apply(content: bytearray, operation: tuple) -> None:
    kind, _, where, *data = operation
    if kind == "truncate":
        del content[where:]
        content.extend(bytes(where - len(content)))
        return
    content.extend(bytes(max(0, where + len(data[0]) - len(content))))
    content[where : where + len(data[0])] = data[0]


def _torn(operation: tuple, sector: int) -> list[tuple]:
    if operation[0] == "truncate":
        return [operation]
    _, number, offset, data = operation
    cuts = [0, *range(sector - offset % sector, len(data), sector), len(data)]
    return [("write", number, offset + a, data[a:b]) for a, b in pairwise(cuts)]


def _renamed(names: dict[str, int], operation: tuple) -> None:
    match operation:
        case ("create", path, number):
            names[path] = number
        case ("unlink", path):
            names.pop(path, None)
        case ("rename", old, new) if old in names:
            names[new] = names.pop(old)


def write_image(log: Sequence[tuple], cut: int, seed: int, folder: Path) -> None:
    """Into `folder`: the disk as it might be when the power goes after `cut` operations."""
    chance = random.Random(seed * 1_000_003 + cut)
    files: dict[int, _File] = {}
    names: dict[str, int] = {}  # as synced
    pending: list[tuple] = []  # of names
    folders: list[str] = []
    for operation in log[:cut]:
        match operation:
            case ("mkdir", path):
                folders.append(path)  # made before the act begins, in all that is tried here
            case ("create", _, number):
                files[number] = _File()
                pending.append(operation)
            case ("rename", _, _) | ("unlink", _):
                pending.append(operation)
            case ("write", number, _, _) | ("truncate", number, _):
                files[number].pending.append(operation)
            case ("fsync", number):
                files[number].sync()
            case ("fsyncdir", path):
                pending = _settle(names, pending, path)
    seen = dict(names)
    for operation in pending:
        _renamed(seen, operation)
    _cut_names(names, pending, chance)
    sector, kept = chance.choice((512, 4096)), chance.choice((0.0, 0.5, 0.9, 1.0))
    for path in folders:
        (folder / path[1:]).mkdir(parents=True, exist_ok=True)
    for path, number in {**names, **{path: seen[path] for path in OUTSIDE if path in seen}}.items():
        if path in OUTSIDE:
            files[number].sync()
        (folder / path[1:]).write_bytes(files[number].after_a_cut(chance, sector, kept))


def _settle(names: dict[str, int], pending: list[tuple], folder: str) -> list[tuple]:
    """Those of this folder are on disk now; the others."""
    rest = []
    for operation in pending:
        if (operation[1].rpartition("/")[0] or "/") == folder:
            _renamed(names, operation)
        else:
            rest.append(operation)
    return rest


def _cut_names(names: dict[str, int], pending: Sequence[tuple], chance: random.Random) -> None:
    in_order = chance.random() < 0.5
    first = chance.randint(0, len(pending)) if in_order else len(pending)
    for operation in pending[:first]:
        if in_order or chance.random() < 0.5:
            _renamed(names, operation)

"""Files that are either whole on the disk or not there: written beside, synced, renamed, and the folder synced."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Raises OSError; then nothing, or the file as it was before, stands at `path`."""
    write_all_durably({path: data}, mode)


def write_all_durably(files: Mapping[Path, bytes], mode: int = 0o600) -> None:
    """Files of one folder, each whole or not there; the folder is synced once. Raises OSError."""
    written: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            written[path] = path.with_name(f".{path.name}.part")
            _write_synced(written[path], data, mode)
        for path, beside in written.items():
            beside.rename(path)
    except OSError:
        for beside in written.values():
            beside.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in this folder last."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_full(error: OSError) -> bool:
    """Whether there was no room, rather than something being broken."""
    return error.errno in _FULL

"""Files that are either whole on the disk or not there: written beside, synced, renamed, and the folder synced."""

import errno
import os
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

AT_ONCE = 4  # files being synced
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_durably(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Raises OSError; then nothing, or the file as it was before, stands at `path`."""
    write_all_durably([(path, data)], mode)


def write_all_durably(files: Sequence[tuple[Path, bytes]], mode: int = 0o600) -> None:
    """Files of one folder, each whole or not there. Raises OSError."""
    beside = {path: path.with_name(f".{path.name}.part") for path, _ in files}
    try:
        if len(files) == 1:
            _write_synced(beside[files[0][0]], files[0][1], mode)
        elif files:
            _write_together([(beside[path], data) for path, data in files], mode)
        for path, written in beside.items():
            written.rename(path)
    except OSError:
        for written in beside.values():
            written.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in beside}:
        sync_folder(folder)


def _write_together(files: Sequence[tuple[Path, bytes]], mode: int) -> None:
    """Syncs that are under way at the same time share one commit of the file system's journal."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(_write_synced, path, data, mode) for path, data in files]
    for job in jobs:
        job.result()


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


def is_full(error: OSError | sqlite3.Error) -> bool:
    """Whether there was no room, rather than something being broken."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL

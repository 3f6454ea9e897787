"""Blobs in a folder of this machine."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from center.blobs import BlobMissing, BlobsAway
from center.errors import CenterUnusable
from center.folders import sync_folder


class BlobFolder:
    """`<folder>/ab/abcd…`: the first two digits keep folders small."""

    def __init__(self, folder: Path) -> None:
        """Raises CenterUnusable when the folder cannot be made or written."""
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            reason = error.strerror or error
            raise CenterUnusable(f"blobs: {folder} is not writable: {reason}; choose another with --blobs") from error

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def check(self) -> None:
        if not os.access(self._folder, os.W_OK):
            raise BlobsAway(f"{self._folder} cannot be written")

    def names(self) -> Iterator[str]:
        return (path.name for path in self._folder.glob("[0-9a-f][0-9a-f]/*") if not path.name.startswith("."))

    def size(self, sha256: str) -> int:
        try:
            return self._path(sha256).stat().st_size
        except OSError as error:
            raise BlobMissing(sha256) from error

    def write(self, data: bytes) -> str:
        """File and folder are synced when this returns."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._path(sha256)
        try:
            if not self._is_whole(sha256):
                self._make_folder(target.parent)
                with _temporary(target.parent) as (descriptor, temporary):
                    _write_all(descriptor, data)
                    os.fsync(descriptor)
                    temporary.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise BlobsAway(f"{self._folder}: {error.strerror or error}") from error
        return sha256

    def read(self, sha256: str) -> bytes:
        try:
            data = self._path(sha256).read_bytes()
        except OSError as error:
            raise BlobMissing(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobMissing(sha256)
        return data

    def _is_whole(self, sha256: str) -> bool:
        try:
            self.read(sha256)
        except BlobMissing:
            return False
        return True

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(exist_ok=True, mode=0o700)
            sync_folder(self._folder)


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[int, Path]]:
    """A file (mode 0600) that is gone afterwards unless it was renamed."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        yield descriptor, Path(name)
    finally:
        os.close(descriptor)
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]

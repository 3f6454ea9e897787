"""Disk space set aside beforehand: given up when the disk is full, so that the visit under way can still finish."""

import os
import shutil
import threading
from pathlib import Path

from kiosk.backroom.files import sync_folder

MEGABYTE = 1 << 20  # bytes


class Reserve:
    """A file of `size` bytes that really occupies them. Safe to call from any thread."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._path = folder / "reserve"
        self._size = size
        self._lock = threading.Lock()

    def lack(self) -> str:
        """Why no visit may begin: less than `size` free beside the whole reserve. Empty: one may. Raises OSError.

        Takes up the reserve again as soon as there is room for it.
        """
        with self._lock:
            free = shutil.disk_usage(self._folder).free
            if not self._is_whole():
                # With less than this the reserve would only take the room that a visit needs.
                if free < 2 * self._size or not self._take_up():
                    return self._words(free)
                free = shutil.disk_usage(self._folder).free
        return "" if free >= self._size else self._words(free)

    def give_up(self) -> bool:
        """True where there was something to give."""
        with self._lock:
            if not self._path.exists():
                return False
            self._path.unlink()
            sync_folder(self._folder)
            return True

    def _is_whole(self) -> bool:
        try:
            known = self._path.stat()
        except FileNotFoundError:
            return False
        return known.st_size == self._size and known.st_blocks * 512 >= self._size  # 512: unit of st_blocks

    def _take_up(self) -> bool:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, max(1, self._size))
            os.fsync(descriptor)
        except OSError:
            self._path.unlink(missing_ok=True)
            return False
        finally:
            os.close(descriptor)
        return True

    def _words(self, free: int) -> str:
        return (
            f"{self._folder}: {free // MEGABYTE} MB free, {self._size // MEGABYTE} MB needed beside the reserve;"
            " free some disk space"
        )

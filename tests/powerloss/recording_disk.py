"""`python -m tests.powerloss.recording_disk MOUNT LOG`: a file system in memory that notes each operation in order.

What a power cut would have left of it at any moment is worked out afterwards (`images`). Ends when it is unmounted.
"""

import errno
import pickle
import stat
import sys
from pathlib import Path

from mfusepy import FUSE, FuseOSError, Operations

MODES = {"file": stat.S_IFREG | 0o600, "folder": stat.S_IFDIR | 0o700}


class RecordingDisk(Operations):
    """Files are numbered, so that one that was renamed or unlinked while open stays the same file."""

    use_ns = True

    def __init__(self) -> None:
        self.log: list[tuple] = []
        self._folders = {"/"}
        self._names: dict[str, int] = {}
        self._content: dict[int, bytearray] = {}

    def _note(self, *operation: object) -> int:
        self.log.append(operation)
        return 0

    def _file(self, path: str) -> int:
        if path not in self._names:
            raise FuseOSError(errno.ENOENT)
        return self._names[path]

    def getattr(self, path, fh=None):
        if path in self._folders:
            return {"st_mode": MODES["folder"], "st_nlink": 2}
        size = len(self._content[fh if fh is not None else self._file(path)])
        return {"st_mode": MODES["file"], "st_nlink": 1, "st_size": size, "st_blocks": -(-size // 512)}

    def readdir(self, path, fh):
        place = path.rstrip("/") + "/"
        names = [*self._names, *(self._folders - {"/"})]
        return [".", "..", *(name.removeprefix(place) for name in names if name.rpartition("/")[0] + "/" == place)]

    def mkdir(self, path, mode):
        self._folders.add(path)
        return self._note("mkdir", path)

    def create(self, path, mode, fi=None):
        number = len(self._content) + 1
        self._names[path], self._content[number] = number, bytearray()
        self._note("create", path, number)
        return number

    def open(self, path, flags):
        return self._file(path)

    def read(self, path, size, offset, fh):
        return bytes(self._content[fh][offset : offset + size])

    def write(self, path, data, offset, fh):
        content = self._content[fh]
        content.extend(bytes(max(0, offset + len(data) - len(content))))
        content[offset : offset + len(data)] = data
        self._note("write", fh, offset, bytes(data))
        return len(data)

    def truncate(self, path, length, fh=None):
        number = fh if fh is not None else self._file(path)
        content = self._content[number]
        del content[length:]
        content.extend(bytes(length - len(content)))
        return self._note("truncate", number, length)

    def unlink(self, path):
        self._file(path)
        del self._names[path]
        return self._note("unlink", path)

    def rename(self, old, new, flags=0):
        self._names[new] = self._file(old)
        del self._names[old]
        return self._note("rename", old, new)

    def fsync(self, path, datasync, fh):
        return self._note("fsync", fh)

    def fsyncdir(self, path, datasync, fh):
        return self._note("fsyncdir", path)

    def chmod(self, path, mode):
        return 0

    def utimens(self, path, times=None):
        return 0

    def statfs(self, path):
        return {"f_bsize": 4096, "f_frsize": 4096, "f_blocks": 1 << 20, "f_bavail": 1 << 20, "f_bfree": 1 << 20}


def main() -> None:
    disk = RecordingDisk()
    FUSE(disk, sys.argv[1], foreground=True, nothreads=True)
    Path(sys.argv[2]).write_bytes(pickle.dumps(disk.log))


if __name__ == "__main__":
    main()

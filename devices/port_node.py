"""Whether a port's node came, went or was replaced: one cheap look, so that nobody has to ask the device for it."""

import stat
from pathlib import Path

Signature = tuple[int, int, int] | None


class PortNode:
    """`path` may be any address of a driver; a network address or a USB device's has no node, and never changes."""

    def __init__(self, path: str) -> None:
        self._path = f"/dev/video{path}" if path.isdigit() else path
        self._seen: Signature = None

    def note(self) -> None:
        """Remembers what is there now."""
        self._seen = self._look()

    @property
    def changed(self) -> bool:
        """Since the last `note`; never blocks."""
        return self._look() != self._seen

    @property
    def there(self) -> bool:
        return "://" in self._path or self._look() is not None

    def _look(self) -> Signature:
        """A link that points to a new node has a new identity too: unplugged and plugged in again is seen."""
        if "://" in self._path:
            return None
        try:
            link, node = Path(self._path).lstat(), Path(self._path).stat()
        except OSError:
            return None
        return link.st_ino, link.st_ctime_ns if stat.S_ISLNK(link.st_mode) else 0, node.st_rdev

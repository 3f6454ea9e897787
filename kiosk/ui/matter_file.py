"""A matter's file while its author works on it: taken up each time it is saved, and what is wrong with it said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from flows.load import MatterError, load_matter
from flows.matter import Matter

LOOKS_EVERY = 300  # ms; editors write a file anew or put another in its place, and no notice of the system covers both
MOST_PROBLEMS = 3  # shown at once


class MatterFile(QObject):
    """`take` is given each good version, `say` what is wrong with a broken one, file and line first, or nothing."""

    def __init__(self, path: Path, take: Callable[[Matter], None], say: Callable[[str], None]) -> None:
        super().__init__()
        self._path = path
        self._take = take
        self._say = say
        self._seen = self._stamps()
        self._timer = QTimer(self, interval=LOOKS_EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        """Of the file and the fragments it may use."""
        files = (self._path, *sorted((self._path.parent / "fragments").glob("*.yaml")))
        found = {file: file.stat() for file in files if file.exists()}
        return {file: (stat.st_mtime_ns, stat.st_size) for file, stat in found.items()}

    def _look(self) -> None:
        try:
            stamps = self._stamps()
        except OSError:  # between two looks at it, an editor put another file in its place
            return
        if stamps == self._seen:
            return
        self._seen = stamps
        try:
            matter = load_matter(self._path)
        except MatterError as error:
            shown = [replace(problem, file=Path(problem.file).name) for problem in error.problems[:MOST_PROBLEMS]]
            self._say("\n".join(map(str, shown)))
            return
        self._say("")
        self._take(matter)

"""Chinese by pinyin for QML: the spelling so far and what it may mean; nothing where librime is not installed."""

import threading
from pathlib import Path

from PySide6.QtCore import Property, QCoreApplication, QObject, QTemporaryDir, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.rime import Rime, RimeMissingError
from kiosk.ui.values import given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@given_by_shell
class Pinyin(QObject):
    """`prepare` loads the engine in a thread; its folder is temporary and goes with the program."""

    changed = Signal()
    loaded = Signal(object)
    availableChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: Rime | None = None  # what the thread made; `_rime` is the one in use
        self._rime: Rime | None = None
        self._folder: QTemporaryDir | None = None
        self._loading: threading.Thread | None = None
        self.loaded.connect(self.use)

    @Slot()
    def prepare(self) -> None:
        """Load the engine, once; without librime nothing happens and Latin letters remain."""
        application = QCoreApplication.instance()
        if self._loading is not None or application is None:
            return
        self._folder = QTemporaryDir()
        self._loading = threading.Thread(
            target=self._load, args=(Path(self._folder.path()),), name="pinyin", daemon=True
        )
        self._loading.start()
        application.aboutToQuit.connect(self.close)

    def close(self) -> None:
        """End the engine and remove its folder."""
        if self._loading is not None:
            self._loading.join()
            self._loading = None
        if self._engine is not None:
            self._engine.close()
        self._engine = self._rime = None
        if self._folder is not None:
            self._folder.remove()

    def _load(self, folder: Path) -> None:
        try:
            self._engine = Rime(folder)
        except (RimeMissingError, OSError):
            return
        self.loaded.emit(self._engine)

    def use(self, rime: Rime | None) -> None:
        """The engine, once it is loaded; None takes it away."""
        self._rime = rime if rime is self._engine else None
        self.availableChanged.emit()
        self.changed.emit()

    @Slot(str, result=str)
    def key(self, letter: str) -> str:
        """What this key finished, mostly nothing yet."""
        return self._after(self._rime.key(letter)) if self._rime else letter

    @Slot(int, result=str)
    def pick(self, index: int) -> str:
        return self._after(self._rime.pick(index)) if self._rime else ""

    @Slot()
    def erase(self) -> None:
        if self._rime:
            self._after(self._rime.erase())

    @Slot(bool)
    def turn(self, onward: bool) -> None:
        """The next or the former candidates."""
        if self._rime:
            self._after(self._rime.turn(onward))

    @Slot()
    def clear(self) -> None:
        if self._rime:
            self._rime.clear()
            self.changed.emit()

    def _after(self, committed: str) -> str:
        self.changed.emit()
        return committed

    def _get_available(self) -> bool:
        return self._rime is not None

    def _get_spelling(self) -> str:
        return self._rime.spelling if self._rime else ""

    def _get_candidates(self) -> list[str]:
        return list(self._rime.candidates) if self._rime else []

    available = Property(bool, _get_available, notify=availableChanged)
    spelling = Property(str, _get_spelling, notify=changed)
    candidates = Property("QStringList", _get_candidates, notify=changed)  # type: ignore[arg-type]

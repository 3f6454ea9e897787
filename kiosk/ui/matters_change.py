"""New matters come onto the screen between two visits: loaded in a thread, shown when nobody is in a visit."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kiosk.backroom.messages import MattersInUse, MattersReady

if TYPE_CHECKING:
    from flows.finding import Finder
    from kiosk.catalog import Catalog
    from kiosk.journey.intents import Backroom
    from kiosk.journey.journey import VisitJourney


class MattersChange(QObject):
    """`in_use` is what the screen offers; `show_icons` is told the folder of a package's icons."""

    _loaded = Signal(object)

    def __init__(
        self,
        state_folder: Path,
        shipped: Path,
        in_use: "Catalog",
        journey: "VisitJourney",
        backroom: "Backroom",
        show_icons: Callable[[Path | None], None],
    ) -> None:
        super().__init__()
        self._state_folder = state_folder
        self._shipped = shipped
        self._in_use = in_use
        self._journey = journey
        self._backroom = backroom
        self._show_icons = show_icons
        self._wanted: int | None = None
        self._loader: threading.Thread | None = None
        self._finder: Finder | None = None  # over what the thread loaded
        self._loaded.connect(self._take)

    def hear(self, ready: MattersReady) -> None:
        if ready.version == self._in_use.version:
            self._wanted = None
            self._backroom.send(MattersInUse(version=ready.version))
        else:
            self._wanted = ready.version
            self.look()

    def look(self) -> None:
        """Begin to load what waits, if nobody is in a visit: no person's touch waits for it."""
        if self._wanted is not None and self._loader is None and self._journey.between_visits:
            self._loader = threading.Thread(target=self._load, name="matters", daemon=True)
            self._loader.start()

    def close(self) -> None:
        if self._loader is not None:
            self._loader.join()

    def _load(self) -> None:
        from flows.finding import Finder
        from flows.load import MatterError
        from kiosk.catalog import load_installed

        try:
            catalog = load_installed(self._state_folder, self._shipped)
            self._finder = Finder.over(catalog.matters)
            self._loaded.emit(catalog)
        except (MatterError, OSError):
            self._loaded.emit(None)

    def _take(self, catalog: "Catalog | None") -> None:
        """On the screen's thread. Somebody began a visit meanwhile: it is loaded again when that is over."""
        self._loader = None
        if catalog is None:
            self._wanted = None
        elif self._journey.offer_matters(catalog.matters, self._finder):
            self._wanted, self._in_use = None, catalog
            self._show_icons(catalog.icons)
            self._backroom.send(MattersInUse(version=catalog.version))

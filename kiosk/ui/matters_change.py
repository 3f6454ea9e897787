"""New matters and settings come onto the screen between two visits, loaded in a thread meanwhile."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kiosk.messages.from_backroom import MattersReady
from kiosk.messages.to_backroom import MattersInUse

if TYPE_CHECKING:
    from flows.finding import Finder
    from kiosk.catalog import Catalog
    from kiosk.config import TerminalConfig
    from kiosk.journey.intents import Backroom
    from kiosk.journey.journey import VisitJourney


@dataclass(frozen=True)
class _Read:
    """What the thread read, and for which message it did."""

    asked: MattersReady
    catalog: "Catalog"
    finder: "Finder"
    config: "TerminalConfig"


class MattersChange(QObject):
    """`told` is terminal.toml as it stands; `in_use` what the screen offers; `show_icons` is told a package's icons."""

    _loaded = Signal(object)

    def __init__(
        self,
        told: "TerminalConfig",
        shipped: Path,
        in_use: "Catalog",
        journey: "VisitJourney",
        backroom: "Backroom",
        show_icons: Callable[[Path | None], None],
    ) -> None:
        super().__init__()
        self._told = told
        self._shipped = shipped
        self._in_use = MattersReady(version=in_use.version, settings=in_use.settings)
        self._journey = journey
        self._backroom = backroom
        self._show_icons = show_icons
        self._wanted: MattersReady | None = None
        self._loader: threading.Thread | None = None
        self._loaded.connect(self._take)

    def hear(self, ready: MattersReady) -> None:
        self._wanted = None if ready == self._in_use else ready
        if self._wanted is None:
            self._backroom.send(MattersInUse(version=ready.version))
        self.look()

    def look(self) -> None:
        """Begin to load what waits, if nobody is in a visit: no person's touch waits for it."""
        wanted = self._wanted
        if wanted is not None and self._loader is None and self._journey.between_visits:
            self._loader = threading.Thread(target=self._load, args=(wanted,), name="matters", daemon=True)
            self._loader.start()

    def close(self) -> None:
        if self._loader is not None:
            self._loader.join()

    def _load(self, asked: MattersReady) -> None:
        from flows.finding import Finder
        from flows.load import MatterError
        from kiosk.catalog import load_installed
        from kiosk.given import with_given

        try:
            catalog = load_installed(self._told.terminal.state_folder, self._shipped)
            self._loaded.emit(_Read(asked, catalog, Finder.over(catalog.matters), with_given(self._told)))
        except (MatterError, OSError):
            self._loaded.emit(None)

    def _take(self, read: _Read | None) -> None:
        """On the screen's thread. Somebody began a visit meanwhile: it is loaded again when that is over."""
        self._loader = None
        if read is None:
            self._wanted = None
        elif self._journey.offer_matters(read.catalog.matters, read.finder):
            idle, service = read.config.idle, read.config.service
            self._journey.follow_rules(idle.seconds, idle.warning_seconds, service.contact, service.phone_url)
            self._show_icons(read.catalog.icons)
            self._in_use = MattersReady(version=read.catalog.version, settings=read.catalog.settings)
            self._wanted = None if self._wanted == read.asked else self._wanted
            self._backroom.send(MattersInUse(version=read.catalog.version))
            self.look()

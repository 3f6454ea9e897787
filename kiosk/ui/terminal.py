"""One terminal: window first, then configuration, matters and backroom; and everything wired to each other."""

import gc
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtQuick import QQuickView
from shiboken6 import delete

from devices.clock import Clock
from kiosk.memory import give_back
from kiosk.messages.from_backroom import MattersReady
from kiosk.places import CATALOG
from kiosk.ui.app import ONCE, ScreenSettings, application, open_window
from kiosk.ui.backroom_process import BackroomProcess
from kiosk.ui.matters_change import MattersChange
from kiosk.ui.pictures import IconProvider
from kiosk.ui.shell import Shell

if TYPE_CHECKING:
    from flows.finding import Finder
    from flows.matter import Matter
    from kiosk.catalog import Catalog
    from kiosk.config import TerminalConfig
    from kiosk.journey.journey import VisitJourney
    from kiosk.journey.screens import View
    from kiosk.journey.words import Words
    from kiosk.messages.from_backroom import FromBackroom

WRONG_CONFIGURATION = 2  # exit code: starting again would not help


@dataclass(frozen=True)
class Loaded:
    """What is read from disk after the first frame."""

    told: "TerminalConfig"  # as terminal.toml has it
    config: "TerminalConfig"  # with what the center set where that says nothing
    catalog: "Catalog"
    words: "Words"
    finder: "Finder"


class Terminal(QObject):
    """`open` shows the first page; the rest follows by itself. `failed` says in one line why it cannot go on."""

    shown = Signal()
    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, config: Path, settings: ScreenSettings, clock: Clock, catalog: Path | None = None) -> None:
        """`catalog`: a folder of matters to show whatever the center sends, for their author."""
        super().__init__()
        self._config_path = config
        self._settings = settings
        self._clock = clock
        self._catalog = catalog
        self._loader: threading.Thread | None = None
        self.journey: VisitJourney | None = None
        self._matters: MattersChange | None = None
        self._icons = IconProvider()
        self.backroom = BackroomProcess(config, self._receive, self._backroom_lost)
        self.app = application(settings)
        self.shell = Shell(settings.pixels_per_mm, settings.contact)
        self.window: QQuickView = open_window(self.shell, settings, visible=False, icons=self._icons)
        self.loaded.connect(self._attach)

    def open(self) -> None:
        self.window.frameSwapped.connect(self._first_frame, Qt.ConnectionType(ONCE))
        if self._settings.windowed:
            self.window.show()
        else:
            self.window.showFullScreen()

    def change_matter(self, matter: "Matter") -> None:
        """For its author; nothing before the terminal is ready."""
        if self.journey is not None:
            self.journey.change_matter(matter)

    def close(self) -> None:
        """Stop the backroom and leave; waiting cases stay on disk."""
        if self._loader is not None:
            self._loader.join()
        if self._matters is not None:
            self._matters.close()
        self.backroom.stop()
        delete(self.window)  # the pages look at the shell: they go first

    def _first_frame(self) -> None:
        self.shown.emit()
        self._loader = threading.Thread(target=self._load, name="load", daemon=True)
        self._loader.start()

    def _load(self) -> None:
        """In a thread of its own: imports and files that the first frame did not need."""
        import kiosk.journey.journey  # noqa: F401 - so that _attach, on the screen's thread, finds it ready
        from flows.finding import Finder
        from flows.load import MatterError, load_catalog
        from kiosk.catalog import Catalog, load_installed
        from kiosk.config import ConfigError, load_config
        from kiosk.given import with_given
        from kiosk.journey.words import WordsError, load_words
        from kiosk.places import ASSETS

        try:
            told = load_config(self._config_path)
            config = with_given(told)
            if self._catalog is not None:
                catalog = Catalog(0, load_catalog(self._catalog))
            else:
                catalog = load_installed(config.terminal.state_folder, CATALOG)
            words = load_words(ASSETS / "words")
            finder = Finder.over(catalog.matters)
            give_back()
            gc.freeze()  # what is loaded stays: no later collection walks it while a finger waits
            self.loaded.emit(Loaded(told, config, catalog, words, finder))
        except (ConfigError, MatterError, WordsError, OSError) as error:
            self.failed.emit(" ".join(str(error).split()))

    def _attach(self, loaded: Loaded) -> None:
        from kiosk.journey.journey import IdleSettings, VisitJourney

        idle = IdleSettings(seconds=loaded.config.idle.seconds, warning_seconds=loaded.config.idle.warning_seconds)
        self.journey = VisitJourney(
            catalog=loaded.catalog.matters,
            backroom=self.backroom,
            clock=self._clock,
            words=loaded.words,
            idle=idle,
            contact=loaded.config.service.contact,
            phone_url=loaded.config.service.phone_url,
            zone=ZoneInfo(loaded.config.terminal.time_zone),
            on_view=self._show,
            on_preview=self.shell.show_preview,
            finder=loaded.finder,
        )
        if self._catalog is None:
            self._matters = MattersChange(
                loaded.told, CATALOG, loaded.catalog, self.journey, self.backroom, self._show_icons
            )
        self._show_icons(loaded.catalog.icons)
        self.backroom.start()
        self.shell.attach(self.journey)

    def _show(self, view: "View") -> None:
        self.shell.show(view)
        if self._matters is not None:
            self._matters.look()

    def _show_icons(self, folder: Path | None) -> None:
        self._icons.package = folder

    def _receive(self, message: "FromBackroom", blob: bytes) -> None:
        if isinstance(message, MattersReady):
            if self._matters is not None:
                self._matters.hear(message)
        elif self.journey is not None:
            self.journey.receive(message, blob)

    def _backroom_lost(self) -> None:
        if self.journey is not None:
            self.journey.backroom_lost()


def run_terminal(config: Path, settings: ScreenSettings, clock: Clock, ready: str) -> int:
    """`kiosk run`: until the window is closed or the machine is shut down. Returns the exit code."""
    terminal = Terminal(config, settings, clock)

    def give_up(line: str) -> None:
        print(f"error: {line}", file=sys.stderr, flush=True)
        terminal.app.exit(WRONG_CONFIGURATION)

    terminal.failed.connect(give_up)
    terminal.shown.connect(lambda: print(ready, flush=True))
    terminal.open()
    code = terminal.app.exec()
    terminal.close()
    return code

"""`kiosk matters preview`: the real screens with one matter, a center and virtual devices of its own.

Each time the file is saved the screens follow it, and whoever walks through stays where they were.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from devices.clock import SystemClock
from flows.load import MatterError, load_matter, self_contained
from kiosk.cli.output import configuration, fail
from kiosk.demo.stage import Stage, StageError


def preview_matter(path: Path, config: Path | None, language: str) -> None:
    """Until the window is closed. Raises typer.Exit at the first mistake in the file."""
    try:
        load_matter(path)
    except MatterError as error:
        fail(str(error).splitlines()[0], code="invalidMatter")
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        fail("there is no display to show it on; start one (or use ./run, which serves it over VNC) and set DISPLAY")
    screen = configuration(config).screen
    try:
        with tempfile.TemporaryDirectory(prefix="oue-preview-") as folder:
            catalog = Path(folder) / "catalog"
            catalog.mkdir()
            (catalog / path.name).write_text(self_contained(path), encoding="utf-8")
            with Stage(Path(folder), SystemClock(), size=(screen.width, screen.height)) as stage:
                _show(stage, catalog, path, language)
    except StageError as error:
        fail(str(error), code="internalError", action="retry")


def _show(stage: Stage, catalog: Path, path: Path, language: str) -> None:
    from kiosk.ui.app import ScreenSettings
    from kiosk.ui.matter_file import MatterFile
    from kiosk.ui.terminal import Terminal

    desk = subprocess.Popen([sys.executable, "-m", "kiosk", "desk", "--folder", str(stage.twin_folder)])
    terminal = Terminal(stage.config, ScreenSettings(windowed=True), SystemClock(), catalog)
    file = MatterFile(path, terminal.change_matter, terminal.shell.tell_author)
    terminal.loaded.connect(lambda _: terminal.shell.setLanguage(language))
    try:
        terminal.open()
        code = terminal.app.exec()
    finally:
        file.stop()
        terminal.close()
        desk.terminate()
        desk.wait()
    if code:
        raise typer.Exit(code)

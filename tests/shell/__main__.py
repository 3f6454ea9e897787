"""`python -m tests.shell [--touches N] [--seed S]`: every chord at every page, and so many random touches; prints what
was tried and what led out of the pages."""

import argparse
import os
import random  # noqa: TID251 - the seed is the point of it
import sys

from PySide6.QtTest import QTest
from shiboken6 import delete

from kiosk.journey.screens import View
from kiosk.ui.app import ScreenSettings, application, open_window
from kiosk.ui.samples import samples
from kiosk.ui.shell import Shell
from tests.shell.conftest import Terminal
from tests.shell.strangers import Way, chords, presses, touches

TOUCHES_A_PAGE = 500


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.shell", description=__doc__)
    parser.add_argument("--touches", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    settings = ScreenSettings(contact="0577-12345")
    application(settings)
    shell = Shell(settings.pixels_per_mm, settings.contact)
    terminal = Terminal(shell, open_window(shell, settings), QTest.createTouchDevice())
    QTest.qWait(50)
    way = Way(terminal.window)
    violations = _presses_all(terminal, way) + _touches_many(terminal, way, asked.touches, random.Random(asked.seed))
    print(*violations, f"{len(violations)} violations", sep="\n", flush=True)
    way.close()
    shell.show(View())
    shell.pinyin.close()
    delete(terminal.window)  # the pages look at the shell: they go first

    return int(bool(violations))


def _presses_all(terminal: Terminal, way: Way) -> list[str]:
    found, tried = [], 0
    for page in sorted(samples("zh")):
        terminal.shows(page)
        terminal.journey.told.clear()
        for chord in chords():
            presses(terminal.window, chord)
            tried += 1
        found += [f"keys at {page}: {what}" for what in way.found(terminal.shell.pageName)]
        found += [f"a key at {page} did {intent[0]}" for intent in terminal.journey.told]
    print(f"{tried} chords at {len(samples('zh'))} pages", flush=True)
    return found


def _touches_many(terminal: Terminal, way: Way, count: int, chance: random.Random) -> list[str]:
    found, pages = [], sorted(samples("zh"))
    for number in range(count):
        if number % TOUCHES_A_PAGE == 0:
            terminal.journey.told.clear()
            terminal.shows(chance.choice(pages))
        touches(terminal.window, terminal.finger, chance)
        if number % TOUCHES_A_PAGE == TOUCHES_A_PAGE - 1:
            QTest.qWait(1)
            found += [f"touch {number}: {what}" for what in way.found(terminal.shell.pageName)]
    print(f"{count} touches", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())

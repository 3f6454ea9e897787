"""The screens follow the file of a matter while its author writes: what is wrong is said over the page."""

import re
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from kiosk.ui.matter_file import MatterFile

PAGE = Path(__file__).parents[2] / "docs" / "add-a-matter.md"


@pytest.fixture
def written(tmp_path):
    found = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "senior-card.yaml"
    path.write_text(found[1], encoding="utf-8")
    return path


def saves(path, before, after):
    """As an editor does: another file is put in its place."""
    beside = path.with_suffix(".new")
    beside.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    beside.replace(path)


def waits_for(what):
    for _ in range(200):
        if what():
            return
        QTest.qWait(25)


def test_a_mistake_is_said_with_its_line_and_gone_when_it_is_mended(terminal, written):
    taken = []
    file = MatterFile(written, taken.append, terminal.shell.tell_author)
    saves(written, "minutes: 2", "minuets: 2")
    waits_for(lambda: terminal.shell.authorNote)
    line = written.read_text(encoding="utf-8").splitlines().index("minuets: 2") + 1
    assert terminal.shell.authorNote.startswith("senior-card.yaml:")
    assert f"senior-card.yaml:{line}: unknown key 'minuets'" in terminal.shell.authorNote
    assert terminal.has("author")
    assert taken == []
    saves(written, "minuets: 2", "minutes: 3")
    waits_for(lambda: taken)
    file.stop()
    assert ([matter.minutes for matter in taken], terminal.shell.authorNote) == ([3], "")
    assert not terminal.has("author")

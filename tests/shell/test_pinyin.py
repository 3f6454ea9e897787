"""Chinese through the keys: librime's first candidates, and nothing of it left on disk."""

import ctypes.util
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from kiosk.ui.rime import SHARED_DATA, Rime, RimeMissingError

INSTALLED = ctypes.util.find_library("rime") is not None and (SHARED_DATA / "luna_pinyin_simp.schema.yaml").is_file()


def test_a_word_by_pinyin_or_latin_letters_where_there_is_no_engine(terminal, qtbot):
    terminal.shows("form")
    terminal.item("field:name").tapped.emit()
    for _ in range(3):
        terminal.touches("key:erase")
    if INSTALLED:
        qtbot.waitUntil(lambda: terminal.has("candidates:before"), timeout=8000)
        terminal.window.grabWindow()  # the keys have taken their new places
        for letter in "shebaoka":
            terminal.touches(f"key:{letter}")
        terminal.window.grabWindow()
        terminal.touches("candidate:0")
    else:
        terminal.touches("key:s")
    terminal.touches("forward")
    assert terminal.intents()[0][1]["name"] == ("社保卡" if INSTALLED else "s")
    pinyin: QObject = terminal.shell.pinyin
    folder = pinyin._folder.path() if pinyin._folder else ""
    pinyin.close()
    assert not folder or not Path(folder).exists()


def test_without_its_data_the_engine_says_what_to_install(tmp_path):
    with pytest.raises(RimeMissingError, match="rime-data-luna-pinyin"):
        Rime(tmp_path, shared=tmp_path)

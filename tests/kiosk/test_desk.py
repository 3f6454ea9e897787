"""The device desk against the real twin host: what is clicked happens, and it lives on without the host."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from devices.clock import SystemClock
from devices.printer.contract import Line, ReceiptDocument
from devices.printer.escpos_receipt import Options, create
from devices.twins_client import TwinClient
from kiosk.ui.desk.window import DeskWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the display that is none
PATIENCE = 15_000  # ms


@contextmanager
def twin_host(folder):
    command = [sys.executable, "-m", "devices.twins", "--folder", str(folder), "--with-parent"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as host:
        assert "ready" in host.stdout.readline()
        yield
        host.stdin.close()
        host.wait(10)


class Clerk:
    """Somebody at the desk."""

    def __init__(self, window, bot):
        self.window = window
        self.bot = bot

    def pushes(self, twin, button):
        self.window.panels[twin].findChild(QPushButton, button).click()

    def types(self, twin, field, text):
        self.window.panels[twin].findChild(QLineEdit, field).setText(text)

    def orders(self, twin, verb, arguments):
        panel = self.window.panels[twin]
        for name, value in arguments.items():
            if chooser := panel.findChild(QComboBox, f"{verb}.{name}"):
                chooser.setCurrentIndex(chooser.findData(value))
            else:
                self.types(twin, f"{verb}.{name}", value)
        self.pushes(twin, f"verb-{verb}")

    def sees(self, twin, fact, words):
        label = self.window.panels[twin].findChild(QLabel, fact)
        self.bot.waitUntil(lambda: words in label.text(), timeout=PATIENCE)

    def reads(self, name, words):
        label = self.window.findChild(QLabel, name)
        self.bot.waitUntil(lambda: words in label.text(), timeout=PATIENCE)


@pytest.fixture
def clerk(qtbot, tmp_path):
    window = DeskWindow(tmp_path)
    window.show()
    yield Clerk(window, qtbot)
    window.close()


@pytest.fixture
def connected(clerk, tmp_path):
    with twin_host(tmp_path):
        clerk.reads("connection", "connected")
        yield clerk


def test_a_card_is_laid_and_lifted(connected):
    connected.sees("idcard", "card", "无")
    connected.pushes("idcard", "lay")
    connected.sees("idcard", "card", "测试甲")
    connected.pushes("idcard", "lift")
    connected.sees("idcard", "card", "无")


def test_codes_scenes_paper_and_cables_are_worked(connected):
    connected.types("scanner", "scan", "OEB1:M:resident-medical-insurance")
    connected.pushes("scanner", "scan")
    connected.sees("scanner", "last", "resident-medical-insurance")
    connected.types("scanner", "hold_code", "OEB1:C:1")
    connected.pushes("scanner", "hold_code")
    connected.sees("camera", "document_scene", "码")
    connected.pushes("camera", "show-document")
    connected.sees("camera", "document_scene", "材料")
    connected.pushes("camera", "show-face-dark")
    connected.sees("camera", "face_scene", "太暗")
    connected.pushes("camera", "unplug-face")
    connected.sees("camera", "face_plugged", "已拔出")
    connected.pushes("printer", "cover-open")
    connected.sees("printer", "cover", "打开")
    connected.pushes("printer", "unplug")
    connected.sees("printer", "plugged", "已拔出")
    connected.pushes("a4_printer", "paper-jammed")
    connected.sees("a4_printer", "paper", "卡纸")
    connected.pushes("a4_printer", "door-open")
    connected.sees("a4_printer", "door", "打开")


def test_the_latest_receipt_is_shown_and_torn_off(connected, tmp_path):
    printer = create("receipt_printer", Options(str(tmp_path / "printer.tty")), SystemClock())
    printer.open()
    printer.print_receipt(ReceiptDocument((Line("小票"),)), "one")
    printer.close()
    connected.sees("printer", "waiting", "1")
    paper = connected.window.panels["printer"].findChild(QLabel, "latest")
    connected.bot.waitUntil(lambda: not paper.pixmap().isNull(), timeout=PATIENCE)
    connected.pushes("printer", "take")
    connected.sees("printer", "waiting", "0")


def test_what_the_twin_refuses_is_said(connected):
    connected.pushes("scanner", "hold_code")
    connected.reads("refusal", "needs text")


def test_the_desk_waits_for_its_host_and_takes_up_again(clerk, tmp_path):
    clerk.reads("connection", "no twins running")
    with twin_host(tmp_path):
        clerk.reads("connection", "● 虚拟设备已连接")
    clerk.reads("connection", "no twins running")
    assert not clerk.window.panels["idcard"].isEnabled()
    with twin_host(tmp_path):
        clerk.reads("connection", "● 虚拟设备已连接")


TRIED = (  # twin, verb, arguments; what the state then says of it, where the twin tells
    ("idcard", "lay", {"card": "moved"}, "card=moved"),
    ("idcard", "lift", {}, "card=–"),
    ("idcard", "lift_during_read", {"after": "40"}, ""),
    ("idcard", "silent", {"on": "yes"}, "silent=yes"),
    ("idcard", "delay", {"seconds": "2"}, "delay=2.0"),
    ("idcard", "baud", {"rate": "57600"}, "baud=57600"),
    ("idcard", "noise", {"at": "3", "bytes": "ff00"}, ""),
    ("idcard", "fault", {"kind": "garbage", "times": "2"}, "fault=garbage"),
    ("idcard", "unplug", {}, "plugged=no"),
    ("idcard", "plug", {}, "plugged=yes"),
    ("scanner", "scan", {"text": "OEB1:M:one"}, "last=OEB1:M:one"),
    ("scanner", "fault", {"kind": "half", "times": "2"}, "fault=half"),
    ("scanner", "silent", {"on": "yes"}, ""),
    ("scanner", "delay", {"seconds": "1"}, ""),
    ("scanner", "unplug", {}, "plugged=no"),
    ("scanner", "plug", {}, "plugged=yes"),
    ("camera", "show", {"camera": "face", "scene": "face"}, "face_scene=face"),
    ("camera", "hold_code", {"camera": "document", "text": "OEB1:C:2"}, "document_code=OEB1:C:2"),
    ("camera", "remove_code", {"camera": "document"}, "document_code=–"),
    ("camera", "silent", {"camera": "face", "on": "yes"}, "face_frozen=yes"),
    ("camera", "freeze", {"camera": "document"}, "document_frozen=yes"),
    ("camera", "thaw", {"camera": "document"}, "document_frozen=no"),
    ("camera", "fault", {"camera": "face", "kind": "garbage", "times": "always"}, "face_fault=garbage"),
    ("camera", "delay", {"camera": "face", "seconds": "1"}, ""),
    ("camera", "unplug", {"camera": "face"}, "face_plugged=no"),
    ("camera", "plug", {"camera": "face"}, "face_plugged=yes"),
    ("printer", "paper", {"level": "low"}, "paper=low"),
    ("printer", "cover", {"state": "open"}, "cover=open"),
    ("printer", "cover", {"state": "closed"}, "cover=closed"),
    ("printer", "take", {}, "waiting=0"),
    ("printer", "out_after", {"lines": "9"}, ""),
    ("printer", "silent", {"on": "yes"}, "silent=yes"),
    ("printer", "fault", {"kind": "cutter", "times": "always"}, "fault=cutter"),
    ("printer", "delay", {"seconds": "0.1"}, ""),
    ("printer", "presenter", {"on": "yes"}, "presenter=yes"),
    ("printer", "roll", {"width": "58"}, ""),
    ("printer", "unplug", {"after_bytes": "0"}, "plugged=no"),
    ("printer", "plug", {}, "plugged=yes"),
    ("printer", "brown_out", {"after_bytes": "0", "seconds": "0.1"}, ""),
    ("a4_printer", "paper", {"level": "jammed"}, "paper=jammed"),
    ("a4_printer", "door", {"state": "open"}, "door=open"),
    ("a4_printer", "toner", {"level": "empty"}, "toner=empty"),
    ("a4_printer", "queue", {"state": "paused"}, "queue=paused"),
    ("a4_printer", "silent", {"on": "yes"}, "silent=yes"),
    ("a4_printer", "fault", {"kind": "abort"}, "fault=abort"),
    ("a4_printer", "delay", {"seconds": "1"}, ""),
    ("a4_printer", "speed", {"seconds": "2"}, ""),
    ("a4_printer", "forget", {}, ""),
    ("a4_printer", "unplug", {}, "plugged=no"),
    ("a4_printer", "plug", {}, "plugged=yes"),
)


def test_every_verb_of_every_twin_has_its_row_and_is_tried_here(connected, tmp_path):
    client = TwinClient(tmp_path)
    known = client.verbs()
    client.close()
    assert known.keys() == connected.window.panels.keys()
    for twin, verbs in known.items():
        panel = connected.window.panels[twin]
        for verb, arguments in verbs.items():
            assert panel.findChild(QPushButton, f"verb-{verb}"), (twin, verb)
            for name, allowed in arguments.items():
                field = panel.findChild(QLineEdit if allowed is None else QComboBox, f"{verb}.{name}")
                offered = None if allowed is None else [field.itemData(item) for item in range(1, field.count())]
                assert offered == allowed, (twin, verb, name)
    assert {(twin, verb) for twin, verb, *_ in TRIED} == {(twin, verb) for twin in known for verb in known[twin]}


@pytest.mark.parametrize("twin", ["idcard", "scanner", "camera", "printer", "a4_printer"])
def test_each_verb_is_obeyed_and_the_state_shows_it(connected, twin):
    connected.pushes(twin, "every")
    for tried, verb, arguments, shown in TRIED:
        if tried == twin:
            connected.orders(twin, verb, arguments)
            connected.sees(twin, "obeyed", " ".join(("✓", verb, *(f"{n}={v}" for n, v in arguments.items()))))
            connected.sees(twin, "state", shown)


def test_an_argument_left_out_is_said_by_the_twin(connected):
    connected.pushes("a4_printer", "verb-paper")
    connected.reads("refusal", "paper takes: level")
    connected.pushes("a4_printer", "verb-forget")
    connected.sees("a4_printer", "obeyed", "✓ forget")
    assert connected.window.findChild(QLabel, "refusal").isHidden()

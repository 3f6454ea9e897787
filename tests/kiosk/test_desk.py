"""The device desk against the real twin host: what is clicked happens, and it lives on without the host."""

import subprocess
import sys
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from devices.clock import SystemClock
from devices.printer.contract import Line, ReceiptDocument
from devices.printer.escpos_receipt import Options, create
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

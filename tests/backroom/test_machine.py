"""The backroom over real drivers and twins: cards, pictures, and receipts that are printed once."""

import pytest

from kiosk.messages.from_backroom import (
    CardFailed,
    CardFound,
    CardRead,
    DeviceChanged,
    PreviewFrame,
    PrintProgress,
    StillTaken,
)
from kiosk.messages.live_picture import unpack
from kiosk.messages.to_backroom import AwaitCard, PrintReceipt, StartPreview, Stop, TakeStill
from tests.backroom.running import Backroom, write_config
from tests.twins import twins_at

DEVICES = """
[devices.card_reader]
driver = "idcard.sdt"
port = "{twins}/idcard.tty"
[devices.document_camera]
driver = "camera.opencv"
source = "{twins}/document_camera.url"
[devices.receipt_printer]
driver = "printer.escpos_receipt"
port = "{twins}/printer.tty"
"""


@pytest.fixture
def twins(tmp_path):
    with twins_at(tmp_path / "twins") as client:
        yield client


@pytest.fixture
def backroom(tmp_path, twins):
    config = write_config(tmp_path, "http://127.0.0.1:9", devices=DEVICES.format(twins=twins.folder))
    running = Backroom(config).start()
    yield running
    if running.process.poll() is None:
        assert running.stop() == 0


def online(backroom, device):
    return backroom.expect(DeviceChanged, lambda m: m.device == device and m.state == "online")


def receipt(command_id):
    values = {
        "matter": "示例事项",
        "name": "测试甲",
        "number": "LABCDEF-000001",
        "number_kind": "local",
        "time": "2026-11-23 16:00",
    }
    return PrintReceipt(command_id=command_id, template="case", values=values)


def test_a_card_pulled_away_early_is_said_and_read_when_it_is_laid_again(backroom, twins):
    online(backroom, "card_reader")
    twins.do("idcard", "lift_during_read")
    twins.do("idcard", "lay", card="ouyang")
    backroom.send(AwaitCard())
    backroom.expect(CardFound)
    assert backroom.expect(CardFailed).code == "invalidMedia"
    backroom.send(AwaitCard())
    twins.do("idcard", "lay", card="ouyang")
    assert backroom.expect(CardRead).card["kind"]
    backroom.send(Stop())


def test_a_reader_that_is_pulled_and_plugged_comes_back(backroom, twins):
    online(backroom, "card_reader")
    backroom.send(AwaitCard())
    twins.do("idcard", "unplug")
    backroom.expect(DeviceChanged, lambda m: m.device == "card_reader" and m.state != "online")
    twins.do("idcard", "plug")
    online(backroom, "card_reader")
    twins.do("idcard", "lay", card="ouyang")
    assert backroom.expect(CardRead)


def test_live_pictures_and_a_still(backroom):
    online(backroom, "document_camera")
    backroom.send(StartPreview(camera="document"))
    backroom.expect(PreviewFrame)
    live = unpack(backroom.blob)
    assert live is not None
    assert (live.width, live.height) == (640, 360)
    backroom.send(TakeStill(camera="document", request="s"))
    assert backroom.expect(StillTaken).request == "s"
    assert backroom.blob.startswith(b"\xff\xd8")


def test_a_receipt_is_printed_once_also_after_a_restart(backroom, twins):
    online(backroom, "receipt_printer")
    backroom.send(receipt("p-1"))
    assert backroom.expect(PrintProgress).phase == "accepted"
    done = backroom.expect(PrintProgress)
    assert done.phase == "printed", done
    printed = twins.state("printer")["receipts"]
    backroom.send(receipt("p-1"))
    assert backroom.expect(PrintProgress).phase == "printed"
    backroom.kill()
    again = Backroom(backroom.config).start()
    online(again, "receipt_printer")
    again.send(receipt("p-1"))
    assert again.expect(PrintProgress).phase == "printed"
    assert twins.state("printer")["receipts"] == printed
    assert again.stop() == 0


def test_a_print_cut_off_by_a_crash_is_unknown_and_not_printed_again(backroom, twins):
    online(backroom, "receipt_printer")
    twins.do("printer", "out_after", lines="3")
    backroom.send(receipt("p-2"))
    assert backroom.expect(PrintProgress).phase == "accepted"
    backroom.expect(PrintProgress, lambda m: m.phase == "unknown")
    backroom.kill()
    again = Backroom(backroom.config).start()
    again.send(receipt("p-2"))
    assert again.expect(PrintProgress).phase == "unknown"
    assert again.stop() == 0


def test_no_paper_is_refused_and_the_same_order_prints_when_there_is_paper(backroom, twins):
    twins.do("printer", "paper", level="out")
    backroom.expect(DeviceChanged, lambda m: m.paper == "out")
    backroom.send(receipt("p-3"))
    backroom.expect(PrintProgress, lambda m: m.phase == "refused")
    twins.do("printer", "paper", level="full")
    online(backroom, "receipt_printer")
    backroom.send(receipt("p-3"))
    backroom.expect(PrintProgress, lambda m: m.phase == "printed")
    assert twins.state("printer")["receipts"] == 1

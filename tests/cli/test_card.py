"""`kiosk card read` against a reader that knows nothing of ours."""

import hashlib
import json
import socket
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.idcard.twin import IdCardTwin
from tests.cli.commands import kiosk, refused, refused_as_json
from tests.cli.stranger import (
    Sender,
    at_once,
    byte_by_byte,
    damaged_preamble,
    framed,
    noise_first,
    reader,
    worked_example,
)
from tests.devices.vendor.build import built


def test_the_example_is_the_published_one() -> None:
    example = worked_example()
    assert len(example) == 1295
    assert hashlib.sha256(example).hexdigest() == "37fa2f19c556ff155f5d7ba58bab269ba23e89412599c484b353dcdf90d4fc0f"


@pytest.mark.parametrize("send", [at_once, byte_by_byte, damaged_preamble, noise_first])
def test_reads_the_worked_example_from_any_byte_exact_reader(send: Sender) -> None:
    with reader(send) as url:
        done = kiosk("card", "read", "--port", url, "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    card = json.loads(done.stdout)
    assert card == {
        "kind": "citizen",
        "name": "测试甲",
        "name_en": None,
        "sex": "male",
        "nation": "汉",
        "nation_code": "01",
        "birth_date": "1899-01-01",
        "address": "浙江省瑞安市测试路1号",
        "number": "330381189901010015",
        "authority": "瑞安市公安局",
        "valid_from": "2020-01-01",
        "valid_to": None,
        "issue_count": None,
        "permit_number": None,
        "country": None,
        "newest_address": None,
        "photo": {"wlt_sha256": hashlib.sha256(bytes(1024)).hexdigest()},
        "warnings": [],
    }


def test_says_in_words_what_is_on_the_card() -> None:
    with reader() as url:
        words = kiosk("card", "read", "--port", url).stdout
    assert "测试甲" in words
    assert "长期" in words
    assert "{" not in words


def test_says_that_no_card_was_laid() -> None:
    with reader(card=False) as url:
        error = refused_as_json(kiosk("card", "read", "--port", url, "--timeout", "0.8", "--json"))
    assert error["code"] == "noMedia"


def test_says_that_there_is_no_such_device() -> None:
    line = refused(kiosk("card", "read", "--port", "/dev/ttyNOWHERE"))
    assert "/dev/ttyNOWHERE" in line


def test_says_that_nobody_listens_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    error = refused_as_json(kiosk("card", "read", "--port", f"socket://127.0.0.1:{port}", "--json"))
    assert error["code"] == "deviceNotReady"


@pytest.mark.parametrize("filling", [b"\x00", b"\xff", b" \x00"])
def test_an_empty_record_is_no_card(filling: bytes) -> None:
    def blank(connection: socket.socket, reply: bytes) -> None:
        empty = framed(bytes.fromhex("000090 0100 0400") + (filling * 256)[:256] + bytes(1024))
        at_once(connection, empty if len(reply) > len(empty) - 1 else reply)

    with reader(blank) as url:
        error = refused_as_json(kiosk("card", "read", "--port", url, "--json"))
    assert error["code"] == "invalidMedia"


def test_reads_through_the_vendors_library_that_is_configured(tmp_path: Path) -> None:
    twin = IdCardTwin(SystemClock())
    twin.start(tmp_path)
    config = tmp_path / "terminal.toml"
    library = built("sdtapi", tmp_path)
    config.write_text(f'[devices.card_reader]\ndriver = "idcard.vendor"\nlibrary = "{library}"\n', encoding="utf-8")
    twin.do("lay", {"card": "ceshijia"})
    try:
        assert "测试甲" in kiosk("card", "read", "--config", config).stdout
    finally:
        twin.stop()


def test_says_that_no_reader_is_configured(tmp_path: Path) -> None:
    (tmp_path / "terminal.toml").write_text("[terminal]\n", encoding="utf-8")
    assert "no card reader is configured" in refused(kiosk("card", "read", "--config", tmp_path / "terminal.toml"))

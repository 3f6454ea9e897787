"""The photo decoder plug-in with a library that decodes, refuses, hangs and crashes; and without any."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from devices.clock import SystemClock
from devices.device import Action, DeviceError, DeviceLost
from devices.idcard.photo import MEMORY, PhotoDecoder, portrait, stand_in
from devices.vendor_process import CHILD, Room, VendorProcess
from tests.devices.vendor.build import built

CLOCK = SystemClock()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    return built("wltapi", tmp_path_factory.mktemp("vendor"))


@pytest.fixture
def decoder(library: str) -> Iterator[PhotoDecoder]:
    decoder = PhotoDecoder(library, CLOCK)
    yield decoder
    decoder.close()


@pytest.fixture
def process(library: str) -> Iterator[VendorProcess]:
    process = VendorProcess(library, CLOCK)
    yield process
    process.close()


def wlt(kind: bytes = b"\0") -> bytes:
    return kind.ljust(1024, b"\0")


def test_a_photo_is_decoded_the_right_way_up_and_nothing_of_it_stays(decoder: PhotoDecoder) -> None:
    before = set(MEMORY.iterdir()) if MEMORY.is_dir() else set()
    found = portrait(wlt(), decoder)
    assert (found.decoded, found.reason) == (True, "")
    picture = Image.open(io.BytesIO(found.png))
    assert picture.size == (102, 126)
    assert picture.getpixel((50, 10)) == (0, 0, 0)
    assert picture.getpixel((50, 120)) == (255, 255, 255)
    assert not [path for path in set(MEMORY.iterdir()) - before if (path / "photo.wlt").exists()]


@pytest.mark.parametrize(
    ("kind", "said"),
    [(b"L", "no licence"), (b"C", "crashed .SIGSEGV."), (b"N", "wrote no picture")],
)
def test_a_decoder_that_fails_gives_the_stand_in_and_the_next_photo_is_decoded(
    kind: bytes, said: str, decoder: PhotoDecoder
) -> None:
    failed = portrait(wlt(kind), decoder)
    assert not failed.decoded
    assert failed.png == stand_in()
    with pytest.raises(DeviceError, match=said):
        decoder.decode(wlt(kind))
    assert portrait(wlt(), decoder).decoded


def test_without_decoder_or_photo_there_is_the_stand_in() -> None:
    assert portrait(wlt(), None).reason == "no photo decoder is configured"
    assert portrait(None, None).reason == "the card gave no photo"
    assert Image.open(io.BytesIO(stand_in())).size == (102, 126)


def test_a_call_that_never_returns_is_ended_and_the_next_one_works(process: VendorProcess, tmp_path: Path) -> None:
    hangs, works = tmp_path / "h.wlt", tmp_path / "w.wlt"
    hangs.write_bytes(wlt(b"H"))
    works.write_bytes(wlt())
    with pytest.raises(DeviceError, match=r"GetBmp did not return within 0\.3 s") as ended:
        process.call("GetBmp", (bytes(hangs), 2), 0.3)
    assert ended.value.action is Action.RESET
    assert process.call("GetBmp", (bytes(works), 2), 5).result == 1


def test_a_call_that_hangs_ends_with_the_terminal(library: str, tmp_path: Path) -> None:
    (tmp_path / "h.wlt").write_bytes(wlt(b"H"))
    asked = {"function": "GetBmp", "arguments": [{"bytes": base64.b64encode(bytes(tmp_path / "h.wlt")).decode()}, 2]}
    child = subprocess.Popen([sys.executable, "-I", CHILD, library], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        child.communicate(json.dumps(asked).encode() + b"\n", timeout=5)  # and its standard input ends
    assert child.returncode == 0


def test_a_library_or_function_that_is_not_there_is_one_clear_line(process: VendorProcess, tmp_path: Path) -> None:
    with pytest.raises(DeviceLost, match="there is no such library"):
        VendorProcess(str(tmp_path / "none.so"), CLOCK).call("GetBmp", (), 1)
    (tmp_path / "text.so").write_text("no library")
    broken = VendorProcess(str(tmp_path / "text.so"), CLOCK)
    with pytest.raises(DeviceLost, match="is no Linux library"):
        broken.call("GetBmp", (), 5)
    with pytest.raises(DeviceLost, match="cannot be used"):
        process.call("NoSuchThing", (Room(4),), 5)

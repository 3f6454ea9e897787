"""The portrait on a card: its WLT code unpacked by a vendor's library where there is one, else a drawn stand-in."""

import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from devices.clock import Clock
from devices.device import DeviceError, DeviceLost
from devices.vendor_process import VendorProcess

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 102, 126  # px
WLT_SIZE = 1024  # bytes
LIMIT = 5.0  # s for one picture
USB = 2  # GetBmp's second argument: how the reader is connected
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of ours in it, never on a disk
DECODED = 1
REFUSALS = {  # GetBmp's return codes
    0: "sdtapi failed",
    -1: "the picture is damaged",
    -2: "the file's suffix is wrong",
    -3: "the file cannot be opened",
    -4: "the file is no picture",
    -5: "the decoder has no licence",
    -6: "the reader it is licensed for is not there",
}
PAPER, SHAPE = (228, 231, 235), (168, 176, 186)  # of the stand-in


@dataclass(frozen=True)
class Portrait:
    """`png`: 102×126. `decoded` is False for the stand-in: nothing may be compared with it; `reason` says why."""

    png: bytes
    decoded: bool
    reason: str = ""


class PhotoDecoder:
    """`library`: one with `int GetBmp(const char *wlt, int port)`, which writes a .bmp beside the .wlt."""

    def __init__(self, library: str, clock: Clock) -> None:
        self._process = VendorProcess(library, clock)

    @classmethod
    def at(cls, library: str, clock: Clock) -> "PhotoDecoder":
        """Raises DeviceLost, to configure, where there is no such file."""
        if not Path(library).is_file():
            raise DeviceLost(f"photo_decoder = {library}: there is no such library; check its path")
        return cls(library, clock)

    def decode(self, wlt: bytes) -> bytes:
        """PNG. Raises DeviceError. The files the library needs are in memory, for this account only, and wiped."""
        folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))  # 0700
        try:
            source = folder / "photo.wlt"
            source.write_bytes(wlt)
            said = self._process.call("GetBmp", (bytes(source), USB), LIMIT).result
            if said != DECODED:
                raise DeviceError(f"the card's photo was not decoded: {REFUSALS.get(said, f'code {said}')}")
            return _png(source.with_suffix(".bmp"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self._process.close()


def portrait(wlt: bytes | None, decoder: PhotoDecoder | None) -> Portrait:
    """Of `CardRecord.photo_wlt`; never raises: what cannot be decoded is the stand-in, with the reason in words."""
    if wlt is None or len(wlt) != WLT_SIZE:
        return Portrait(stand_in(), False, "the card gave no photo")
    if decoder is None:
        return Portrait(stand_in(), False, "no photo decoder is configured")
    try:
        return Portrait(decoder.decode(wlt), True)
    except DeviceError as error:
        return Portrait(stand_in(), False, str(error))


def stand_in() -> bytes:
    """A head and shoulders in one grey: plainly nobody's picture."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((33, 26, 69, 70), fill=SHAPE)
    draw.ellipse((11, 80, 91, 176), fill=SHAPE)
    return _saved(picture)


def _png(bitmap: Path) -> bytes:
    from PIL import Image

    try:
        with Image.open(bitmap, formats=("BMP",)) as picture:
            if picture.size != (WIDTH, HEIGHT):
                size = f"{picture.width}×{picture.height}"
                raise DeviceError(f"the card's photo was decoded to {size} px; check the decoder")
            return _saved(picture.convert("RGB"))
    except (OSError, ValueError, SyntaxError) as error:
        raise DeviceError("the decoder wrote no picture; check the decoder's library") from error


def _saved(picture: "Image.Image") -> bytes:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()

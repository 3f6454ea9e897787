"""The decoding cascade on hard frames and on picture files of every kind, good and bad."""

import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from devices.camera.twin_scenes import SCENES, with_noise
from devices.clock import SystemClock
from devices.scanner.contract import Code
from devices.scanner.decode import decode
from devices.scanner.picture_file import PictureRefused
from devices.scanner.read_image import read_image
from tests.devices.scanner.hard_codes import HardCode, hard_codes

TEXT = "OEB1:M:social-insurance-certificate"


def code_picture(text: str = TEXT, **how: object) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(text, micro=False, **how).save(drawn, kind="png", scale=6, border=4)
    return Image.open(drawn).convert("L")


def read_by_either_alone(hard: HardCode) -> bool:
    grey = cv2.cvtColor(hard.frame, cv2.COLOR_BGR2GRAY)
    by_zxing = {barcode.text for barcode in zxingcpp.read_barcodes(grey)}
    kinds = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]
    by_zbar = {found.data.decode("utf-8") for found in pyzbar.decode(grey, symbols=kinds)}
    return hard.text in by_zxing | by_zbar


def test_the_cascade_reads_more_than_both_decoders_together_and_never_wrong() -> None:
    frames = tuple(hard_codes(each=2, seed=20260101))
    read = [(hard, {code.text for code in decode(hard.frame)}) for hard in frames]
    wrong = [(hard.condition, texts) for hard, texts in read if texts - {hard.text}]
    assert wrong == []
    right = sum(hard.text in texts for hard, texts in read)
    assert right >= sum(map(read_by_either_alone, frames))
    assert right >= 0.92 * len(frames)


@pytest.mark.parametrize("scene", sorted(SCENES["document"]))
def test_where_there_is_no_code_none_is_read(scene: str) -> None:
    assert decode(with_noise(SCENES["document"][scene](), 7)) == ()


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_no_code(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (480, 640, 3), np.uint8)
    assert decode(cv2.GaussianBlur(noise, (0, 0), 1 + seed)) == ()


@pytest.mark.parametrize("text", ["瑞安市市民之家", "浙江省温州市瓯海区示例路1号", "養老保險", "办"])
@pytest.mark.parametrize(("encoding", "blur"), [("utf-8", 0.1), ("utf-8", 4.0), ("gb18030", 0.1)])
def test_chinese_is_chinese_whichever_decoder_reads_it(text: str, encoding: str, blur: float) -> None:
    picture = np.asarray(code_picture(text, mode="byte", encoding=encoding))
    assert {code.text for code in decode(cv2.GaussianBlur(picture, (0, 0), blur))} == {text}


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.bmp", "a.webp", "a.tiff", "a.gif", "a.ppm"])
def test_common_formats_are_read(tmp_path: Path, name: str) -> None:
    code_picture().save(tmp_path / name)
    reading = read_image(tmp_path / name, SystemClock())
    assert reading.codes == (Code("QRCode", TEXT),)
    assert 0 < reading.ms < 5000


def test_what_is_behind_transparency_is_seen(tmp_path: Path) -> None:
    dark = np.asarray(code_picture()) < 128
    for name, ink in (("black.png", 0), ("white.png", 255)):
        layers = np.dstack([np.full(dark.shape, ink, np.uint8)] * 3 + [dark.astype(np.uint8) * 255])
        Image.fromarray(layers).save(tmp_path / name)
        assert read_image(tmp_path / name).codes == (Code("QRCode", TEXT),)


def test_pictures_of_16_bits_palettes_and_one_bit_are_read(tmp_path: Path) -> None:
    picture = code_picture()
    cv2.imwrite(str(tmp_path / "16.png"), np.asarray(picture).astype(np.uint16) * 40)
    picture.quantize(4).save(tmp_path / "palette.png")
    picture.convert("1").save(tmp_path / "bit.png")
    picture.convert("CMYK").save(tmp_path / "cmyk.jpg")
    for name in ("16.png", "palette.png", "bit.png", "cmyk.jpg"):
        assert read_image(tmp_path / name).codes == (Code("QRCode", TEXT),)


def test_a_turned_photograph_is_read(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 5  # mirrored and turned
    code_picture().transpose(Image.Transpose.TRANSPOSE).save(tmp_path / "turned.jpg", exif=exif)
    assert read_image(tmp_path / "turned.jpg").codes == (Code("QRCode", TEXT),)


def test_a_picture_cropped_to_its_code_is_read(tmp_path: Path) -> None:
    picture = code_picture()
    picture.crop((24, 24, picture.width - 24, picture.height - 24)).save(tmp_path / "cropped.png")
    assert read_image(tmp_path / "cropped.png").codes == (Code("QRCode", TEXT),)


def test_a_payload_with_a_command_in_it_is_not_handed_over(tmp_path: Path) -> None:
    code_picture("\x1b[2J330381").save(tmp_path / "bad.png")
    reading = read_image(tmp_path / "bad.png")
    assert reading.codes == ()
    assert reading.refused == ("holds a control character",)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("Code128", "WZ20260101000042"),
        ("DataMatrix", TEXT),
        ("PDF417", TEXT),
        ("Aztec", TEXT),
        ("EAN13", "6901234567892"),
        ("Code39", "WZ2026"),
        ("ITF", "1234567890"),
    ],
)
def test_symbologies_are_spelled_in_one_way(kind: str, text: str) -> None:
    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
    assert decode(np.array(barcode.to_image(scale=4))) == (Code(kind, text),)


@pytest.mark.parametrize(("kind", "text"), [("ITF", "1234"), ("Code39", "AB"), ("Codabar", "A12B")])
def test_short_codes_without_a_check_are_not_believed(kind: str, text: str) -> None:
    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
    assert decode(np.array(barcode.to_image(scale=4))) == ()


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims so many pixels in a few hundred bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    )


def test_what_is_no_picture_is_refused_in_one_line(tmp_path: Path) -> None:
    png = io.BytesIO()
    code_picture().save(png, format="png")
    files = {
        "text.png": b"not a picture",
        "empty.png": b"",
        "cut.png": png.getvalue()[:200],
        "bomb.png": bomb(40_000, 40_000),
        "large.png": bomb(9_000, 9_000),
        "script.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    for path in (*(tmp_path / name for name in files), tmp_path / "missing.png", tmp_path):
        with pytest.raises(PictureRefused) as refusal:
            read_image(path)
        assert str(refusal.value).startswith(f"{path}: ")
        assert "\n" not in str(refusal.value)

"""Files a technician prints: plain text, a picture, or a receipt as JSON, read into a receipt document."""

import io
import json
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from devices.device import Action, DeviceError
from devices.printer.contract import Align, Block, Line, Pair, Picture, QrCode, ReceiptDocument, Rule

KINDS = {".txt": "text", ".json": 'JSON {"blocks": […]}', ".png": "picture"}
SIZE_LIMIT = 5_000_000  # bytes
BLOCK_KEYS: dict[str, dict[str, type]] = {
    "line": {"line": str, "align": str, "bold": bool, "large": bool},
    "pair": {"pair": list},
    "rule": {"rule": bool},
    "qr": {"qr": str},
}
SHAPES = '{"line": "…", "align": "left|center", "bold": true, "large": true}, '
SHAPES += '{"pair": ["…", "…"]}, {"rule": true}, {"qr": "…"}'


class DocumentError(DeviceError):
    """The file cannot be printed: one line with its name, what is wrong and what is allowed."""

    code = "invalidData"
    action = Action.CLEAR


def load_document(path: Path) -> ReceiptDocument:
    """Reads a .txt (UTF-8), .json or .png file by its name's ending. Raises DocumentError."""
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        known = ", ".join(f"{ending} ({kind})" for ending, kind in KINDS.items())
        raise DocumentError(f"{path}: cannot print a {suffix or 'nameless'} file; known: {known}")
    data = _read(path)
    if suffix == ".png":
        return ReceiptDocument((_picture(path, data),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    if suffix == ".txt":
        return ReceiptDocument(tuple(Line(line) for line in text.splitlines()))
    return ReceiptDocument(_blocks(path, text))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise DocumentError(f"{path}: larger than {SIZE_LIMIT // 1_000_000} MB; a receipt is a few kilobytes")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror or error}; name a file that can be read") from error


def _picture(path: Path, data: bytes) -> Picture:
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise DocumentError(f"{path}: not a readable PNG picture; save it as PNG") from error
    return Picture(data)


def _blocks(path: Path, text: str) -> tuple[Block, ...]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{path}:{error.lineno}: not JSON ({error.msg})") from error
    except RecursionError as error:
        raise DocumentError(f"{path}: nested too deeply") from error
    if not isinstance(data, dict) or set(data) != {"blocks"} or not isinstance(data["blocks"], list):
        raise DocumentError(f'{path}: expected {{"blocks": […]}} with {SHAPES}')
    return tuple(_block(f"{path}: block {number}", item) for number, item in enumerate(data["blocks"], 1))


def _block(where: str, item: object) -> Block:
    kind = next((kind for kind in BLOCK_KEYS if isinstance(item, dict) and kind in item), None)
    if kind is None or not isinstance(item, dict):
        raise DocumentError(f"{where}: not a known block; known: {SHAPES}")
    allowed = BLOCK_KEYS[kind]
    for key, value in item.items():
        if key not in allowed:
            raise DocumentError(f"{where}: unknown key {key!r}; known: {', '.join(allowed)}")
        if not isinstance(value, allowed[key]):
            raise DocumentError(f"{where}: {key} must be {allowed[key].__name__}")
    match kind:
        case "line":
            return _line(where, item)
        case "pair":
            return _pair(where, item["pair"])
        case "qr":
            return QrCode(item["qr"])
        case _:
            return Rule()


def _line(where: str, item: dict[str, object]) -> Line:
    align = str(item.get("align", Align.LEFT))
    if align not in set(Align):
        raise DocumentError(f"{where}: align {align!r}; known: {', '.join(Align)}")
    return Line(str(item["line"]), Align(align), bold=bool(item.get("bold")), large=bool(item.get("large")))


def _pair(where: str, pair: list[object]) -> Pair:
    if len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise DocumentError(f'{where}: pair must be two texts, ["label", "value"]')
    return Pair(str(pair[0]), str(pair[1]))

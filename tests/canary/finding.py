"""Words of a citizen in every dress they might lie on a disk in, and where they are found."""

import base64
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

NAME, NUMBER, ADDRESS, MOBILE = "测试甲", "330381189901010015", "浙江省瑞安市测试路1号", "13800138000"
PICTURES = (b"JFIF\x00", b"\x89PNG\r\n", b"%PDF-")


def dresses(word: str) -> Mapping[bytes, str]:
    """Bytes to look for → how the word was written."""
    raw = word.encode()
    found = {word.encode(encoding): encoding for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    found |= {raw.hex().encode(): "hex", raw.hex().upper().encode(): "hex"}
    found |= {json.dumps(word)[1:-1].encode(): "JSON escapes", raw[::-1]: "backwards"}
    for shift in range(3):  # base64 looks different at each place in a triple; its ends depend on the neighbours
        text = base64.b64encode(bytes(shift) + raw)
        found[text[4 if shift else 0 : len(text) - 4]] = "base64"
    return found


CANARIES: Mapping[bytes, str] = {
    pattern: f"{what} ({how})"
    for what, word in {"name": NAME, "number": NUMBER, "birth": NUMBER[6:14] + NUMBER[14:], "address": ADDRESS}.items()
    for pattern, how in dresses(word).items()
} | {pattern: f"mobile ({how})" for pattern, how in dresses(MOBILE).items()}


def found_in(data: bytes, patterns: Mapping[bytes, str] = CANARIES) -> list[str]:
    return sorted({what for pattern, what in patterns.items() if pattern in data})


def found_on_disk(folders: Iterable[Path], words: Mapping[bytes, str] = CANARIES) -> list[str]:
    """`file: what`, for every file of these folders; pictures and documents too."""
    patterns = {**words, **dict.fromkeys(PICTURES, "a picture or document")}
    found = []
    for path in (path for folder in folders for path in folder.rglob("*")):
        with suppress(FileNotFoundError):  # gone since it was listed: a note that is written anew each second
            if path.is_file() and not path.is_symlink():
                found += [f"{path.name}: {what}" for what in found_in(path.read_bytes(), patterns)]
    return found


def found_in_memory(process: int) -> Mapping[str, int]:
    """How often each lies in the writable memory of a process."""
    counts: dict[str, int] = {}
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if "w" not in rights or "[v" in line:
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                memory.seek(start)
                data = memory.read(end - start) or b""
            except OSError:
                continue
            for pattern, what in CANARIES.items():
                if count := data.count(pattern):
                    counts[what] = counts.get(what, 0) + count
    return counts

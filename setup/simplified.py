"""Writes flows/simplified.txt: characters of old writing and what each is today, by OpenCC (Debian's libopencc)."""

import ctypes
from pathlib import Path

TABLE = Path(__file__).parents[1] / "flows" / "simplified.txt"
FIRST, LAST = 0x3400, 0x9FFF  # the Chinese characters of Unicode that keyboards write


def table() -> str:
    """A line a character of GB 2312: it, then what is written for it in old writing."""
    library = ctypes.CDLL("libopencc.so.1.1")
    library.opencc_open.restype = ctypes.c_void_p
    library.opencc_convert_utf8.restype = ctypes.c_char_p
    library.opencc_convert_utf8.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t)
    converter = library.opencc_open(b"t2s.json")
    lines: dict[str, str] = {}
    for character in map(chr, range(FIRST, LAST + 1)):
        written = character.encode()
        today = library.opencc_convert_utf8(converter, written, len(written)).decode()
        if today != character and today.encode("gb2312", "ignore"):
            lines[today] = lines.get(today, "") + character
    return "".join(f"{today}{old}\n" for today, old in sorted(lines.items()))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")

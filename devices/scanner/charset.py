"""Which characters a code's bytes are: decoders guess Japanese or Western where nothing is said; here it is Chinese."""

import re

HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003134f"
ONLY_CHINESE = re.compile(f"[ -~{HAN}‘-”—…·]*")
LATIN_WORD = re.compile(f"[A-Za-z][{HAN}][A-Za-z]")  # Gr喀e: one Han character inside a word is a wrong guess
WRONG_GUESS = re.compile("[\u0080-\u00ff\uff61-\uff9f]")  # Latin-1 letters, half-width katakana

# GB 2312, GBK, GB 18030 (AIM ECI Part 3); each holds the ones before it, and writers say 29 for all of them.
GB_ECI = frozenset({29, 31, 32})
UNKNOWN = "\ufffd"  # what decoders put for bytes they do not understand
THREE_BYTES = "\u0800"  # the first character of three bytes in UTF-8; pairs of bytes may be GB 18030 as well


def _chinese(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if ONLY_CHINESE.fullmatch(text) and not LATIN_WORD.search(text) else None


def is_plain(text: str, raw: bytes) -> bool:
    """Whether it is that text whatever character set is stated."""
    return text.isascii() or (max(text) >= THREE_BYTES and text.encode("utf-8", "replace") == raw)


def corrected(text: str, raw: bytes, stated: frozenset[int]) -> str | None:
    """`text` as a decoder understood it from `raw`, whose ECI numbers are `stated`; None where it cannot be known.

    Where nothing is stated UTF-8 wins, GB 18030 only over an unlikely guess.
    """
    if text.isascii():
        return text
    if stated:
        return _as_stated(text, raw, stated)
    utf_8 = _utf_8(raw)
    if utf_8 is not None:
        return None if _either(utf_8, raw) else utf_8
    known = (_chinese(raw, "gb18030") if WRONG_GUESS.search(text) else None) or text
    return None if UNKNOWN in known else known


def certain(raw: bytes) -> str | None:
    """The text where only the bytes are known: UTF-8, or characters of GB 2312; None where it might be another's."""
    utf_8 = _utf_8(raw)
    if utf_8 is not None:
        return None if _either(utf_8, raw) else utf_8
    return _chinese_of_gb_2312(raw)


def _either(utf_8: str, raw: bytes) -> bool:
    """Whether it is Chinese in GB 2312 just as well: 路 is the same two bytes as the middle dot of UTF-8."""
    return not utf_8.isascii() and max(utf_8) < THREE_BYTES and _chinese_of_gb_2312(raw) is not None


def _as_stated(text: str, raw: bytes, stated: frozenset[int]) -> str | None:
    if not stated <= GB_ECI:
        return None if UNKNOWN in text else text
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _utf_8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _chinese_of_gb_2312(raw: bytes) -> str | None:
    """By the tables of GB 18030, where the middle dot and the dash are those of Chinese text."""
    try:
        raw.decode("gb2312")
    except UnicodeDecodeError:
        return None
    return _chinese(raw, "gb18030")

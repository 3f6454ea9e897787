"""Which characters a code's bytes are: decoders guess Japanese or Western where nothing is said; here it is Chinese."""

import re

HAN = "\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff60\U00020000-\U0003134f"
ONLY_CHINESE = re.compile(f"[ -~{HAN}‘-”—…·]*")
LATIN_WORD = re.compile(f"[A-Za-z][{HAN}][A-Za-z]")  # Gr喀e: one Han character inside a word is a wrong guess
WRONG_GUESS = re.compile("[\u0080-\u00ff\uff61-\uff9f]")  # Latin-1 letters, half-width katakana


def _chinese(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if ONLY_CHINESE.fullmatch(text) and not LATIN_WORD.search(text) else None


def corrected(text: str, raw: bytes) -> str:
    """`text` as a decoder guessed it from `raw`; UTF-8 always wins, GB 18030 only over an unlikely guess."""
    if text.isascii():
        return text
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return (_chinese(raw, "gb18030") or text) if WRONG_GUESS.search(text) else text


def certain(raw: bytes) -> str | None:
    """The text where only the bytes are known: UTF-8, or characters of GB 2312; None where it might be another's."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(raw, "gb2312")

"""Text for a receipt: the one choke point no control character passes, widths in columns, and what must be drawn."""

import unicodedata
from collections.abc import Iterator

GETA = "〓"  # what Chinese printing sets where a character cannot be had
SPACES = frozenset("\t\n\v\f\r\x85\u2028\u2029")
FORBIDDEN = frozenset({"Cc", "Cf", "Cs"})  # control, invisible format and bidirectional, half a surrogate pair
NAMELESS = frozenset({"Co", "Cn"})  # private use, unassigned: no font agrees on these
SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))  # glyph variants no receipt printer has
VARIANTS = frozenset(map(chr, SELECTORS))
NEVER_FIRST = frozenset("，。、；：？！）》」』】”’％%,.;:?!)]}>…")


def printable(text: str) -> str:
    """What may go to paper: every text passes here, whoever wrote it. Line breaks become spaces."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(_safe(character) for character in composed)


def _safe(character: str) -> str:
    category = unicodedata.category(character)
    if character in SPACES or (category == "Zs" and character != "\u3000"):
        return " "
    if category in FORBIDDEN or character in VARIANTS:
        return ""
    return GETA if category in NAMELESS else character


def in_printer_font(character: str) -> bool:
    """Whether the printer's own Chinese font (ASCII and two-byte GB 18030, that is GBK) has it."""
    try:
        return len(character.encode("gbk")) <= 2
    except UnicodeEncodeError:
        return False


def needs_drawing(text: str) -> bool:
    return not all(in_printer_font(character) for character in text)


def clusters(text: str) -> Iterator[str]:
    """Characters with the combining marks that belong on them."""
    held = ""
    for character in text:
        if held and not unicodedata.combining(character):
            yield held
            held = ""
        held += character
    if held:
        yield held


def columns_of(text: str) -> int:
    """Width in columns of the printer's font: ASCII takes one, everything else two."""
    return sum(1 if cluster.isascii() else 2 for cluster in clusters(text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most `columns`; breaks between Chinese characters and at spaces, never before closing punctuation."""
    lines: list[str] = []
    current = ""
    for word in _words(text):
        for piece in _pieces(word, columns):
            if columns_of(current) + columns_of(piece.rstrip()) <= columns:
                current += piece
                continue
            head, tail = _keep_punctuation(current, piece)
            if columns_of(tail + piece.rstrip()) > columns:
                head, tail = current, ""
            lines.append(head.rstrip())
            current = (tail + piece).lstrip()
    lines.append(current.rstrip())
    return [line for line in lines if line] or [""]


def _keep_punctuation(line: str, piece: str) -> tuple[str, str]:
    """Takes the last character along to the next line where that line would begin with closing punctuation."""
    if piece[:1] not in NEVER_FIRST:
        return line, ""
    characters = list(clusters(line))
    if len(characters) < 2 or characters[-1] in NEVER_FIRST or characters[-1].isascii():
        return line, ""
    return "".join(characters[:-1]), characters[-1]


def _words(text: str) -> Iterator[str]:
    """Latin words with the spaces behind them; every other character by itself."""
    held = ""
    for cluster in clusters(text):
        if held and (not cluster.isascii() or (held.endswith(" ") and cluster != " ")):
            yield held
            held = ""
        if cluster.isascii():
            held += cluster
        else:
            yield cluster
    if held:
        yield held


def _pieces(word: str, columns: int) -> Iterator[str]:
    """A word longer than a line is cut, as a case number or an address of a page may be."""
    for start in range(0, len(word), columns):
        yield word[start : start + columns] if word.isascii() else word
        if not word.isascii():
            return

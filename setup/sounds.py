"""Writes flows/sounds.txt: each syllable of pinyin and the characters of GB 2312 that can sound so, by pypinyin."""

from pathlib import Path

from pypinyin import Style, pinyin

MOST = 3  # readings kept of one character; the rarest ones find nobody
TABLE = Path(__file__).parents[1] / "flows" / "sounds.txt"


def characters() -> list[str]:
    """The 6763 characters of GB 2312, which are those of nearly every text here."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [character for code in codes if (character := code.decode("gb2312", "ignore"))]


def table() -> str:
    """A line a syllable and rank: `rank syllable characters`; rank 0 is a character's first reading."""
    lines: dict[tuple[int, str], str] = {}
    for character in characters():
        readings = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
        for rank, syllable in enumerate(dict.fromkeys(readings[:MOST])):
            if syllable.isascii() and syllable.isalpha():
                lines[rank, syllable] = lines.get((rank, syllable), "") + character
    return "".join(f"{rank} {syllable} {found}\n" for (rank, syllable), found in sorted(lines.items()))


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")

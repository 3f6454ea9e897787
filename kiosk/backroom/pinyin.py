"""`python -m kiosk.backroom.pinyin`: Chinese on the input, pinyin with tone numbers on the output, for espeak-ng.

A process of its own, gone after one sentence: the dictionary takes 57 MB that no waiting terminal shall hold.
"""

import sys

from pypinyin import Style, lazy_pinyin

MARKS = str.maketrans("，、；：。！？…", ",,;:.!?.", "“”‘’（）《》—")


def spelled(text: str) -> str:
    """What is not Chinese stays as it is."""
    sounds = lazy_pinyin(text.translate(MARKS), style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(" ".join(sounds).split())


if __name__ == "__main__":
    sys.stdout.buffer.write(spelled(sys.stdin.buffer.read().decode()).encode())

"""How a form is filled at the real screen: fields, options, months, letters and Chinese words by their pinyin."""

import re
from collections.abc import Mapping

from pypinyin import lazy_pinyin

from flows.fields import Field
from kiosk.journey.screens import Form, FormField
from kiosk.ui.visitor import Visitor

CANDIDATES = 5  # that the keys show at a time
WORD = 2  # characters that are written in Chinese


class Typist:
    """Ten fingers of a visitor."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def fills(self, values: Mapping[str, str]) -> None:
        """Every field of the form that is shown, where it does not hold its value yet."""
        screen = self.visitor.screen
        assert isinstance(screen, Form)
        for field in screen.fields:
            if field.value != values[field.id]:
                self._enters_one(field, values[field.id])
        while self.visitor.sees_item("key:next"):
            self.visitor.touches("key:next")

    def _enters_one(self, field: FormField, text: str) -> None:
        if field.options:
            self.visitor.touches(f"option:{text}")
            return
        self.visitor.touches(f"field:{field.id}")
        if field.keyboard == "month":
            self._turns_to_month(text)
            return
        kept = text.startswith(field.value)
        for _ in "" if kept else field.value:
            self.visitor.touches("key:erase")
        rest = text.removeprefix(field.value) if kept else text
        if not rest.isascii() and field.keyboard == "chinese":
            self._writes_chinese(rest)
            return
        if field.keyboard == "chinese":
            self._turns_to_letters()
        for character in rest:
            self.visitor.touches("key:space" if character == " " else f"key:{character.lower()}")

    def _turns_to_letters(self) -> None:
        self.visitor.waits_until(lambda: self.visitor.sees_item("key:mode"), "the pinyin engine")
        if self.visitor.reads("key:mode", "label") == "EN":  # what it would turn to
            self.visitor.touches("key:mode")

    def _writes_chinese(self, word: str) -> None:
        self.visitor.waits_until(lambda: self.visitor.sees_item("key:mode"), "the pinyin engine")
        if self.visitor.reads("key:mode", "label") != "EN":
            self.visitor.touches("key:mode")
        for letter in "".join(lazy_pinyin(word)):
            self.visitor.touches(f"key:{letter}")
        offered = [self.visitor.reads(f"candidate:{place}", "label") for place in range(CANDIDATES)]
        self.visitor.touches(f"candidate:{offered.index(word)}")

    def _turns_to_month(self, wanted: str) -> None:
        shown = int(re.sub("[^0-9]", "", self.visitor.reads("year", "text")))
        years = int(wanted[:4]) - shown
        for _ in range(abs(years)):
            self.visitor.touches("key:yearAfter" if years > 0 else "key:yearBefore")
        self.visitor.touches(f"key:month{int(wanted[5:])}")


def on_letter_keys(text: str, there: str, field: Field) -> str:
    """Chinese of up to two characters is written by pinyin and candidates; more in the letters of its pinyin.

    Small letters only, where capitals take another key.
    """
    if text == there or field.kind.keyboard not in ("chinese", "latin"):
        return text
    if text.isascii() or len(text) <= WORD:
        return text.lower()
    return "".join(part for part in lazy_pinyin(text) if part.isascii()).lower()

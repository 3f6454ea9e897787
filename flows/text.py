"""Text in the two languages every matter must have, and the shape all frozen models share."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """A value: it cannot be changed after it was read, and keys it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """One text, said in Chinese and in English."""

    zh: Words
    en: Words

    def in_language(self, language: str) -> str:
        """English for "en"; Chinese, the language of the place, for everything else."""
        return self.en if language == "en" else self.zh


def joined(texts: Iterable[Text]) -> Text:
    """Several short texts as one enumeration: 养老、医疗 / Pension, Medical."""
    known = tuple(texts)
    return Text(zh="、".join(text.zh for text in known), en=", ".join(text.en for text in known))


class LabelledValue(Frozen):
    """A row as both languages show it."""

    label: Text
    value: Text

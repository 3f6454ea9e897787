"""Text in the two languages every matter must have and those it may have, and the shape all frozen models share."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FURTHER_LANGUAGES = ("it", "fr", "ar", "pt")  # of service points overseas (全球通); a text may lack them
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """A value: it cannot be changed after it was read, and keys it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Frozen):
    """One text, said in Chinese and in English, and perhaps in languages of service points overseas."""

    zh: Words
    en: Words
    it: Words | None = None
    fr: Words | None = None
    ar: Words | None = None
    pt: Words | None = None

    def in_language(self, language: str) -> str:
        """In a further language that is missing here, English; in one nobody knows, Chinese, that of the place."""
        if language in FURTHER_LANGUAGES:
            own: str | None = getattr(self, language)
            return own or self.en
        return self.en if language == "en" else self.zh

    @model_serializer(mode="wrap")
    def _without_gaps(self, write: SerializerFunctionWrapHandler) -> dict[str, str]:
        """A language that is missing leaves no mark: what was signed before there were more stays the same bytes."""
        written: dict[str, str | None] = write(self)
        return {language: words for language, words in written.items() if words is not None}


def joined(texts: Iterable[Text]) -> Text:
    """Several short texts as one enumeration: 养老、医疗 / Pension, Medical."""
    known = tuple(texts)
    further = {
        language: ", ".join(text.in_language(language) for text in known)
        for language in FURTHER_LANGUAGES
        if known and all(getattr(text, language) for text in known)
    }
    return Text(zh="、".join(text.zh for text in known), en=", ".join(text.en for text in known), **further)


class LabelledValue(Frozen):
    """A row as both languages show it."""

    label: Text
    value: Text

"""好差评 on the phone, without a script: five levels to touch, then what fits one of them and words of one's own."""

from html import escape
from urllib.parse import parse_qs

from center.casework.phone_ratings import LONGEST_TEXT, Standing
from center.phone import words
from center.phone.page import PhonePage, Shown
from flows.ratings import RATINGS

LARGEST_FORM = 8192  # bytes; five hundred Chinese characters, escaped, are half of it


def add_rating(page: PhonePage, standing: Standing, code: str, language: Shown) -> None:
    """To the page of a case: how to rate it, or that it was."""
    if standing == "open":
        links = "".join(
            f'<a href="{escape(code)}/rate?level={one.level}&amp;lang={language}">{page.say(one.label)}</a>'
            for one in RATINGS
        )
        page.part(words.RATE, page.say(words.RATE_FREELY), f'<div class="levels">{links}</div>')
    elif standing == "rated":
        page.part(words.RATE, page.say(words.RATED))


def rating_page(level: int, language: Shown) -> str:
    """The form for one level; it is sent to its own address."""
    known = next(one for one in RATINGS if one.level == level)
    page = PhonePage(language, words.RATE, query=f"level={level}&amp;")
    page.head("calm", known.label)
    tags = "".join(
        f'<label class="tag"><input type="checkbox" name="tag" value="{tag.code}"> {page.say(tag.label)}</label>'
        for tag in known.tags
    )
    text = f'<textarea name="text" maxlength="{LONGEST_TEXT}" rows="4"></textarea>'
    page.part(
        words.RATE_WHY,
        f'<form method="post">{tags}<label>{page.say(words.RATE_WORDS)}{text}</label>'
        f"<button>{page.say(words.RATE_SEND)}</button></form>",
    )
    return page.html(words.RATE_ONCE)


def rated_page(language: Shown) -> str:
    page = PhonePage(language, words.RATE, query="level=5&amp;")
    page.head("good", words.RATED)
    page.part(words.NEXT, page.say(words.RATED_NEXT))
    return page.html()


def read_form(body: bytes) -> tuple[list[str], str]:
    """The tags and the words as a phone sends them; whatever else is in it, or no such form, is nothing."""
    fields = parse_qs(body.decode("ascii", "replace"), errors="replace")
    text = "".join(letter for letter in fields.get("text", [""])[0] if letter.isprintable() or letter == "\n")
    return fields.get("tag", []), text.strip()

"""The pages as HTML, each in one language, from what the wire's progress tells: no name, no number of a card."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from html import escape
from typing import Literal

import segno

from center.clock import CHINA_TIME
from center.pages import frame
from center.phone import words
from flows.api import HandoverProgress, LimitReply, PartProgress, ProgressReply
from flows.contents import Missing
from flows.text import Text

Shown = Literal["zh", "en"]
_SIGNS = {"wanted": "!", "good": "✓", "calm": "…", "unsure": "?"}


class PhonePage:
    """What a page is made of: a headline, then parts, the code to show at a terminal, the way to the other language."""

    def __init__(self, language: Shown, title: Text, address: str = "", query: str = "") -> None:
        """`address`: of the page itself, drawn as a code where there is one; `query`, HTML, what else it asks."""
        self._language, self._title, self._address, self._query = language, title, address, query
        self._parts: list[str] = []

    def say(self, text: Text, **values: object) -> str:
        said = text.in_language(self._language)
        return escape(said.format(**values) if values else said)  # what staff wrote is not looked into

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日" if self._language == "zh" else f"{day.day} {day:%B %Y}"

    def listed(self, titles: Iterable[Text]) -> str:
        return ("、" if self._language == "zh" else ", ").join(text.in_language(self._language) for text in titles)

    def head(self, look: str, headline: Text, beneath: str = "") -> None:
        """`look`: wanted, calm, good or unsure."""
        under = f"<p>{beneath}</p>" if beneath else ""
        self._parts.append(
            f'<section class="card {look}"><header class="verdict"><div class="sign" aria-hidden="true">{_SIGNS[look]}'
            f"</div><h1>{self.say(headline)}</h1>{under}</header></section>"
        )

    def part(self, title: Text, *paragraphs: str) -> None:
        """Paragraphs are HTML; a part without any is left out."""
        said = "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs if text)
        if said:
            self._parts.append(f'<section class="card part"><h2>{self.say(title)}</h2>{said}</section>')

    def code(self, beneath: Text) -> None:
        drawn = segno.make(self._address, error="m").svg_inline(omitsize=True, border=2)
        self._parts.append(f'<section class="card code">{drawn}<p>{self.say(beneath)}</p></section>')

    def html(self, *footers: Text) -> str:
        other = "en" if self._language == "zh" else "zh"
        other_words = self.say(words.OTHER)
        link = f'<nav><a href="?{self._query}lang={other}" hreflang="{other}" lang="{other}">{other_words}</a></nav>'
        foot = "".join(f"<p>{self.say(text)}</p>" for text in footers)
        body = "\n".join([*self._parts, link, f"<footer>{foot}</footer>\n"])
        title = self._title.in_language(self._language)
        return frame("zh-CN" if self._language == "zh" else "en", title, body)


def progress_page(
    reply: ProgressReply, language: Shown, address: str, rating: Callable[[PhonePage], None] = lambda _page: None
) -> str:
    """`rating` adds what is to be said about rating it."""
    page = PhonePage(language, words.TITLE, address)
    handover, missing = reply.handover, bool(reply.missing) or any(part.missing for part in reply.parts)
    ready = handover is not None and handover.state == "ready"
    look = "wanted" if missing else "good" if ready or reply.state == "finished" else "calm"
    page.head(look, handover.state_text if handover and ready else reply.state_text, page.say(reply.title))
    told = words.COLLECT if ready else reply.message or words.WAIT[reply.state]
    page.part(words.NEXT, page.say(told))
    page.part(words.MISSING, *_missing(page, reply.missing, reply.correct_by))
    page.part(words.DAYS, *_days(page, reply.limit))
    page.part(words.PARTS, *(_of_part(page, part) for part in reply.parts))
    page.part(words.HANDOVER, *_handover(page, handover))
    page.part(words.HOW_TO_BRING, page.say(words.BRING) if missing else "")
    page.code(words.SHOW_CODE)
    rating(page)
    page.part(
        words.NUMBER,
        escape(reply.case_number),
        f"{page.say(words.RECEIVED)} {_time(reply.received_at)}",
        f"{page.say(words.SINCE)} {_time(reply.since)}",
    )
    return page.html(words.FRESH, words.PRIVATE)


def resume_page(until: datetime, language: Shown, address: str) -> str:
    page = PhonePage(language, words.RESUME_TITLE, address)
    page.head("good", words.RESUME, page.say(words.RESUME_UNTIL, day=page.day(until.astimezone(CHINA_TIME).date())))
    steps = "".join(f"<li>{page.say(step)}</li>" for step in words.RESUME_STEPS)
    page.part(words.RESUME_HOW, f"<ol>{steps}</ol>")
    page.code(words.HOLD_CODE)
    return page.html(words.NOT_SENT)


def unknown_page(language: Shown) -> str:
    return _bare(language, words.TITLE, words.NOTHING, words.NOTHING_WHY)


def ended_page(language: Shown) -> str:
    return _bare(language, words.RESUME_TITLE, words.ENDED, words.ENDED_WHY)


def too_often_page(language: Shown, seconds: int) -> str:
    return _bare(language, words.TITLE, words.TOO_OFTEN, words.TOO_OFTEN_WHY, minutes=-(-seconds // 60))


def _bare(language: Shown, title: Text, headline: Text, why: Text, **values: object) -> str:
    page = PhonePage(language, title)
    page.head("unsure", headline)
    page.part(words.WHAT_TO_DO, page.say(why, **values))
    return page.html()


def _missing(page: PhonePage, missing: tuple[Missing, ...], last: date | None) -> Iterator[str]:
    if missing:
        yield "<ul>" + "".join(f"<li>{page.say(item.text)}</li>" for item in missing) + "</ul>"
        yield page.say(words.UNTIL, day=page.day(last)) if last else ""


def _days(page: PhonePage, limit: LimitReply | None) -> Iterator[str]:
    if limit is None:
        return
    yield _counted(page, limit)
    if limit.limit:
        yield f'<progress max="{limit.limit}" value="{min(limit.used, limit.limit)}"></progress>'
    if limit.paused:
        yield page.say(words.PAUSED, paused=limit.paused)
    if limit.due and limit.is_running:
        yield page.say(words.DUE, day=page.day(limit.due))


def _counted(page: PhonePage, limit: LimitReply) -> str:
    if limit.left < 0:
        return page.say(words.OVER, limit=limit.limit, over=-limit.left)
    counted = page.say(words.COUNTED, limit=limit.limit, used=limit.used, left=limit.left)
    return counted if limit.is_running else f"{counted}<br>{page.say(words.STANDS)}"


def _of_part(page: PhonePage, part: PartProgress) -> str:
    lines = [f"<strong>{page.say(part.title)}</strong>{page.say(part.state_text)}"]
    if part.waits_for:
        lines.append(page.say(words.WAITS_FOR, titles=page.listed(part.waits_for)))
    if part.message and not (part.waits_for or part.missing):
        lines.append(page.say(part.message))
    if part.missing:
        lines.append(page.say(words.LACKS, titles=page.listed(item.text for item in part.missing)))
    if part.correct_by:
        lines.append(page.say(words.UNTIL, day=page.day(part.correct_by)))
    lines += [_counted(page, part.limit)] if part.limit else []
    return "<p>" + "<br>".join(filter(None, lines)) + "</p>"


def _handover(page: PhonePage, handover: HandoverProgress | None) -> Iterator[str]:
    if handover is None:
        return
    yield f"<p><strong>{page.say(handover.state_text)}</strong>{page.say(handover.how)}</p>"
    if handover.parts:
        yield page.say(words.TOGETHER, titles=page.listed(handover.parts))
    if handover.until:
        yield page.say(words.COLLECT_BY, day=page.day(handover.until))
    if handover.tracking:
        yield page.say(words.PARCEL, tracking=handover.tracking)


def _time(iso: str) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"

"""Whether a document is genuine, as a page for whoever scans its code: no more of the person than a masked name."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from center.pages import frame
from flows.text import Text

_TEMPLATE = Path(__file__).parent / "verify.html"
_GENUINE = Text(zh="真实有效", en="Genuine: this center issued this document.")
_UNKNOWN = Text(zh="查无此文书", en="Not found: this center issued no document with this code.")
_DAMAGED = Text(zh="暂时无法验证", en="This document cannot be checked at the moment. Please try later.")
_COMPARE = Text(
    zh="请将以上内容与手中的文书逐项核对；不一致的，不是原件。",
    en="Compare this with the document in your hand, line by line. If anything differs, it is not the original.",
)
_RETYPE = Text(
    zh="请核对验证码是否输入完整；如仍查不到，请到出具单位核实。",
    en="Check that the code is complete. If it still is not found, ask the department that is said to have issued it.",
)
_ASK = Text(zh="查验文书", en="Check a document")
_WHERE = Text(
    zh="验证码印在文书上，28 位，大小写都可以，横线可以不写。",
    en="The code is printed on the document: 28 characters, in capitals or not, with or without hyphens.",
)
_SAMPLE = Text(zh="数据为样例，不作凭证", en="Sample data, not valid as proof")


@dataclass(frozen=True)
class PublicFacts:
    """What anybody with the code may see; `sample` is 示例 or empty, `may_fetch` whether tries are left."""

    title: Text
    department: Text
    case_number: str
    masked_name: str
    issued_on: date
    sample: str
    may_fetch: bool


def genuine_page(facts: PublicFacts, code: str, problem: Text | None = None) -> str:
    rows = (
        ("文书", "Document", facts.title),
        ("编号", "Number", _alike(facts.case_number)),
        ("出具单位", "Issued by", facts.department),
        ("姓名", "Name", _alike(facts.masked_name)),
        ("出具日期", "Issued on", _alike(facts.issued_on.isoformat())),
    )
    said = "".join(f"<div><dt>{zh} {en}</dt><dd>{_words(value)}</dd></div>" for zh, en, value in rows)
    form = _form(code, problem) if facts.may_fetch else ""
    return _page("genuine", "✓", _GENUINE, _COMPARE, _sample(facts.sample), f"<dl>{said}</dl>", form)


def asking_page() -> str:
    """For whoever has the code on paper and types it."""
    return _page("calm", "?", _ASK, _WHERE, form=_code_form())


def unknown_page() -> str:
    return _page("unknown", "✕", _UNKNOWN, _RETYPE, form=_code_form())


def damaged_page() -> str:
    return _page("damaged", "!", _DAMAGED, _RETYPE)


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template(_TEMPLATE.read_text(encoding="utf-8"))


def _page(
    verdict: str, sign: str, headline: Text, footer: Text, sample: str = "", facts: str = "", form: str = ""
) -> str:
    body = _template().substitute(
        verdict=verdict,
        sign=sign,
        headline_zh=escape(headline.zh),
        headline_en=escape(headline.en),
        footer_zh=escape(footer.zh),
        footer_en=escape(footer.en),
        sample=sample,
        facts=facts,
        form=form,
    )
    return frame("zh-CN", "文书验证 · Document check", body)


def _alike(words: str) -> Text:
    return Text(zh=words, en=words)


def _words(text: Text) -> str:
    english = "" if text.en == text.zh else f"<small>{escape(text.en)}</small>"
    return f"{escape(text.zh)}{english}"


def _sample(sample: str) -> str:
    if not sample:
        return ""
    return f'<p class="sample"><strong>{escape(sample)}</strong> {_SAMPLE.zh}<br>{_SAMPLE.en}</p>'


def _code_form() -> str:
    return (
        '<form method="get" action="/verify"><label for="code">文书上的验证码'
        "<br><small>The code on the document</small></label>"
        '<div class="row"><input class="typed" id="code" name="code" maxlength="80" autocomplete="off" required>'
        "<button>查验 Check</button></div></form>"
    )


def _form(code: str, problem: Text | None) -> str:
    wrong = f'<p class="problem" role="alert">{_words(problem)}</p>' if problem else ""
    return (
        f'<form method="post" action="/verify/{escape(code)}/document">{wrong}'
        '<label for="last4">本人下载：请输入证件号码后四位'
        "<br><small>To download your own document, enter the last four characters of your ID number</small></label>"
        '<div class="row"><input id="last4" name="last4" maxlength="4" autocomplete="off" required>'
        "<button>下载 Download</button></div></form>"
    )

"""Pages for phones, behind the codes on receipts and slips: no script, nothing kept, no name, no number asked for."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from center.bodies import At, Reception
from center.casework.phone_ratings import LONGEST_TEXT, rate, standing_of
from center.casework.progress import followed, progress_of
from center.drafts import draft_at
from center.pages import HEADERS, in_words, preferred
from center.phone.page import Shown, ended_page, progress_page, resume_page, too_often_page, unknown_page
from center.phone.rating import LARGEST_FORM, add_rating, rated_page, rating_page, read_form
from center.random_codes import read_code
from flows.codes import CodeRefused, VerifiedCode, verify_code
from flows.drafts import locator_of
from flows.phone_pages import RESUME_CODE, follow_address, resume_address

router = APIRouter()
Code = Annotated[str, Path(max_length=80)]
SignedCode = Annotated[str, Path(max_length=512)]
_Asked = Annotated[str, Query(max_length=16, description="zh or en; absent: what the phone prefers")]
_Preferred = Annotated[str, Header(description="RFC 9110; what is no language is passed over")]
_PAGE = in_words(404, 429)
Level = Annotated[int, Query(ge=1, le=5, description="5 very satisfied … 1 very dissatisfied")]
_SAID = {"tag": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string", "maxLength": LONGEST_TEXT}}
_FORM = {
    "requestBody": {
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": _SAID}}}
    }
}


async def _language(lang: _Asked = "", accept_language: _Preferred = "") -> Shown:
    """Chinese, unless something else was asked for or is preferred."""
    wanted = lang.strip().lower() or preferred(accept_language)
    return "zh" if not wanted or wanted.startswith("zh") else "en"


Language = Annotated[Shown, Depends(_language)]


@router.get("/c/{code}", response_class=HTMLResponse, responses=_PAGE)
def get_followed(code: Code, request: Request, at: At, language: Language) -> Response:
    """Show how far the case is whose receipt has this code: 404 for one nobody was given, or that is on its way."""

    def page() -> str | None:
        read, number = read_code(code), _case_behind(at, code)
        if read is None or number is None:
            return None
        standing = standing_of(at.center, number)
        rating = partial(add_rating, standing=standing, code=read, language=language)
        return progress_page(progress_of(at.center, number), language, follow_address(at.public_url, read), rating)

    return _answer(at, request, code, language, page) or HTMLResponse(unknown_page(language), 404, HEADERS)


@router.get("/c/{code}/rate", response_class=HTMLResponse, responses=_PAGE)
def get_rating(code: Code, level: Level, request: Request, at: At, language: Language) -> Response:
    """Show what can be said about the case with one of the five levels, or that it was rated."""

    def page() -> str | None:
        number = _case_behind(at, code)
        if number is None:
            return None
        return rating_page(level, language) if standing_of(at.center, number) == "open" else rated_page(language)

    return _answer(at, request, code, language, page) or HTMLResponse(unknown_page(language), 404, HEADERS)


@router.post("/c/{code}/rate", response_class=HTMLResponse, responses=_PAGE, openapi_extra=_FORM)
async def post_rating(code: Code, level: Level, request: Request, at: At, language: Language) -> Response:
    """Take the rating of a case, once, and say that it came; a second one changes nothing."""
    said = read_form((await request.body())[:LARGEST_FORM])

    def page() -> str | None:
        number = _case_behind(at, code)
        if number is None:
            return None
        rate(at.center, number, level, *said)
        return rated_page(language)

    answer = partial(_answer, at, request, code, language, page)
    return await run_in_threadpool(answer) or HTMLResponse(unknown_page(language), 404, HEADERS)


def _case_behind(at: Reception, code: str) -> str | None:
    read = read_code(code)
    return followed(at.center, read) if read else None


@router.get("/r/{code}", response_class=HTMLResponse, responses=_PAGE)
def get_resumed(code: SignedCode, request: Request, at: At, language: Language) -> Response:
    """Show how to go on with a visit that was kept, at any terminal: 404 once that was done, or its days are over."""

    def page() -> str | None:
        said = _kept(at, code)
        address = resume_address(at.public_url, RESUME_CODE + code)
        return resume_page(said.expires, language, address) if said else None

    return _answer(at, request, code, language, page) or HTMLResponse(ended_page(language), 404, HEADERS)


def _answer(
    at: Reception, request: Request, code: str, language: Shown, page: Callable[[], str | None]
) -> Response | None:
    """None where there is no such page. Neither many wrong codes nor one page over and over are answered for long."""
    address, gate = request.client.host if request.client else "", at.gate
    wait = max(gate.wrong.wait(address), gate.opened.wait(code))
    if wait:
        return HTMLResponse(too_often_page(language, wait), 429, {**HEADERS, "Retry-After": str(wait)})
    html = page()
    if html is None:
        gate.wrong.count(address)
        return None
    gate.opened.count(code)
    return HTMLResponse(html, 200, HEADERS)


def _kept(at: Reception, code: str) -> VerifiedCode | None:
    """A code of this center that still holds and was not gone on with."""
    body, _, signature = code.partition(".")
    key, now = at.center.keys.signing.public_key(), at.center.clock.now()
    try:
        said = verify_code("resume", body, signature, center_key=key, now=now)
    except CodeRefused:
        return None
    kept = draft_at(at.center, locator_of(str(said.content.get("draft", ""))))
    return said if kept is not None else None

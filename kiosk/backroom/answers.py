"""What an answer over HTTP means for whoever asked: taken, try again and when, or never."""

from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx
from pydantic import ValidationError

from flows.api import ProblemDetails

_QUARANTINE = frozenset({409, 422})
_OVERLOADED = frozenset({429, 503})
LONGEST_RETRY_AFTER = 600.0  # s; whatever answers, and it may be no center at all, is asked again by then


class CenterFailed(Exception):
    """Try again later; the text is one line without personal data.

    `answered`: a center was there and said so, with that `code`.
    `busy`: it has no time for anybody now. `retry_after`: s, as it asked.
    """

    def __init__(
        self, message: str, *, answered: bool = False, status: int = 0, code: str = "", retry_after: float = 0.0
    ) -> None:
        super().__init__(message)
        self.answered = answered
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.busy = status in _OVERLOADED or retry_after > 0


class Poison(Exception):
    """The center looked at this envelope and will never take it."""


def check_accepted(answer: httpx.Response) -> None:
    """Raises Poison where the center itself refuses for good, CenterFailed for every other refusal."""
    if answer.is_success:
        return
    problem, after = problem_of(answer), retry_after(answer)
    if problem is None:
        raise CenterFailed(
            f"answered {answer.status_code} without a reason", status=answer.status_code, retry_after=after
        )
    check_problem(problem, answer.status_code, after)


def check_problem(problem: ProblemDetails, status: int, after: float = 0.0) -> None:
    reason = f"{status} {problem.code}: {problem.title}"
    if status in _QUARANTINE and problem.action != "retry":
        raise Poison(reason)
    raise CenterFailed(reason, answered=True, status=status, code=problem.code, retry_after=after)


def problem_of(answer: httpx.Response) -> ProblemDetails | None:
    """What the center says is wrong; None for a page that some other machine sent."""
    try:
        return ProblemDetails.model_validate_json(answer.content)
    except ValidationError:
        return None


def retry_after(answer: httpx.Response) -> float:
    """Seconds, from seconds or from a date, against the answer's own `Date`; 0 where nothing sensible is said."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdigit():
        return min(float(said[:9]), LONGEST_RETRY_AFTER)
    until, now = _date(said), _date(answer.headers.get("Date", ""))
    if until is None or now is None:
        return 0.0
    return min(max(0.0, (until - now).total_seconds()), LONGEST_RETRY_AFTER)


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None

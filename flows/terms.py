"""The terms of a matter: how long it takes, what it costs, when it is open, how its result is handed over, and
the parts of a linked one (一件事)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field as Bounds
from pydantic import StringConstraints

from flows.steps import StepId
from flows.text import Frozen, Text, Words

PartId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
HourMinute = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Limits(Frozen):
    """Working days (工作日) that the law allows and the department promises; 0 is on the spot, None is not known."""

    legal_days: Annotated[int, Bounds(ge=0, le=1000)] | None = None
    promised_days: Annotated[int, Bounds(ge=0, le=1000)] | None = None


class Fee(Frozen):
    """What it costs, in words; `amount` is CEL over all answers and gives 分, or null while it is not known."""

    text: Text
    amount: str | None = None


class Hours(Frozen):
    """Local time, HH:MM; open from the first minute until before the last one."""

    start: HourMinute
    end: HourMinute


class Window(Frozen):
    """When a matter can be begun. What is left out does not restrict; `text` says all of it in words.

    `months` 1 to 12, `days` of the month 1 to 31, `weekdays` 1 (Monday) to 7.
    """

    text: Text
    months: tuple[Annotated[int, Bounds(ge=1, le=12)], ...] = ()
    days: tuple[Annotated[int, Bounds(ge=1, le=31)], ...] = ()
    weekdays: tuple[Annotated[int, Bounds(ge=1, le=7)], ...] = ()
    hours: Hours | None = None

    def is_open(self, local: datetime) -> bool:
        """At this moment on the wall of the place."""
        fitting = (
            not self.months or local.month in self.months,
            not self.days or local.day in self.days,
            not self.weekdays or local.isoweekday() in self.weekdays,
            self.hours is None or self.hours.start <= f"{local:%H:%M}" < self.hours.end,
        )
        return all(fitting)


class Part(Frozen):
    """One of the cases a linked matter becomes. `needs` are parts that must be done first, `answers` the steps it
    uses, `when` (CEL over all answers) says whether it applies at all.
    """

    id: PartId
    title: Text
    department: Text
    needs: tuple[PartId, ...] = ()
    answers: Annotated[tuple[StepId, ...], Bounds(min_length=1)]
    when: str | None = None
    limits: Limits | None = None
    fee: Fee | None = None


class Handover(Frozen):
    """How a result that is a thing reaches the citizen (出件); the first one whose `when` (CEL over all answers) holds.

    `pickup` 自取 and `locker` 取件柜: against a code, at `at`; `locker` names the center's adapter. `post` 邮寄: to the
    address that `to` (CEL) gives, or that the department knows and `at` names. `parts`: of a linked matter, those whose
    results are things, handed over together once all of them are decided; left out, all.
    """

    when: str | None = None
    by: Literal["pickup", "locker", "post"]
    at: Text | None = None
    locker: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")] | None = None
    to: str | None = None
    parts: tuple[PartId, ...] = ()

    @property
    def needs_code(self) -> bool:
        return self.by != "post"


class Search(Frozen):
    """What people call it: `words` in any language, `events` of life (birth, marriage, home, …) by their ids."""

    words: tuple[Words, ...] = ()
    events: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")], ...] = ()

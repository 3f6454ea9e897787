"""The clocks of a case: the limits it is under, read from the moves it made, and the days by which others act."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from center.casework.stages import CLOCK_STANDS, Stage
from center.casework.tables import MoveRecord, PartRecord
from center.clock import CHINA_TIME
from flows.working_days import Change, Phase, Reading, day_after, read_limit

SILENCE_DAYS = 5  # working days in which everything missing must be told (行政许可法 §32, §82)

LONGEST_WAY = timedelta(
    days=366
)  # from a visit to the arrival of its case; what claims more was dated by a wrong clock
RETRY_DECISION = timedelta(minutes=10)  # until an instant case whose department did not answer is tried again


def china_day(moment: datetime) -> date:
    return moment.astimezone(CHINA_TIME).date()


def day_of_visit(created_at: str, received_at: datetime) -> date:
    """In China. A terminal that never heard the center may have dated its case by a clock that is years off: where the
    date cannot be true, the day of arrival counts.
    """
    try:
        made = datetime.fromisoformat(created_at).astimezone(CHINA_TIME)
    except (ValueError, OverflowError):
        return china_day(received_at)
    believable = received_at - LONGEST_WAY < made < received_at + timedelta(days=1)
    return made.date() if believable else china_day(received_at)


def end_of(day: date) -> datetime:
    """The first moment after it, in China."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA_TIME)


def silence_ends(part: PartRecord) -> datetime:
    """From then on a case about which nothing was said is accepted."""
    return end_of(day_after(china_day(part.arrived_at), SILENCE_DAYS))


def last_day_to_correct(asked_at: datetime, days: int) -> date:
    """`days` of the calendar, the day of asking not counted."""
    return china_day(asked_at) + timedelta(days=days)


def read_clock(part: PartRecord, moves: Sequence[MoveRecord], now: datetime, limit: int | None) -> Reading | None:
    """None before acceptance. `moves` are the part's own, oldest first."""
    if part.clock_from is None:
        return None
    accepted = next(place for place, move in enumerate(moves) if move.stage == Stage.ACCEPTED)
    changes = [Change(part.clock_from, "running")]
    for move in moves[accepted + 1 :]:
        changes.append(Change(china_day(move.at), _phase(Stage(move.stage))))
        if changes[-1].phase == "ended":
            break
    return read_limit(changes, china_day(now), limit)


def promised(part: PartRecord) -> int | None:
    """The limit that staff are held to and citizens are told: what is promised, else what the law allows."""
    return part.legal_days if part.promised_days is None else part.promised_days


def _phase(stage: Stage) -> Phase:
    if stage == Stage.ACCEPTED:
        return "running"
    return "paused" if stage in CLOCK_STANDS else "ended"

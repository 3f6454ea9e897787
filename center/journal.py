"""The center's log: a closed list of events with allowed fields, so that personal data has no way in."""

import logging
import traceback
from enum import Enum, unique
from pathlib import Path

_LOG = logging.getLogger("center")


@unique
class Event(Enum):
    """Value: the fields the event may carry, with commas; no two events may have the same ones."""

    CENTER_READY = "url, epoch"
    CENTER_STOPPED = "url"
    METRICS_READY = "metrics_url"
    DATABASE_AWAY = "database_error"
    BLOBS_AWAY = "store_error"
    TERMINAL_ENROLLED = "terminal_id"
    REQUEST_REFUSED = "status, code, method"
    ENVELOPE_REFUSED = "envelope_id, terminal_id, code"
    ENVELOPE_CONFLICT = "envelope_id, terminal_id, sequence"
    CASE_RECEIVED = "case_number, matter, terminal_id"
    RATING_RECEIVED = "case_number, terminal_id"
    SUPPLEMENT_RECEIVED = "terminal_id, case_number"
    REPORT_RECEIVED = "follow_up_id, terminal_id"
    CASE_MOVED = "case_number, part, move, actor"
    LIMIT_NEAR = "case_number, part, left"
    CORRECTION_OVERDUE = "case_number, part"
    FOLLOW_UP_LATE = "follow_up_id, what"
    WORK_FAILED = "what, reason"
    GUESSES_SPENT = "terminal_id, budget"
    HANDED_OVER = "case_number, way, actor"
    CASE_DECIDED = "case_number, outcome"
    DECISION_WAITS = "case_number, reason"
    PACKAGE_MADE = "version, digest, matters"
    PACKAGE_SIGNED = "version, key_id"
    TERMINAL_REVOKED = "terminal_id, why"
    ENVELOPE_HELD = "envelope_id, terminal_id, digest"
    ENVELOPE_ADMITTED = "terminal_id, digest"
    CODE_WITHDRAWN = "code_id"
    SETTINGS_CHANGED = "version, scope, names"
    MATTER_SWITCHED = "version, scope, matter, state"
    ALERT_WAITS = "alert_id, attempts"
    WATCH_FAILED = "reason"


def log(event: Event, **fields: object) -> None:
    """One line: the event's name and its fields. Raises ValueError for a field the event does not have."""
    strange = set(fields) - set(event.value.split(", "))
    if strange:
        raise ValueError(f"{event.name} has no field {', '.join(sorted(strange))}")
    words = " ".join(f"{key}={value}" for key, value in fields.items())
    _LOG.info("%s %s", event.name.lower(), words)


def place_of(error: Exception) -> str:
    """Kind and place of a surprise, without its message, which may quote a case."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"

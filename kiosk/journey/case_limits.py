"""How long a case may take, as the center tells it: working days used and left, and those that do not count."""

from collections.abc import Iterator, Mapping

from kiosk.journey.page import Setting
from kiosk.journey.replies import part
from kiosk.journey.screens import Row
from kiosk.messages.json_value import Json

_COUNTS = ("limit", "used", "left", "paused")


def limit_rows(setting: Setting, reply: Mapping[str, Json]) -> Iterator[Row]:
    """None where nothing was promised, or the clock does not run yet or any more."""
    limit = part(reply, "limit")
    days = _days(limit)
    if days is None:
        return
    say, standing = setting.say, limit.get("is_running") is False
    yield Row(label=say("progress.row.limit"), value=_counted(setting, days))
    if days["paused"] or standing:
        name = "progress.limit.standing" if standing else "progress.limit.paused"
        yield Row(label=say("progress.row.paused"), value=say(name, paused=days["paused"]))
    due = limit.get("due")
    if isinstance(due, str) and due:
        name = "progress.limit.due" if limit.get("calendar_known", True) else "progress.limit.due_as_far_as_known"
        yield Row(label=say("progress.row.due"), value=say(name, day=due))


def limit_words(setting: Setting, reply: Mapping[str, Json]) -> str:
    """The same in a few words, for a part of a linked case; empty where there is nothing to say."""
    limit = part(reply, "limit")
    days = _days(limit)
    if days is None:
        return ""
    standing = f"{setting.say('progress.limit.between')}{setting.say('progress.limit.stands')}"
    return _counted(setting, days) + (standing if limit.get("is_running") is False else "")


def _counted(setting: Setting, days: Mapping[str, int]) -> str:
    if days["left"] < 0:
        return setting.say("progress.limit.over", limit=days["limit"], over=-days["left"])
    return setting.say("progress.limit.counted", **days)


def _days(limit: Mapping[str, Json]) -> Mapping[str, int] | None:
    counts = {name: limit.get(name) for name in _COUNTS}
    days = {name: count for name, count in counts.items() if isinstance(count, int)}
    return days if len(days) == len(_COUNTS) else None

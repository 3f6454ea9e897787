"""What the center says of a case besides its state: what is missing (补正), the parts of a linked one, its handover."""

from collections.abc import Mapping

from kiosk.backroom.messages import Json
from kiosk.journey.page import Setting
from kiosk.journey.replies import part, said_in
from kiosk.journey.screens import Row


def missing_rows(setting: Setting, reply: Mapping[str, Json]) -> tuple[Row, ...]:
    """A row for each missing thing, until when, and how it is brought; none where nothing is missing."""
    texts = _texts(setting, reply.get("missing"))
    if not texts:
        return ()
    say = setting.say
    rows = [Row(label=say("progress.row.missing", number=n), value=text) for n, text in enumerate(texts, start=1)]
    until = reply.get("correct_by")
    if isinstance(until, str) and until:
        rows.append(Row(label=say("progress.row.correct_by"), value=until))
    how = say("progress.counter", contact=setting.contact)
    return (*rows, Row(label=say("progress.row.correct_how"), value=how))


def part_rows(setting: Setting, reply: Mapping[str, Json]) -> tuple[Row, ...]:
    """A row for each part: its title, its state, and what it waits for or lacks."""
    parts = reply.get("parts")
    known = [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list | tuple) else []
    language = setting.language
    return tuple(Row(label=said_in(language, part.get("title")), value=_state(setting, part)) for part in known)


def handover_rows(setting: Setting, reply: Mapping[str, Json]) -> tuple[Row, ...]:
    """How the result is handed over, how far that is, until when, and the parcel's number."""
    told, language = part(reply, "handover"), setting.language
    shown = (
        ("how", said_in(language, told.get("how"))),
        ("state", said_in(language, told.get("state_text"))),
        ("until", str(told.get("until") or "")),
        ("tracking", str(told.get("tracking") or "")),
    )
    return tuple(Row(label=setting.say(f"progress.handover.{name}"), value=value) for name, value in shown if value)


def _state(setting: Setting, part: Mapping[str, Json]) -> str:
    state = said_in(setting.language, part.get("state_text")) or str(part.get("state", ""))
    lacking, before = _texts(setting, part.get("missing")), _texts(setting, part.get("waits_for"))
    separator = ", " if setting.language == "en" else "、"
    if lacking:
        return setting.say("progress.part_lacks", state=state, titles=separator.join(lacking))
    if before:
        return setting.say("progress.part_waits", state=state, titles=separator.join(before))
    return state


def _texts(setting: Setting, items: object) -> list[str]:
    """Texts, or things with a `text`, as a list of the center."""
    found = items if isinstance(items, list | tuple) else []
    said = (item.get("text", item) if isinstance(item, Mapping) else item for item in found)
    return [text for one in said if (text := said_in(setting.language, one))]

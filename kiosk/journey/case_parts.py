"""What the center says of a case besides its state: what is missing (补正), the parts of a linked one, its handover."""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import ValidationError

from flows.supplements import Wanted, addition
from flows.text import Text
from kiosk.journey.case_limits import limit_words
from kiosk.journey.page import Setting
from kiosk.journey.replies import part, said_in
from kiosk.journey.screens import Row
from kiosk.messages.json_value import Json

UNDER_WAY = ("awaitingPrecheck", "inReview")


def missing_rows(setting: Setting, reply: Mapping[str, Json]) -> Iterator[Row]:
    """A row for each missing thing, and until when; none where nothing is missing."""
    texts = _texts(setting, reply.get("missing"))
    for number, text in enumerate(texts, start=1):
        yield Row(label=setting.say("progress.row.missing", number=number), value=text)
    until = reply.get("correct_by")
    if texts and isinstance(until, str) and until:
        yield Row(label=setting.say("progress.row.correct_by"), value=until)


def part_rows(setting: Setting, reply: Mapping[str, Json]) -> Iterator[Row]:
    """A row for each part: its title, its state, what it waits for or lacks, and its days."""
    for one in _parts(reply):
        yield Row(label=said_in(setting.language, one.get("title")), value=_state(setting, one))


def wanted_in(reply: Mapping[str, Json]) -> tuple[Wanted, ...]:
    """What can be brought for the case, or for each of its parts that lacks something."""
    asked = [("", reply), *((str(one.get("id", "")), one) for one in _parts(reply))]
    return tuple(wanted for part_id, said in asked if (wanted := _wanted(reply, part_id, said)))


def addition_to(reply: Mapping[str, Json]) -> Wanted | None:
    """What its applicant may add to a case that is on its way and waits for nothing."""
    if reply.get("state") not in UNDER_WAY or wanted_in(reply):
        return None
    try:
        title = Text.model_validate(reply.get("title"))
        return addition(str(reply.get("case_number")), title, None)
    except ValidationError:
        return None


def _wanted(reply: Mapping[str, Json], part_id: str, said: Mapping[str, Json]) -> Wanted | None:
    """None where nothing is missing, or where the answer is not what a center says."""
    told: dict[str, object] = {"case_number": reply.get("case_number"), "part": part_id, "title": reply.get("title")}
    told |= {name: said[name] for name in ("missing", "correct_by", "department") if said.get(name)}
    try:
        wanted = Wanted.model_validate(told)
        return wanted if not part_id else wanted.model_copy(update={"title": _of_part(wanted.title, said)})
    except ValidationError:
        return None


def _of_part(case: Text, said: Mapping[str, Json]) -> Text:
    own = Text.model_validate(said.get("title"))
    return Text(zh=f"{case.zh}（{own.zh}）", en=f"{case.en} ({own.en})")


def _parts(reply: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    parts = reply.get("parts")
    return [one for one in parts if isinstance(one, Mapping)] if isinstance(parts, list | tuple) else []


def handover_rows(setting: Setting, reply: Mapping[str, Json]) -> tuple[Row, ...]:
    """How the result is handed over, how far that is, until when, and the parcel's number."""
    told, language = part(reply, "handover"), setting.language
    shown = (
        ("how", said_in(language, told.get("how"))),
        ("parts", listed(setting, _texts(setting, told.get("parts")))),
        ("state", said_in(language, told.get("state_text"))),
        ("until", str(told.get("until") or "")),
        ("tracking", str(told.get("tracking") or "")),
    )
    return tuple(Row(label=setting.say(f"progress.handover.{name}"), value=value) for name, value in shown if value)


def _state(setting: Setting, own: Mapping[str, Json]) -> str:
    state = said_in(setting.language, own.get("state_text")) or str(own.get("state", ""))
    lacking, before = _texts(setting, own.get("missing")), _texts(setting, own.get("waits_for"))
    if lacking:
        name = "progress.part_lacks_until" if own.get("correct_by") else "progress.part_lacks"
        state = setting.say(name, state=state, titles=listed(setting, lacking), day=own.get("correct_by"))
    elif before:
        state = setting.say("progress.part_waits", state=state, titles=listed(setting, before))
    days = limit_words(setting, own)
    return f"{state}{setting.say('progress.limit.between')}{days}" if days else state


def listed(setting: Setting, titles: Iterable[str]) -> str:
    return (", " if setting.language == "en" else "、").join(titles)


def _texts(setting: Setting, items: object) -> list[str]:
    """Texts, or things with a `text`, as a list of the center."""
    found = items if isinstance(items, list | tuple) else []
    said = (item.get("text", item) if isinstance(item, Mapping) else item for item in found)
    return [text for one in said if (text := said_in(setting.language, one))]

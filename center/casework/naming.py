"""What staff write to name missing things: a picture the matter asks for, or another one, or an answer in words."""

import re
from collections.abc import Mapping

from pydantic import ValidationError

from center.cases import matter_of
from center.casework.moving import MoveRefused
from center.services import Center
from center.tables import CaseRecord
from flows.contents import Missing
from flows.steps import CaptureStep
from flows.text import Text

_WRITTEN = re.compile(r"([a-z][a-z0-9_]*)(?:(\??)=([^|]+)(?:\|(.+))?)?")


def read_missing(center: Center, record: CaseRecord, written: str) -> Missing:
    """`residence` for a step of the matter, `marriage=结婚证|Marriage certificate` for anything to be photographed,
    `income?=收入说明|Where you live from` for something to be told in words. Raises MoveRefused.
    """
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise MoveRefused(
            "listMissing",
            f"'{written}' names nothing; write STEP, ID=中文|English, or ID?=中文|English for an answer in words",
        )
    name, chinese, english = match[1], match[3], match[4]
    text = _materials(center, record).get(name)
    if chinese:
        text = bilingual(chinese, english)
    if text is None:
        known = ", ".join(_materials(center, record)) or "none"
        raise MoveRefused(
            "listMissing", f"'{name}' is no picture of this matter (known: {known}); write {name}=中文|English"
        )
    try:
        return Missing(id=name, text=text, answer="words" if match[2] else "picture")
    except ValidationError as error:
        raise MoveRefused("listMissing", f"'{name}' is too long; use up to 40 letters, digits and _") from error


def read_reason(written: str) -> Text:
    """`中文|English`. Raises MoveRefused."""
    chinese, _, english = written.partition("|")
    return bilingual(chinese, english)


def bilingual(chinese: str, english: str | None) -> Text:
    """Where nobody translated it the Chinese words stand for both. Raises MoveRefused."""
    try:
        return Text(zh=chinese, en=(english or "").strip() or chinese)
    except ValidationError as error:
        raise MoveRefused("reasonMissing", "a reason needs words") from error


def _materials(center: Center, record: CaseRecord) -> Mapping[str, Text]:
    matter = matter_of(center, record)
    return {step.id: step.material for step in matter.steps if isinstance(step, CaptureStep)} if matter else {}

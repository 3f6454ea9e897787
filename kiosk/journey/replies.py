"""What the center says, as rows and texts in the language that is shown."""

from collections.abc import Mapping

from kiosk.journey.page import Setting
from kiosk.journey.screens import Row
from kiosk.messages.json_value import Json


def said_in(language: str, text: object) -> str:
    """A text of the center, `{"zh", "en"}` or plain, in this language; empty when there is none."""
    if isinstance(text, Mapping):
        return str(text.get(language) or text.get("zh") or "")
    return text if isinstance(text, str) else ""


def sample_label(setting: Setting, source: object) -> str:
    """The 示例 mark; where the center says no more than that, what it means in this language."""
    return setting.say("sample.mark", source=source) if source == "示例" else str(source or "")


def text_rows(language: str, rows: object) -> tuple[Row, ...]:
    """Rows `{"label", "value"}` of the center."""
    if not isinstance(rows, (list, tuple)):
        return ()
    return tuple(
        Row(label=said_in(language, row.get("label")), value=said_in(language, row.get("value")))
        for row in rows
        if isinstance(row, Mapping)
    )


def part(data: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    """A mapping inside a mapping; empty when it is absent or something else."""
    below = data.get(name)
    return below if isinstance(below, Mapping) else {}

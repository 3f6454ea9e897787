"""What can be done here: a tile for each matter, grey with the reason where it cannot be done now."""

from collections.abc import Mapping

from flows.matter import Matter
from flows.steps import CaptureStep
from kiosk.backroom.messages import AwaitCode
from kiosk.journey.page import Page, Setting
from kiosk.journey.screens import MatterList, MatterTile

_DONE_WITHOUT = ("printer", "scanner", "network")  # the number is on the screen too, a code typed; `offline` decides


class MattersPage(Page):
    uses_devices = True

    def __init__(self, setting: Setting, catalog: Mapping[str, Matter]) -> None:
        super().__init__(setting)
        self._catalog = catalog
        self.turned_away = ""  # the name of the sentence for the last code

    def enter(self) -> None:
        self.setting.send(AwaitCode())

    def screen(self) -> MatterList:
        say = self.setting.say
        return MatterList(
            title=say("matters.title"),
            subtitle=say(self.turned_away or "matters.subtitle"),
            help_text=say("help.matters"),
            tiles=tuple(self._tile(matter) for matter in self._catalog.values()),
        )

    def _tile(self, matter: Matter) -> MatterTile:
        language = self.setting.language
        hindrance = hindered_by(self.setting, matter)
        return MatterTile(
            id=matter.id,
            title=matter.title.in_language(language),
            summary=matter.summary.in_language(language),
            department=matter.department.in_language(language),
            icon=matter.icon,
            brings=matter.brings.in_language(language),
            minutes=matter.minutes,
            available=not hindrance,
            unavailable_reason=hindrance,
        )


def hindered_by(setting: Setting, matter: Matter) -> str:
    """Why this matter cannot be begun now, in words; empty when it can."""
    window, language = matter.window, setting.language
    if window and not window.is_open(setting.surroundings.local_time()):
        return setting.say("matters.closed", window=window.text.in_language(language))
    lacking = _missing_for(setting, matter)
    if lacking == "network" and matter.offline_reason:
        return matter.offline_reason.in_language(language)
    return setting.say(f"matters.without.{lacking}") if lacking else ""


def _missing_for(setting: Setting, matter: Matter) -> str:
    """The first need of this matter that cannot be met now (a word of `matters.without`), or empty."""
    if matter.offline == "refuse" and not setting.surroundings.reachable:
        return "network"
    captures = [step for step in matter.steps if isinstance(step, CaptureStep)]
    needed = {f"{step.camera}_camera" for step in captures if not step.skip}
    skippable = {f"{step.camera}_camera" for step in captures} - needed
    for need in matter.needs:
        if (
            need != "network"
            and need not in _DONE_WITHOUT
            and need not in skippable
            and setting.surroundings.lacks(need)
        ):
            return need
    return ""

"""Thank you and good-bye: what not to leave behind. Holds nothing of the person."""

from collections.abc import Iterable

from kiosk.journey.page import Page, Setting
from kiosk.journey.screens import Farewell

SHOWN_FOR = 8.0  # s, then the first page comes by itself


class FarewellPage(Page):
    def __init__(self, setting: Setting, left: Iterable[str]) -> None:
        """`left` names what may lie about: words of `farewell.*`."""
        super().__init__(setting)
        self._reminders = tuple(left)
        self._until = setting.clock.monotonic() + SHOWN_FOR

    @property
    def over(self) -> bool:
        return self.setting.clock.monotonic() >= self._until

    def screen(self) -> Farewell:
        say = self.setting.say
        return Farewell(
            title=say("farewell.title"),
            can_go_back=False,
            help_text=say("help.farewell"),
            message=say("farewell.message"),
            reminders=tuple(say(f"farewell.{name}") for name in self._reminders),
        )

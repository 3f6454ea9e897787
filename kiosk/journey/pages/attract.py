"""The first page: what this machine is, and what it cannot do just now."""

from kiosk.journey.page import Page
from kiosk.journey.screens import Attract
from kiosk.messages.to_backroom import AwaitCode


class AttractPage(Page):
    uses_devices = True

    def enter(self) -> None:
        self.setting.send(AwaitCode(cameras=False))  # nobody is filmed before they touched the screen

    def screen(self) -> Attract:
        return Attract(
            title=self.setting.say("attract.title"),
            subtitle=self.setting.say("attract.subtitle"),
            can_go_back=False,
            can_go_home=False,
            help_text=self.setting.say("help.attract"),
            notice=self._notice(),
        )

    def _notice(self) -> str:
        trouble = self.setting.surroundings.printer_trouble
        if trouble:
            return self.setting.say(f"attract.printer.{trouble}")
        return "" if self.setting.surroundings.reachable else self.setting.say("attract.offline")

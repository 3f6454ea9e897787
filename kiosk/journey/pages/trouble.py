"""Pages that stand in front of another: a missing device, a lost backroom, a terminal out of service."""

from typing import Literal

from kiosk.journey.page import Page, Setting
from kiosk.journey.pages.matters import report_label
from kiosk.journey.screens import OutOfService, Trouble

Picture = Literal["paper", "card", "camera", "scanner", "network", "machine"]

PICTURES: dict[str, Picture] = {
    "idcard": "card",
    "document_camera": "camera",
    "face_camera": "camera",
    "paper": "paper",
    "jam": "paper",
    "cover": "paper",
    "absent": "paper",
    "network": "network",
}


def trouble_screen(setting: Setting, code: str, *, way_on: str = "", back: bool = True, number: str = "") -> Trouble:
    """The words `trouble.<code>.*` as a page; `way_on` names the words of the continue button, empty for none."""
    return Trouble(
        title=setting.say(f"trouble.{code}.title"),
        can_go_back=back,
        personal=bool(number),
        help_text=setting.say("help.trouble", contact=setting.contact),
        cause=setting.say(f"trouble.{code}.cause"),
        advice=setting.say(f"trouble.{code}.advice", contact=setting.contact, number=number),
        picture=PICTURES.get(code, "machine"),
        continue_label=setting.say(way_on) if way_on else "",
        report_label=report_label(setting) if not number and code != "restarting" else "",
    )


class BlockedPage(Page):
    """In front of a page whose device is missing; it vanishes when the device is back."""

    def __init__(self, setting: Setting, page: Page) -> None:
        super().__init__(setting)
        self._page = page

    def screen(self) -> Trouble:
        way_on = "trouble.go_on_without" if self._page.may_skip else ""
        return trouble_screen(self.setting, self._page.blocked_by, way_on=way_on)

    def skip(self) -> None:
        if self._page.may_skip:
            self._page.skip()

    def proceed(self) -> None:
        self.skip()


class RestartingPage(Page):
    """In front of a visit while the backroom starts again: the answers stay."""

    @property
    def busy(self) -> bool:
        return True

    def screen(self) -> Trouble:
        return trouble_screen(self.setting, "restarting", back=False)


class OutOfServicePage(Page):
    def screen(self) -> OutOfService:
        say, surroundings = self.setting.say, self.setting.surroundings
        code = surroundings.trouble_code or "unknown"
        name = f"service.{code}"
        return OutOfService(
            title=say("service.title"),
            can_go_back=False,
            can_go_home=False,
            help_text=say("service.help", contact=self.setting.contact),
            cause=say(name if self.setting.words.has(name) else "service.unknown"),
            since=say("service.since", time=surroundings.unwell_since),
            contact=self.setting.contact,
        )

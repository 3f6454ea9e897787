"""A card is to be laid: what the pages that wait for one have in common."""

from typing import Literal

from kiosk.journey.page import Page, Wait
from kiosk.messages.to_backroom import AwaitCard


class AwaitsCard(Page):
    """The reader stays armed until a card fits, so that a person may simply try again."""

    uses_devices = True
    _state: Literal["waiting", "reading", "problem"] = "waiting"
    _wait: Wait | None = None

    @property
    def busy(self) -> bool:
        return self._wait is not None

    @property
    def blocked_by(self) -> str:
        return "idcard" if self.setting.surroundings.lacks("idcard") else ""

    def enter(self) -> None:
        self._wait = None
        if self._state == "reading":
            self._state = "waiting"
        self.setting.send(AwaitCard())

    def guided(self, own: str) -> str:
        """This page's own words, unless a card is being read."""
        return self.setting.say("identify.reading") if self._state == "reading" else own

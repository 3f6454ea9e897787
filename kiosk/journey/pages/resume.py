"""接着办: a code from before was shown; the same ID card opens what was kept."""

from collections.abc import Mapping

from kiosk.journey.card import proper_card
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.awaits_card import AwaitsCard
from kiosk.journey.screens import Identify
from kiosk.messages.from_backroom import CardFailed, CardFound, CardRead, CenterAnswer, FromBackroom
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import FORGET_DRAFT, OPEN_DRAFT, AskCenter, AwaitCard

OPENED_WITHIN = 15.0  # s
_REFUSED = {"key": "other_card", "expired": "gone", "signature": "bad_code", "content": "bad_code"}


class ResumePage(AwaitsCard):
    """`draft` and `card` are set once they fit together."""

    def __init__(self, setting: Setting, body: str, signature: str) -> None:
        super().__init__(setting)
        self._code: dict[str, Json] = {"body": body, "signature": signature}
        self._problem = ""
        self._laid: dict[str, Json] = {}
        self.draft: Mapping[str, Json] | None = None
        self.card: Mapping[str, Json] = {}

    def forget(self) -> None:
        """Gone on with: it opens nothing any more."""
        request = self.setting.next_request("forget")
        self.setting.send(AskCenter(request=request, name=FORGET_DRAFT, parameters=self._code))

    def receive(self, message: FromBackroom) -> None:
        match message:
            case CardFound():
                self._state = "reading"
            case CardFailed():
                self._say("unread")
            case CardRead() if self._wait is None:
                self._ask(proper_card(message.card))
            case CenterAnswer() if self._wait and message.request == self._wait.request:
                self._hear(message)
            case _:
                pass

    def _ask(self, card: dict[str, Json] | None) -> None:
        if card is None:
            self._say("unread")
            return
        self._laid, self._state = card, "reading"
        self._wait = Wait(self.setting, "resume", OPENED_WITHIN)
        parameters = {**self._code, "number": card["number"]}
        self.setting.send(AskCenter(request=self._wait.request, name=OPEN_DRAFT, parameters=parameters))

    def _hear(self, answer: CenterAnswer) -> None:
        self._wait = None
        if answer.status == "found":
            self.draft, self.card = answer.data, self._laid
        elif answer.status == "refused":
            self._say(_REFUSED.get(answer.message, "unavailable"))
        else:
            self._say("gone" if answer.status == "notFound" else "unavailable")

    def tick(self) -> None:
        if self._wait and self._wait.over:
            self._wait = None
            self._say("unavailable")

    def _say(self, problem: str) -> None:
        self._state, self._problem = "problem", problem
        self.setting.send(AwaitCard())

    def screen(self) -> Identify:
        say = self.setting.say
        return Identify(
            title=say("resume.title"),
            help_text=say("help.resume"),
            state=self._state,
            guidance=self.guided(say("resume.guidance")),
            problem=say(f"resume.{self._problem}") if self._state == "problem" else "",
        )

"""Lay the ID card: waiting, reading, what went wrong and what to do about it."""

from collections.abc import Mapping

from flows.fields import FieldProblem
from flows.steps import IdentifyStep
from kiosk.journey.card import proper_card
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.awaits_card import AwaitsCard
from kiosk.journey.run import Run
from kiosk.journey.screens import Form, Identify
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import CardFailed, CardFound, CardRead, FromBackroom
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import AwaitCard

READ_WITHIN = 15.0  # s from finding a card to its record


class IdentifyPage(AwaitsCard, StepPage[IdentifyStep]):
    def __init__(self, setting: Setting, run: Run, step: IdentifyStep) -> None:
        super().__init__(setting, run, step)
        self._failed = ""  # words identify.problem.*
        self._expired_on = ""
        self._refused: tuple[FieldProblem, ...] = ()
        self._rearm = False  # within a second, so that a reader that fails at once is not asked without pause

    def enter(self) -> None:
        self._rearm = False
        super().enter()

    def receive(self, message: FromBackroom) -> None:
        match message:
            case CardFound() if not self._card_refused:
                self._state = "reading"
                self._wait = Wait(self.setting, "card", READ_WITHIN)
            case CardFailed():
                self._fail(message.code)
            case CardRead():
                self._read(message.card)
            case _:
                pass

    def tick(self) -> None:
        if self._wait and self._wait.over:
            self._fail("timeOut")
        if self._rearm:
            self._rearm = False
            self.setting.send(AwaitCard())

    @property
    def _card_refused(self) -> bool:
        """A card was read and cannot be used: it may still lie there, and its words stay until another is read."""
        return self._failed in ("expired", "unusable")

    def _read(self, read: Mapping[str, Json]) -> None:
        self.run.laid_card = True
        self._take(proper_card(read))

    def _take(self, card: dict[str, Json] | None) -> None:
        """Who this is, or None for a record that is none."""
        expired = self._expiry(card) if card else ""
        refused = () if card is None or expired else self.answer(card)
        if card and not expired and not refused:
            return
        self._fail("expired" if expired else "unusable")
        self._expired_on = expired
        self._refused = tuple(problem for problem in refused if problem.code != "shape")

    def _fail(self, code: str) -> None:
        self._state, self._wait, self._rearm = "problem", None, True
        self._failed, self._expired_on, self._refused = code, "", ()

    def _expiry(self, card: dict[str, Json]) -> str:
        """The last valid day (ISO) of a card that is no longer valid; a card without an end (长期) never expires."""
        last = card.get("valid_to")
        return last if isinstance(last, str) and last < self.run.visit.today.isoformat() else ""

    def screen(self) -> Identify | Form:
        return Identify(
            **self.framed(),
            state=self._state,
            guidance=self.guided(self.step.guidance.in_language(self.setting.language)),
            problem=self._problem() if self._state == "problem" else "",
        )

    def _problem(self) -> str:
        if self._refused:
            return " ".join(problem.words.in_language(self.setting.language) for problem in self._refused)
        name = f"identify.problem.{self._failed}"
        if not self.setting.words.has(name):
            name = "identify.problem.other"
        return self.setting.say(name, valid_to=self._expired_on)

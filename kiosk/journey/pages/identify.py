"""Lay the ID card: waiting, reading, what went wrong and what to do about it."""

from collections.abc import Mapping
from typing import Literal

from flows.fields import FieldProblem
from flows.steps import IdentifyStep
from kiosk.backroom.messages import AwaitCard, CardFailed, CardFound, CardRead, FromBackroom, Json
from kiosk.journey.card import proper_card
from kiosk.journey.page import Setting, Wait
from kiosk.journey.run import Run
from kiosk.journey.screens import Form, Identify
from kiosk.journey.step_page import StepPage

READ_WITHIN = 15.0  # s from finding a card to its record


class IdentifyPage(StepPage[IdentifyStep]):
    """The reader stays armed until the step is answered, so that a person may simply try again."""

    uses_devices = True

    def __init__(self, setting: Setting, run: Run, step: IdentifyStep) -> None:
        super().__init__(setting, run, step)
        self._state: Literal["waiting", "reading", "problem"] = "waiting"
        self._failed = ""  # words identify.problem.*
        self._expired_on = ""
        self._refused: tuple[FieldProblem, ...] = ()
        self._wait: Wait | None = None
        self._rearm = False  # within a second, so that a reader that fails at once is not asked without pause

    @property
    def busy(self) -> bool:
        return self._wait is not None

    @property
    def blocked_by(self) -> str:
        return "idcard" if self.setting.surroundings.lacks("idcard") else ""

    def enter(self) -> None:
        self._wait, self._rearm = None, False
        if self._state == "reading":
            self._state = "waiting"
        self.setting.send(AwaitCard())

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
        guidance = self.step.guidance.in_language(self.setting.language)
        return Identify(
            **self.framed(),
            state=self._state,
            guidance=self.setting.say("identify.reading") if self._state == "reading" else guidance,
            problem=self._problem() if self._state == "problem" else "",
        )

    def _problem(self) -> str:
        if self._refused:
            return " ".join(problem.words.in_language(self.setting.language) for problem in self._refused)
        name = f"identify.problem.{self._failed}"
        if not self.setting.words.has(name):
            name = "identify.problem.other"
        return self.setting.say(name, valid_to=self._expired_on)

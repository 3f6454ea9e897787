"""先存着: a visit is put aside at the center, and the person leaves with a code to go on with."""

from typing import Any, Literal

from flows.resuming import card_number, kept_answers
from kiosk.journey.page import Page, Setting, Wait
from kiosk.journey.printing import Printing
from kiosk.journey.receipt import Receipt
from kiosk.journey.run import Run
from kiosk.journey.screens import Kept
from kiosk.messages.from_backroom import CenterAnswer, FromBackroom
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import KEEP_DRAFT, AskCenter

KEPT_WITHIN = 12.0  # s


class KeepPage(Page):
    """`kept`: the visit may be wiped; `given_up`: back to it; `over`: the person has taken the code."""

    def __init__(self, setting: Setting, run: Run) -> None:
        super().__init__(setting)
        self._matter = run.visit.matter
        self._ask = self._what_to_keep(run)
        self._printing = Printing(setting, setting.new_id())
        self._wait: Wait | None = None
        self._code = self._until = ""
        self._laid_card = run.laid_card
        self.given_up = self.over = False

    def _what_to_keep(self, run: Run) -> dict[str, Json]:
        answers: Any = kept_answers(run.visit)
        number, language = card_number(run.visit), "en" if self.setting.language == "en" else "zh"
        return {"matter": run.visit.matter.id, "language": language, "answers": answers, "number": number}

    @property
    def kept(self) -> bool:
        return bool(self._code)

    @property
    def _state(self) -> Literal["saving", "kept", "failed"]:
        return "kept" if self.kept else "saving" if self._wait else "failed"

    @property
    def left_behind(self) -> tuple[str, ...]:
        card, slip = ("card",) * self._laid_card, ("receipt",) * (self._printing.state == "printed")
        return card + slip

    @property
    def busy(self) -> bool:
        return self._wait is not None or self._printing.state == "printing"

    def enter(self) -> None:
        self._printing.find_out()
        if not self.kept:
            self._wait = Wait(self.setting, "keep", KEPT_WITHIN)
            self.setting.send(AskCenter(request=self._wait.request, name=KEEP_DRAFT, parameters=self._ask))

    def receive(self, message: FromBackroom) -> None:
        self._printing.hear(message)
        if isinstance(message, CenterAnswer) and self._wait and message.request == self._wait.request:
            self._wait = None
            if message.status == "found":
                self._code, self._until = str(message.data.get("code", "")), str(message.data.get("until", ""))[:10]
                self._ask = {}
                self._printing.begin(self._slip())

    def tick(self) -> None:
        self._printing.tick()
        if self._wait and self._wait.over:
            self._wait = None

    def proceed(self) -> None:
        """Done; or, where it was not kept, once more."""
        if self.kept:
            self.over = True
        elif self._wait is None:
            self.enter()

    def print_again(self) -> None:
        if self.kept and self._printing.state != "printed":
            self._printing.again(self._slip())

    def step_back(self) -> bool:
        self.given_up = not self.kept
        return True

    def _slip(self) -> Receipt:
        setting, language = self.setting, self.setting.language
        values: dict[str, Json] = {
            "matter": self._matter.title.in_language(language),
            "until": self._until,
            "code": self._code,
            "site": setting.surroundings.site,
            "contact": setting.contact,
        }
        return Receipt("kept", values, language)

    def screen(self) -> Kept:
        say, state = self.setting.say, self._state
        return Kept(
            title=say("keep.title"),
            subtitle=self._matter.title.in_language(self.setting.language),
            can_go_back=state == "failed",
            can_go_home=state == "kept",
            help_text=say("help.keep"),
            personal=True,
            state=state,
            message=say(f"keep.{state}", until=self._until),
            payload=self._code,
            print_state=self._printing.state,
            print_message=self._print_message() if self.kept else "",
            forward_label=say("keep.done" if self.kept else "keep.again"),
        )

    def _print_message(self) -> str:
        state = self._printing.state
        return self.setting.say("keep.slip.printed" if state in ("printed", "printing") else "keep.slip.photograph")

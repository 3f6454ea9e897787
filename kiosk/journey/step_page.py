"""What the pages of a matter's steps share: the visit they answer, and the frame around their content."""

from typing import Any, Generic, TypedDict, TypeVar

from flows.answers import AnswerRefused
from flows.fields import FieldProblem
from flows.resuming import card_number
from flows.steps import Step
from kiosk.journey.page import Page, Setting
from kiosk.journey.run import Run
from kiosk.messages.json_value import Json

S_co = TypeVar("S_co", bound=Step, covariant=True)
_UNCOUNTED = ("submit", "result", "rate")  # a citizen sees these, but they are not work to be done


class Frame(TypedDict):
    """The fields that every screen has."""

    title: str
    subtitle: str
    step: int
    steps: int
    can_go_back: bool
    can_keep: bool
    help_text: str
    note: str


class StepPage(Page, Generic[S_co]):
    """A page for one step of the visit; the step is left as soon as it has an answer."""

    def __init__(self, setting: Setting, run: Run, step: S_co) -> None:
        super().__init__(setting)
        self.run = run
        self.step = step

    def answer(self, value: Json) -> tuple[FieldProblem, ...]:
        """Give the visit this step's answer; what is wrong with it, if anything."""
        plain: Any = value
        try:
            self.run.visit = self.run.visit.answer(self.step.id, plain)
        except AnswerRefused as refused:
            return refused.problems
        return ()

    def framed(self) -> Frame:
        language = self.setting.language
        matter = self.run.visit.matter
        place, steps = self.run.visit.place if self.step.kind not in _UNCOUNTED else (0, 0)
        return Frame(
            title=self.step.title.in_language(language),
            subtitle=matter.title.in_language(language),
            step=place,
            steps=steps,
            can_go_back=not self.run.committed,
            can_keep=self._can_keep,
            help_text=self._help(),
            note=self._note(),
        )

    @property
    def _can_keep(self) -> bool:
        """Somebody laid a card, nothing was submitted, and the center is there to keep it."""
        reachable = self.setting.surroundings.reachable and self.setting.surroundings.connected
        open_ = self.step.kind not in _UNCOUNTED and self.run.wanted is None
        return open_ and reachable and bool(card_number(self.run.visit))

    def _note(self) -> str:
        """What became of answers that the newest one put an end to; or that this goes on from before."""
        if self.step.id == self.run.resumed_at:
            return self.setting.say("resume.note")
        language = self.setting.language
        between = "、" if language == "zh" else ", "
        again, gone = self.run.visit.lost(language)
        said = [self.setting.say("changed.again", steps=between.join(again))] if again else []
        said += [self.setting.say("changed.gone", steps=between.join(gone))] if gone else []
        return " ".join(said)

    def _help(self) -> str:
        own = self.step.help.in_language(self.setting.language) if self.step.help else ""
        return own or self.setting.say(f"help.{self.step.kind}")

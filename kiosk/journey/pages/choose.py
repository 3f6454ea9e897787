"""One of several, or several of several."""

from flows.fields import FieldProblem
from flows.steps import ChooseStep
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Choose, Option
from kiosk.journey.step_page import StepPage


class ChoosePage(StepPage[ChooseStep]):
    """What was chosen before stands selected when a person comes back."""

    def __init__(self, setting: Setting, run: Run, step: ChooseStep) -> None:
        super().__init__(setting, run, step)
        self._chosen = run.visit.default_choice(step)
        self._problems: tuple[FieldProblem, ...] = ()

    def select(self, option_ids: list[str]) -> None:
        offered = {option.id for option in self.step.options}
        self._chosen = tuple(dict.fromkeys(option for option in option_ids if option in offered))
        if self.step.multiple:
            self._problems = self.answer(list(self._chosen))
        elif self._chosen:
            self._problems = self.answer(self._chosen[0])

    def screen(self) -> Choose:
        language = self.setting.language
        return Choose(
            **self.framed(),
            question=self.step.question.in_language(language),
            options=tuple(
                Option(
                    id=option.id,
                    label=option.label.in_language(language),
                    detail=option.detail.in_language(language) if option.detail else "",
                    selected=option.id in self._chosen,
                )
                for option in self.step.options
            ),
            multiple=self.step.multiple,
            problem=" ".join(problem.words.in_language(language) for problem in self._problems),
        )

"""Questions to fill in, all on one page."""

from collections.abc import Mapping

from flows.steps import FormStep
from kiosk.journey.page import Setting
from kiosk.journey.pages.filling import Filling
from kiosk.journey.run import Run
from kiosk.journey.screens import Form
from kiosk.journey.step_page import StepPage


class FormPage(StepPage[FormStep]):
    def __init__(self, setting: Setting, run: Run, step: FormStep) -> None:
        super().__init__(setting, run, step)
        self._filling = Filling(setting, step.fields, run.visit.form_defaults(step), run.visit.prefilled(step))

    def type_in(self, field_id: str, text: str) -> None:
        self._filling.type_in(field_id, text)

    def fill(self, values: Mapping[str, str]) -> None:
        self._filling.fill(values)
        self._filling.refuse(self.answer(dict(self._filling.values)))

    def screen(self) -> Form:
        return Form(**self.framed(), personal=True, fields=self._filling.shown(), problem_summary=self._filling.summary)

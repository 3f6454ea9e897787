"""Questions to fill in: what was typed stays, problems stand beside their fields."""

from collections.abc import Mapping

from flows.fields import Field, FieldProblem
from flows.steps import FormStep
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Form, FormField, Option
from kiosk.journey.step_page import StepPage

LONGEST = 500  # characters that are kept of what was typed into one field


class FormPage(StepPage[FormStep]):
    def __init__(self, setting: Setting, run: Run, step: FormStep) -> None:
        super().__init__(setting, run, step)
        self._start = run.visit.form_defaults(step)
        self._prefilled = run.visit.prefilled(step)
        self._typed = dict(self._start)
        self._problems: tuple[FieldProblem, ...] = ()

    def fill(self, values: Mapping[str, str]) -> None:
        for field in self.step.fields:
            if field.id in values:
                self._typed[field.id] = values[field.id][:LONGEST]
        self._problems = self.answer({field.id: self._typed.get(field.id, "") for field in self.step.fields})

    def screen(self) -> Form:
        return Form(
            **self.framed(),
            personal=True,
            fields=tuple(self._shown(field) for field in self.step.fields),
            problem_summary=self._summary(),
        )

    def _summary(self) -> str:
        if not self._problems:
            return ""
        general = self._words_for("")
        return general or self.setting.say("form.problem_summary", count=len(self._problems))

    def _words_for(self, field_id: str) -> str:
        language = self.setting.language
        return " ".join(problem.words.in_language(language) for problem in self._problems if problem.field == field_id)

    def _shown(self, field: Field) -> FormField:
        language = self.setting.language
        value = self._typed.get(field.id, "")
        return FormField(
            id=field.id,
            label=field.label.in_language(language),
            value=value,
            hint=field.hint.in_language(language) if field.hint else "",
            problem=self._words_for(field.id),
            optional=field.optional,
            keyboard=field.keyboard,
            options=tuple(
                Option(
                    id=option.id,
                    label=option.label.in_language(language),
                    detail=option.detail.in_language(language) if option.detail else "",
                    selected=option.id == value,
                )
                for option in field.options
            ),
            prefilled=field.id in self._prefilled and value == self._start[field.id],
            masked=field.masked,
        )

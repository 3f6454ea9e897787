"""Everything once more: change any one answer and come straight back, or submit."""

import contextlib

from flows.steps import ReviewStep
from kiosk.journey.form_printing import FormPrinting
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Review, Row
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import FromBackroom


class ReviewPage(StepPage[ReviewStep]):
    """The form can be had on paper here, by those who want nothing else."""

    def __init__(self, setting: Setting, run: Run, step: ReviewStep) -> None:
        super().__init__(setting, run, step)
        self._form = FormPrinting(setting, run)

    @property
    def busy(self) -> bool:
        return self._form.state == "printing"

    def enter(self) -> None:
        self._form.find_out()

    def receive(self, message: FromBackroom) -> None:
        self._form.hear(message)
        self._note_paper()

    def tick(self) -> None:
        self._form.tick()

    def print_document(self) -> None:
        self._form.begin_form()
        self._note_paper()

    def _note_paper(self) -> None:
        self.run.form_on_paper = self.run.form_on_paper or self._form.coming_out

    def change(self, step_id: str) -> None:
        with contextlib.suppress(ValueError):  # a row that cannot be changed
            self.run.visit = self.run.visit.reopen(step_id)

    def proceed(self) -> None:
        self.answer("confirmed")

    def screen(self) -> Review:
        visit, language = self.run.visit, self.setting.language
        rows = (*visit.review_rows(language), *visit.terms_rows(language))
        return Review(
            **self.framed(),
            personal=True,
            rows=tuple(Row(label=row.label, value=row.value, step=row.step) for row in rows),
            submit_label=self.step.submit.in_language(language),
            paper_label=self._form.label,
            paper_state=self._form.state,
            paper_message=self._form.message,
        )

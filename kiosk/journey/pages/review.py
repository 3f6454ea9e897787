"""Everything once more: change any one answer and come straight back, or submit."""

import contextlib

from flows.steps import ReviewStep
from kiosk.journey.screens import Review, Row
from kiosk.journey.step_page import StepPage


class ReviewPage(StepPage[ReviewStep]):
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
        )

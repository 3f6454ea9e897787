"""Pages that are read and agreed to: a notice, a separate consent, a promise."""

from flows.steps import NoticeStep, PromiseStep
from kiosk.journey.screens import Notice, Promise, Row
from kiosk.journey.step_page import StepPage


class NoticePage(StepPage[NoticeStep]):
    def screen(self) -> Notice:
        language = self.setting.language
        return Notice(
            **self.framed(),
            paragraphs=tuple(text.in_language(language) for text in self.step.paragraphs),
            agree_label=self.step.agree.in_language(language),
            decline_label=self._decline_label(),
            facts=self._facts(),
        )

    def _facts(self) -> tuple[Row, ...]:
        """On the first page of a matter, which says what it is about."""
        visit = self.run.visit
        rows = visit.terms_rows(self.setting.language) if self.step is visit.matter.steps[0] else ()
        return tuple(Row(label=row.label, value=row.value) for row in rows)

    def agree(self) -> None:
        self.answer(self.step.agreed)

    def decline(self) -> None:
        """A consent that is declined is an answer; an agreement that is declined ends the visit."""
        if self.step.asks == "consent":
            self.answer("decline")
        elif self.step.decline is not None:
            self.run.abandoned = True

    def _decline_label(self) -> str:
        return self.step.decline.in_language(self.setting.language) if self.step.decline else ""


class PromisePage(StepPage[PromiseStep]):
    def screen(self) -> Promise:
        language = self.setting.language
        return Promise(
            **self.framed(),
            paragraphs=tuple(text.in_language(language) for text in self.step.paragraphs),
            agree_label=self.step.agree.in_language(language),
        )

    def agree(self) -> None:
        self.answer("agree")

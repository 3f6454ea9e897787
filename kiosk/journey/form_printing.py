"""自助填表: the filled form of the matter under way, printed on A4 when a person wishes it."""

from kiosk.journey.document_printing import DocumentPrinting
from kiosk.journey.filled_form import filled_form, signature_of
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.messages.to_backroom import PrintForm


class FormPrinting(DocumentPrinting):
    def __init__(self, setting: Setting, run: Run) -> None:
        super().__init__(setting, f"{setting.new_id()}-form")
        self._run = run

    def _words(self, name: str) -> str:
        return self._setting.say(f"filled.{name}")

    def begin_form(self, number: str = "") -> None:
        """`number` is that of the case where it was submitted."""
        title = f"{self._run.visit.matter.title.in_language(self._setting.language)} A4"
        form = filled_form(self._setting, self._run, number)
        self.begin(lambda name: PrintForm(command_id=name, form=form, title=title), signature_of(self._run))

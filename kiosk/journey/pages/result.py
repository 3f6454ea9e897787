"""What came of it: number, document, receipt; better news replaces what is shown while it is shown."""

from collections.abc import Mapping
from typing import Any

from flows.steps import ResultStep
from kiosk.journey.document_printing import DocumentPrinting
from kiosk.journey.form_printing import FormPrinting
from kiosk.journey.handing_over import HandingOver
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.matters import report_label
from kiosk.journey.pages.trouble import trouble_screen
from kiosk.journey.printing import Printing
from kiosk.journey.receipt import Receipt, followed_at, write_receipt
from kiosk.journey.replies import said_in, sample_label, text_rows
from kiosk.journey.run import Run
from kiosk.journey.screens import Result, Trouble
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import Delivered, FromBackroom
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import PrintDocument

CENTER_WITHIN = 8.0  # s that a person waits for the center before the receipt is printed without its answer


class ResultPage(StepPage[ResultStep]):
    def __init__(self, setting: Setting, run: Run, step: ResultStep) -> None:
        super().__init__(setting, run, step)
        self._wait: Wait | None = None
        if setting.surroundings.reachable:
            self._wait = Wait(setting, "result", CENTER_WITHIN)
        self._printing = Printing(setting, run.case_id)
        self._document = DocumentPrinting(setting, f"{run.case_id}-a4")
        self._form = FormPrinting(setting, run)
        self._handover = HandingOver(setting, run)
        self._paper_seen = False  # the person read that there is no receipt just now
        self._printed_number = ""

    @property
    def busy(self) -> bool:
        return self._wait is not None or "printing" in (self._printing.state, self._on_paper.state)

    @property
    def _on_paper(self) -> DocumentPrinting:
        """What can come out on A4: the document that was issued, else the form as it was filled in."""
        return self._document if self._issued else self._form

    def enter(self) -> None:
        self._printing.find_out()
        self._document.find_out()
        self._form.find_out()
        self._look()

    def receive(self, message: FromBackroom) -> None:
        self._printing.hear(message)
        self._document.hear(message)
        self._form.hear(message)
        if self._printing.state == "printed":
            self.run.printed = True
        self._note_paper()
        if isinstance(message, Delivered):
            self._look()

    def tick(self) -> None:
        self._printing.tick()
        self._document.tick()
        self._form.tick()
        if self._wait and self._wait.over:
            self._wait = None
            self._look()

    def proceed(self) -> None:
        if self._paper_stands_in_the_way:
            self._paper_seen = True
            return
        self._wait = None
        self._look()
        self.answer("seen")

    def skip(self) -> None:
        self.proceed()

    def print_again(self) -> None:
        if self._printing.state != "printed" or self._printed_number != self._number:
            self._printing.again(self._receipt())
            self._printed_number = self._number

    def print_document(self) -> None:
        """On A4, the document that was issued on the spot, or the form."""
        if self._paper_stands_in_the_way or not self._paper_label():
            return
        document, digest = self.run.visit.matter.document, str(self._decision.get("pdf_sha256"))
        if document and self._issued:
            case_id, title = self.run.case_id, document.title.in_language(self.setting.language)
            self._document.begin(
                lambda name: PrintDocument(command_id=name, case_id=case_id, pdf_sha256=digest, title=title)
            )
        else:
            self._form.begin_form(self._number)
        self._note_paper()

    def _note_paper(self) -> None:
        self.run.on_paper = self._document.coming_out
        self.run.form_on_paper = self.run.form_on_paper or self._form.coming_out

    def _look(self) -> None:
        """Print once the number is final: the center answered, or it was waited for long enough."""
        if self._answered:
            self._wait = None
        if self._wait is None and self._printing.state == "none":
            self._printing.begin(self._receipt())
            self._printed_number = self._number

    def _receipt(self) -> Receipt:
        language, matter = self.setting.language, self.run.visit.matter
        known = self._went_well or (matter.kind == "accepted" and not self._answered)
        texts = (*self.step.next_steps, *matter.receipt_notes) if known else ()
        waits = self.step.waiting if self.run.wanted and not self._answered else None  # its number looks like done
        steps = tuple(text.in_language(language) for text in (waits, *texts) if text)
        return write_receipt(self.setting, self.run, self._result(), steps)

    @property
    def _went_well(self) -> bool:
        return self._answered and self._decision.get("outcome", "accepted") in ("issued", "accepted")

    @property
    def _answered(self) -> bool:
        delivered = self.run.delivered
        if delivered is None:
            return False
        return self.run.visit.matter.kind == "accepted" or bool(delivered.decision)

    @property
    def _decision(self) -> Mapping[str, Json]:
        return self.run.delivered.decision if self.run.delivered else {}

    @property
    def _issued(self) -> bool:
        return self._decision.get("outcome") == "issued" and self.run.visit.matter.document is not None

    @property
    def _number(self) -> str:
        delivered = self.run.delivered
        if self.run.wanted:
            return self.run.wanted.case_number
        return delivered.case_number if delivered and delivered.case_number else self.run.local_number

    @property
    def _paper_stands_in_the_way(self) -> bool:
        failed = self._printing.state == "failed" and self._printing.trouble != "refused"
        return failed and not self._paper_seen

    def screen(self) -> Result | Trouble:
        if self._paper_stands_in_the_way:
            trouble, number = self._printing.trouble, self._number
            return trouble_screen(self.setting, trouble, way_on="trouble.go_on", back=False, number=number)
        return self._result()

    def _result(self) -> Result:
        say, language, decision = self.setting.say, self.setting.language, self._decision
        central = self._number != self.run.local_number
        issued, document = decision.get("outcome") == "issued", self.run.visit.matter.document
        return Result(
            **self.framed(),
            personal=True,
            number=self._number,
            number_label=say("result.number" if central else "result.local_number"),
            number_kind="central" if central else "local",
            message=self._message(),
            next_steps=self._next_steps(),
            document_title=document.title.in_language(language) if document and issued else "",
            document_rows=text_rows(language, decision.get("rows")) if issued else (),
            document_sample=sample_label(self.setting, decision.get("sample")),
            verify_url=str(decision.get("verify_url") or ""),
            verify_code=str(decision.get("verify_code") or ""),
            print_state=self._printing.state,
            print_message=self._print_message(),
            waiting_for_center=self._wait is not None,
            paper_label=self._paper_label(),
            paper_state=self._on_paper.state,
            paper_message=self._on_paper.message,
            report_label=self._report_label(),
            **self._handed_over(),
            **self._followed(),
        )

    def _handed_over(self) -> dict[str, Any]:
        """Nothing of it where the case was refused, or is not decided where that is done at once."""
        matter, told = self.run.visit.matter, self._handover
        if not (self._went_well or (matter.kind == "accepted" and not self._answered)):
            return {}
        return {
            "handover": told.text,
            "pickup_label": told.label,
            "pickup_code": told.code,
            "pickup_payload": told.payload,
        }

    def _followed(self) -> dict[str, Any]:
        """A way for the phone; beside a pick-up code, which is secret, only where no receipt came out."""
        decided = self._decision.get("outcome") in ("issued", "refused")
        beside = self.run.pickup and self._printing.state not in ("failed", "unknown")
        address = "" if decided or beside else followed_at(self.setting, self.run)
        return {"follow_url": address, "follow_label": self.setting.say("result.follow")} if address else {}

    def _message(self) -> str:
        language, outcome = self.setting.language, self._decision.get("outcome")
        if outcome in ("refused", "pending"):
            return said_in(language, self._decision.get("message"))
        if self._wait is not None:
            return self.setting.say("result.waiting")
        if self._answered:
            return self.step.message.in_language(language)
        return self.step.waiting.in_language(language) if self.step.waiting else self.setting.say("result.follows")

    def _next_steps(self) -> tuple[str, ...]:
        if self._went_well:
            return tuple(text.in_language(self.setting.language) for text in self.step.next_steps)
        if self._wait is not None:
            return ()
        if self.run.wanted:
            return tuple(text.in_language(self.setting.language) for text in self.step.next_steps)
        return self.setting.say("result.later"), self.setting.say("result.keep_number")

    def _print_message(self) -> str:
        state = self._printing.state
        name = self._printing.trouble if state == "failed" else state
        return "" if state == "none" else self.setting.say(f"result.print.{name}")

    def _paper_label(self) -> str:
        """A form makes sense once it is known that no document comes at once."""
        ready = self._decision.get("pdf_sha256") if self._issued else self._wait is None
        return self._on_paper.label if ready else ""

    def _report_label(self) -> str:
        """Refused: then somebody is to hear of it."""
        refused = self._decision.get("outcome") == "refused"
        return report_label(self.setting) if refused else ""

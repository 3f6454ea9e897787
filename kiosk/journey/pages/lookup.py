"""What the center knows: asked on arrival, shown to be checked, done without where the matter allows it."""

from collections.abc import Mapping
from typing import Literal

from flows.answers import AnswerRefused
from flows.expressions import ExpressionFailed
from flows.fields import FieldProblem
from flows.steps import LookupStep
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.matters import report_label
from kiosk.journey.pages.trouble import trouble_screen
from kiosk.journey.replies import part, said_in, sample_label
from kiosk.journey.run import Run
from kiosk.journey.screens import Lookup, Row, Trouble
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import CenterAnswer, FromBackroom, SyncChanged
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import AskCenter

ANSWER_WITHIN = 12.0  # s
Status = Literal["asking", "found", "notFound", "refused", "unavailable"]


class LookupPage(StepPage[LookupStep]):
    def __init__(self, setting: Setting, run: Run, step: LookupStep) -> None:
        super().__init__(setting, run, step)
        self._status: Status = "asking"
        self._reply: Mapping[str, Json] = {}
        self._said: object = ""
        self._stopped_by: tuple[FieldProblem, ...] = ()
        self._wait: Wait | None = None

    @property
    def busy(self) -> bool:
        return self._wait is not None

    def enter(self) -> None:
        if self._status in ("asking", "unavailable"):
            self._ask()

    def _ask(self) -> None:
        self._status = "asking"
        self._wait = Wait(self.setting, "lookup", ANSWER_WITHIN)
        parameters = self.run.visit.lookup_inputs(self.step)
        self.setting.send(AskCenter(request=self._wait.request, name=self.step.lookup, parameters=dict(parameters)))

    def receive(self, message: FromBackroom) -> None:
        if isinstance(message, CenterAnswer) and self._wait and message.request == self._wait.request:
            self._wait = None
            self._status, self._reply = message.status, message.data
            self._said = message.data.get("message") or message.message
            self._doubt()
            self._stopped_by = self._objections() if self._status == "found" else ()
        elif isinstance(message, SyncChanged) and message.reachable and self._status == "unavailable":
            self._ask()

    def _doubt(self) -> None:
        """Rows that this matter cannot read are no answer to it."""
        if self._status == "found":
            try:
                self._rows()
            except ExpressionFailed:
                self._status, self._reply = "refused", {}

    def _objections(self) -> tuple[FieldProblem, ...]:
        """What the matter's checks have against what was found."""
        try:
            self.run.visit.answer(self.step.id, self._answer())
        except AnswerRefused as refused:
            return refused.problems
        return ()

    def tick(self) -> None:
        if self._wait and self._wait.over:
            self._wait, self._status = None, "unavailable"

    def retake(self) -> None:
        if self._wait is None:
            self._ask()

    def proceed(self) -> None:
        if self._wait is not None or self._stopped_by:
            return
        if self._stuck or (self.step.required and self._status != "found"):
            self._ask()
            return
        self.answer(self._answer())

    def _answer(self) -> Json:
        status = "notFound" if self._status == "refused" else self._status
        return {"status": status, "data": dict(self._data), "source": self._source}

    @property
    def _stuck(self) -> bool:
        """The center cannot be reached and this matter cannot do without its answer."""
        refuses = self.step.required or self.run.visit.matter.offline == "refuse"
        return self._status == "unavailable" and refuses

    @property
    def _dead_end(self) -> bool:
        """What the center said lets this person go no further."""
        return bool(self._stopped_by) or (self.step.required and self._status in ("notFound", "refused"))

    @property
    def _data(self) -> Mapping[str, Json]:
        return part(self._reply, "data")

    @property
    def _source(self) -> str:
        source = self._reply.get("source")
        return source if isinstance(source, str) else ""

    def screen(self) -> Lookup | Trouble:
        if self._stuck:
            return trouble_screen(self.setting, "network", way_on="trouble.retry")
        return Lookup(
            **self.framed(),
            personal=self._status == "found",
            state=self._state,
            message=self._message(),
            rows=self._rows(),
            sample=sample_label(self.setting, self._source) if self._status == "found" else "",
            report_label=report_label(self.setting) if self._dead_end else "",
        )

    @property
    def _state(self) -> Literal["asking", "found", "stopped", "notFound", "unavailable"]:
        if self._stopped_by:
            return "stopped"
        return self._status if self._status in ("asking", "found", "notFound") else "unavailable"

    def _message(self) -> str:
        language = self.setting.language
        said = said_in(language, self._said) if isinstance(self._said, Mapping) else ""
        match self._status:
            case "asking":
                return self.step.asking.in_language(language)
            case "found" if self._stopped_by:
                return "\n".join(problem.words.in_language(language) for problem in self._stopped_by)
            case "found":
                return self.step.found.in_language(language)
            case "notFound":
                return "\n".join(filter(None, (self.step.not_found.in_language(language), said)))
            case "refused":
                return said or self.setting.say("lookup.refused")
            case _:
                return self.step.unavailable.in_language(language)

    def _rows(self) -> tuple[Row, ...]:
        if self._status != "found":
            return ()
        shown = self.run.visit.lookup_rows(self.step, self._data, self.setting.language)
        return tuple(Row(label=row.label, value=row.value) for row in shown)

"""The case, or what it lacked, goes to this machine's disk; "done" is said only when the backroom has committed it."""

from typing import Literal

from flows.case import Case, case_from_visit
from flows.contents import Supplement
from flows.steps import SubmitStep
from flows.supplements import supplement_from_visit
from flows.text import Language
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.trouble import trouble_screen
from kiosk.journey.run import Run
from kiosk.journey.screens import Submit, Trouble
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import Committed, FromBackroom, NotCommitted, ServiceChanged
from kiosk.messages.to_backroom import SubmitCase, SubmitSupplement

COMMITTED_WITHIN = 30.0  # s
Failure = Literal["", "diskFull", "storageUnknown", "notEnrolled"]


class SubmitPage(StepPage[SubmitStep]):
    """Every further try sends the same case under the same id, so that it can never be there twice."""

    def __init__(self, setting: Setting, run: Run, step: SubmitStep) -> None:
        super().__init__(setting, run, step)
        self._wait: Wait | None = None
        self._failed: Failure = ""

    @property
    def busy(self) -> bool:
        return not self._failed

    def enter(self) -> None:
        self._failed = ""
        self._wait = Wait(self.setting, "submit", COMMITTED_WITHIN)
        if not self.setting.surroundings.connected:
            return  # entered again when the backroom is there
        if self.run.case is None:
            self._write_case()
        assert self.run.case is not None
        request, content = self._wait.request, self.run.case
        if self.run.wanted is None:
            self.setting.send(SubmitCase(request=request, case=content))
        else:
            self.setting.send(SubmitSupplement(request=request, supplement=content))

    def _write_case(self) -> None:
        run, now, terminal_id = self.run, self.setting.clock.now(), self.setting.surroundings.terminal_id
        language: Language = "en" if self.setting.language == "en" else "zh"
        run.case_id = own_id = self.setting.new_id()
        content: Case | Supplement
        if run.wanted is None:
            way = run.visit.handover()
            run.follow, run.pickup = self.setting.new_code(), self.setting.new_code() if way and way.needs_code else ""
            content = case_from_visit(
                run.visit,
                case_id=own_id,
                terminal_id=terminal_id,
                language=language,
                created_at=now,
                follow=run.follow,
                pickup=run.pickup,
            )
        else:
            content = supplement_from_visit(
                run.wanted,
                run.visit,
                supplement_id=own_id,
                terminal_id=terminal_id,
                language=language,
                created_at=now,
            )
        run.case = content.model_dump(mode="json")

    def proceed(self) -> None:
        if self._failed:
            self.enter()

    def step_back(self) -> bool:
        """Back to the review; what may be on disk already must not be changed."""
        if self._known_unsaved:
            self.run.case, self.run.case_id = None, ""
            return False
        return True

    @property
    def _known_unsaved(self) -> bool:
        return self._failed in ("diskFull", "notEnrolled")

    def receive(self, message: FromBackroom) -> None:
        match message:
            case Committed() if self._wait and message.request == self._wait.request:
                self.run.local_number = message.local_number or str(message.sequence)
                self.answer({"case_id": self.run.case_id, "local_number": self.run.local_number})
            case NotCommitted() if self._wait and message.request == self._wait.request:
                self._wait, self._failed = None, message.code
            case ServiceChanged() if message.in_service and self._failed:
                self.enter()
            case _:
                pass

    def tick(self) -> None:
        if self._wait and self._wait.over:
            self._wait, self._failed = None, "storageUnknown"

    def screen(self) -> Submit | Trouble:
        if self._failed:
            return trouble_screen(self.setting, self._failed, way_on="trouble.retry", back=self._known_unsaved)
        frame = self.framed()
        frame["can_go_back"] = False
        message = self.step.message.in_language(self.setting.language)
        return Submit(**frame, can_go_home=False, message=message)

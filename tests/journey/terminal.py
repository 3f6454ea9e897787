"""A terminal without hardware: the real journey, worked by a person and by a backroom that answers as asked."""

from collections.abc import Mapping
from typing import Any

from flows.matter import Matter
from kiosk.journey.journey import IdleSettings, VisitJourney
from kiosk.journey.screens import View
from kiosk.journey.words import Words
from kiosk.messages.from_backroom import (
    Attached,
    CardFound,
    CardRead,
    CenterAnswer,
    Committed,
    Delivered,
    DeviceChanged,
    FromBackroom,
    PagesBound,
    PreviewFrame,
    PrintProgress,
    Ready,
    StillTaken,
    SyncChanged,
)
from kiosk.messages.to_backroom import (
    AskCenter,
    Attach,
    BindPages,
    PrintReceipt,
    SubmitCase,
    SubmitSupplement,
    TakeStill,
)
from tests.journey.said import ISSUED, JPEG, OUYANG, PNG, RECORD
from tests.journey.surroundings import HandClock, RecordingBackroom


class Terminal:
    """Methods are what the machine, a person and the backroom do; the last ones are whole stretches of a visit."""

    def __init__(self, catalog: Mapping[str, Matter], words: Words) -> None:
        self.clock = HandClock()
        self.backroom = RecordingBackroom()
        self.views: list[View] = []
        self.frames: list[tuple[str, bytes]] = []
        self._ids = self._codes = 0
        self.journey = VisitJourney(
            catalog,
            self.backroom,
            self.clock,
            words,
            idle=IdleSettings(seconds=120, warning_seconds=30),
            contact="0577-12345 (示例)",
            on_view=self.views.append,
            on_preview=lambda camera, jpeg: self.frames.append((camera, jpeg)),
            new_id=self._new_id,
            new_code=self._new_code,
        )

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"

    def _new_code(self) -> str:
        """The follow code and, where there is one, the pick-up code of the first case: A2A2…, B2B2…"""
        self._codes += 1
        return f"{'_ABCDEFGH'[self._codes]}2" * 14

    # the machine
    def comes_up(self) -> "Terminal":
        self.hears(Ready(terminal_id="T-330381-0001", enrolled=True, site="瑞安市测试大厅"))
        for device, kind in (
            ("card_reader", "idcard"),
            ("code_scanner", "scanner"),
            ("document_camera", "camera"),
            ("face_camera", "camera"),
        ):
            self.device(device, kind)
        self.printer(paper="full")
        self.hears(SyncChanged(waiting=0, reachable=True))
        return self

    def device(self, device: str, kind: str, state: str = "online") -> None:
        self.hears(DeviceChanged(device=device, device_class=kind, state=state))

    def printer(self, *, paper: str = "full", cover: str = "closed", state: str = "online") -> None:
        self.hears(
            DeviceChanged(device="receipt_printer", device_class="printer", state=state, paper=paper, cover=cover)
        )

    def hears(self, message: FromBackroom, blob: bytes = b"") -> None:
        self.journey.receive(message, blob)

    def waits(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.sleep(1)
            self.journey.tick()

    # what is seen
    @property
    def screen(self) -> Any:
        return self.journey.view.screen

    @property
    def page(self) -> str:
        return type(self.screen).__name__

    # a person's ways through the pages
    def lays_card(self, **other: Any) -> None:
        self.hears(CardFound())
        self.hears(CardRead(card={**OUYANG, **other}))

    def takes_picture(self, camera: str, picture: bytes = JPEG, *, more_pages: bool = False) -> None:
        """`more_pages`: there could be some, and there are none."""
        self.hears(PreviewFrame(camera=camera), b"live")
        self.journey.take_picture()
        self.hears(StillTaken(request=self.backroom.last(TakeStill).request), picture)
        self.journey.accept_picture()
        if more_pages:
            self.journey.proceed()
        if camera == "document":
            self.binds_pages()
        else:
            self.holds_attachment()

    def takes_pages(self, camera: str, count: int) -> None:
        """Of a document that may have more pages than these."""
        for _ in range(count):
            self.hears(PreviewFrame(camera=camera), b"live")
            self.journey.take_picture()
            self.hears(StillTaken(request=self.backroom.last(TakeStill).request), JPEG)
            self.journey.accept_picture()
        self.hears(PreviewFrame(camera=camera), b"live")
        self.journey.proceed()
        self.binds_pages()

    def binds_pages(self) -> None:
        self.hears(PagesBound(request=self.backroom.last(BindPages).request, sha256="cd" * 32, size=456), b"%PDF-")

    def holds_attachment(self) -> None:
        self.hears(Attached(request=self.backroom.last(Attach).request, sha256="ab" * 32, size=123))

    def center_answers(self, status: str = "found", data: Mapping[str, Any] | None = None) -> None:
        request = self.backroom.last(AskCenter).request
        given = data if data is not None else (RECORD if status == "found" else {})
        self.hears(CenterAnswer(request=request, status=status, data=given))  # type: ignore[arg-type]

    def center_refuses(self, reason: str) -> None:
        self.hears(CenterAnswer(request=self.backroom.last(AskCenter).request, status="refused", message=reason))

    def commits(self) -> str:
        submitted = self.backroom.last(SubmitCase)
        case_id = submitted.case["case_id"]
        self.hears(Committed(request=submitted.request, case_id=case_id, sequence=7, local_number="L0001-000007"))
        return case_id

    def commits_supplement(self) -> Mapping[str, Any]:
        submitted = self.backroom.last(SubmitSupplement)
        own_id = submitted.supplement["supplement_id"]
        self.hears(Committed(request=submitted.request, case_id=own_id, sequence=8, local_number="L0001-000008"))
        return submitted.supplement

    def delivers(self, case_id: str, decision: Mapping[str, Any] | None = None) -> None:
        self.hears(
            Delivered(case_id=case_id, case_number="OEB20261123000042", state="finished", decision=decision or {})
        )

    def issues(self, case_id: str) -> None:
        self.delivers(case_id, ISSUED)

    def prints(self, *phases: str) -> None:
        for phase in phases or ("accepted", "transmitted", "printed"):
            self.hears(PrintProgress(command_id=self.backroom.last(PrintReceipt).command_id, phase=phase))

    # whole stretches
    def asks_progress(self, reply: Mapping[str, Any]) -> "Terminal":
        """The progress of a case, and the center's answer."""
        self.journey.open_progress()
        self.journey.ask_progress(str(reply["case_number"]))
        self.center_answers("found", reply)
        return self

    def opens(self, matter: str) -> "Terminal":
        self.journey.start()
        self.journey.open_matter(matter)
        return self

    def certificate_to_lookup(self) -> "Terminal":
        self.opens("social-insurance-certificate")
        self.journey.agree()
        self.lays_card()
        self.journey.decline()
        self.journey.select(["pension", "medical"])
        self.journey.select(["months12"])
        return self

    def certificate_to_review(self) -> "Terminal":
        self.certificate_to_lookup()
        self.center_answers()
        self.journey.proceed()
        return self

    def certificate_to_result(self) -> str:
        self.certificate_to_review()
        self.journey.proceed()
        return self.commits()

    def enrolment_to_form(self) -> "Terminal":
        self.opens("resident-medical-insurance")
        self.journey.agree()
        self.lays_card()
        return self

    def enrolment_to_picture(self) -> "Terminal":
        self.enrolment_to_form()
        self.journey.fill({"category": "adult", "mobile": "138 0000 0000"})
        return self

    def enrolment_to_review(self) -> "Terminal":
        self.enrolment_to_picture()
        self.takes_picture("document")
        self.journey.agree()
        self.journey.sign(PNG)
        self.holds_attachment()
        return self

    def enrolment_to_result(self) -> str:
        self.enrolment_to_review()
        self.journey.proceed()
        return self.commits()

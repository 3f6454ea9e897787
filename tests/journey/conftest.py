"""A terminal without hardware: the real journey and matters, a clock moved by hand, a port that records."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.matter import Matter
from kiosk.journey.journey import IdleSettings, VisitJourney
from kiosk.journey.screens import View
from kiosk.journey.words import Words, load_words
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
    ToBackroom,
)
from tests import shipped

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff picture of a household book"
OUYANG: Mapping[str, Any] = {
    "kind": "citizen",
    "name": "欧阳测试",
    "sex": "male",
    "nation": "汉",
    "nation_code": "01",
    "birth_date": "1899-03-07",
    "address": "浙江省瑞安市测试路1号",
    "number": "330381189903070015",
    "authority": "瑞安市公安局",
    "valid_from": "2020-01-01",
    "valid_to": None,
    "newest_address": None,
    "photo": {"wlt_sha256": "00"},
    "warnings": [],
}
RECORD = {
    "status": "found",
    "data": {
        "area": "瑞安市",
        "employer": "瑞安市测试单位",
        "from": "2025-12",
        "to": "2026-11",
        "months": {"pension": 12, "medical": 12, "unemployment": 12, "injury": 12, "maternity": 0},
    },
    "rows": [],
    "source": "示例",
    "message": None,
}
ISSUED = {
    "outcome": "issued",
    "message": {"zh": "证明已出具", "en": "The certificate is issued"},
    "rows": [{"label": {"zh": "姓名", "en": "Name"}, "value": {"zh": "欧阳测试", "en": "欧阳测试"}}],
    "sample": "示例",
    "verify_code": "A1B2C3",
    "verify_url": "http://127.0.0.1:8700/verify/A1B2C3",
    "pdf_sha256": "0" * 64,
}


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._passed = 0.0

    def monotonic(self) -> float:
        return 1000.0 + self._passed

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 4, 0, tzinfo=UTC) + timedelta(seconds=self._passed)

    def sleep(self, seconds: float) -> None:
        self._passed += seconds


class RecordingBackroom:
    """The port's own double: keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[ToBackroom] = []
        self.blobs: list[bytes] = []

    def send(self, message: ToBackroom, blob: bytes = b"") -> None:
        self.sent.append(message)
        self.blobs.append(blob)

    def last(self, kind: type) -> Any:
        return next(message for message in reversed(self.sent) if isinstance(message, kind))

    def all(self, kind: type) -> list[Any]:
        return [message for message in self.sent if isinstance(message, kind)]

    def forget(self) -> None:
        self.sent.clear()
        self.blobs.clear()


class Terminal:
    """A journey and what surrounds it, worked by a person and by a backroom that answers as asked."""

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


@pytest.fixture(scope="session")
def words() -> Words:
    return load_words(ROOT / "assets" / "words")


@pytest.fixture(scope="session")
def catalog() -> Mapping[str, Matter]:
    return shipped.catalog()


@pytest.fixture
def new_terminal(catalog: Mapping[str, Matter], words: Words) -> Callable[[], Terminal]:
    return lambda: Terminal(catalog, words)


@pytest.fixture
def new_terminal_with(words: Words) -> Callable[[Mapping[str, Matter]], Terminal]:
    """A terminal that offers these matters, just come up."""
    return lambda matters: Terminal(matters, words).comes_up()


@pytest.fixture
def terminal(new_terminal: Callable[[], Terminal]) -> Terminal:
    return new_terminal().comes_up()


@pytest.fixture
def terminal_with(words: Words) -> Callable[[Matter], Terminal]:
    """A terminal that offers this one matter and is up."""
    return lambda matter: Terminal({matter.id: matter}, words).comes_up()

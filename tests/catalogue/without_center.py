"""A person who goes through a matter while the center is away: the real journey, clerk and outbox, and no screen."""

from collections import deque
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import cv2
import numpy as np
from pydantic import JsonValue

from flows.fields import written
from flows.keys import encode_signing_key
from flows.steps import FormStep, GroupStep, IdentifyStep, Step
from flows.visit import Visit
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.delivery import Round, deliver_waiting
from kiosk.backroom.outbox import Outbox
from kiosk.identity import Identity
from kiosk.journey.journey import VisitJourney
from kiosk.journey.words import Words
from kiosk.messages.from_backroom import (
    CardFound,
    CardRead,
    CenterAnswer,
    CodeRead,
    DeviceChanged,
    PreviewFrame,
    Ready,
    StillTaken,
    SyncChanged,
)
from kiosk.messages.to_backroom import AskCenter, Attach, BindPages, StartPreview, SubmitCase, TakeStill
from tests.catalogue.walks import UNTIL, ZONE, Walk, answer_to
from tests.center.desk import URL, Desk, InProcess
from tests.shipped import catalog

JPEG = cv2.imencode(".jpg", np.full((48, 64, 3), 200, np.uint8))[1].tobytes()
PNG = b"\x89PNG\r\n\x1a\n a signature"
DEVICES = {"card_reader": "idcard", "code_scanner": "scanner", "document_camera": "camera", "face_camera": "camera"}
UNAVAILABLE: Mapping[str, JsonValue] = {"status": "unavailable", "data": {}, "source": ""}


class TerminalAlone:
    """Devices work; the center is away until `delivers`."""

    def __init__(self, desk: Desk, folder: Path, words: Words) -> None:
        made = desk.terminal()
        self._identity = Identity(
            **made.identity.model_dump(), signing_key=encode_signing_key(made.key), center_url=URL
        )
        self._desk = desk
        self.outbox = Outbox(folder, desk.clock, lambda _: None)
        self._clerk = Clerk(self.outbox, self._identity, desk.clock, folder, 1)
        self._answers = deque()
        self.handed = {}  # bytes of what the backroom holds of this visit, by its name
        self.journey = VisitJourney(catalog(), self, desk.clock, words)
        self._hears(Ready(terminal_id=self._identity.terminal_id, enrolled=True))
        for device, kind in {**DEVICES, "receipt_printer": "printer"}.items():
            self._hears(DeviceChanged(device=device, device_class=kind, state="online"))
        self._hears(SyncChanged(waiting=0, reachable=False))

    def close(self) -> None:
        self.outbox.close()

    # what the journey sends, and what answers it
    def send(self, message: object, blob: bytes = b"") -> None:
        match message:
            case StartPreview():
                self._answers.append((PreviewFrame(camera=message.camera), JPEG))
            case TakeStill():
                self._answers.append((StillTaken(request=message.request), JPEG))
            case Attach():
                self.handed[message.name] = blob
                self._answers.append((self._clerk.attach(message, blob), b""))
            case BindPages():
                told, self.handed[message.name] = self._clerk.bind(message, blob)
                self._answers.append((told, self.handed[message.name]))
            case AskCenter():
                self._answers.append((CenterAnswer(request=message.request, status="unavailable"), b""))
            case SubmitCase():
                self._answers.append((self._clerk.submit_case(message.request, message.case)[0], b""))

    def _hears(self, *messages: object) -> None:
        for message in messages:
            self.journey.receive(message)
        self._settles()

    def _settles(self) -> None:
        while self._answers:
            self.journey.receive(*self._answers.popleft())

    def does(self, intent: str, *given: object) -> None:
        getattr(self.journey, intent)(*given)
        self._settles()

    # the person
    @property
    def screen(self):
        return self.journey.view.screen

    def walks(self, walk: Walk, today: date) -> Visit:
        """To the page after "done"; the visit as it must be, worked out beside the journey."""
        self.handed.clear()
        self.does("start")
        self.does("open_matter", walk.matter)
        visit = Visit.begin(catalog()[walk.matter], today)
        while (step := visit.current) is not None and step.kind not in UNTIL:
            assert self.screen.title == step.title.zh or isinstance(step, GroupStep), step.id
            answer = dict(UNAVAILABLE) if step.kind == "lookup" else answer_to(walk, visit)
            self._answer(step, walk, answer)
            visit = visit.answer(step.id, answer)
        return visit

    def _answer(self, step: Step, walk: Walk, answer: JsonValue) -> None:
        match step.kind:
            case "notice" | "promise":
                self.does("decline" if answer == "decline" else "agree")
            case "identify":
                self._says_who(step, walk)
            case "choose":
                self.does("select", answer if isinstance(answer, list) else [answer])
            case "form":
                self.does("fill", typed(step, answer))
            case "group":
                self._gathers(step, answer)
            case "capture":
                self._captures(step.pages, answer)
            case "sign":
                self.does("sign", PNG)
            case _:
                self.does("proceed")

    def _says_who(self, step: IdentifyStep, walk: Walk) -> None:
        match step.by[0]:
            case "face":
                self._captures(1, [{}])
            case "passport":
                self._hears(CodeRead(text=ZONE, symbology="mrz"))
            case _:
                self._hears(CardFound(), CardRead(card=walk.identity))

    def _captures(self, pages: int, answer: JsonValue) -> None:
        if answer == "skipped":
            self.does("skip")
            return
        self.does("take_picture")
        self.does("accept_picture")
        if pages > 1:
            self.does("proceed")

    def _gathers(self, step: GroupStep, answer: list[dict[str, JsonValue]]) -> None:
        for place, one in enumerate(answer):
            items = getattr(self.screen, "items", None)  # the form of the first one may be open already
            if items is not None:
                self.does("change_item", place) if place < len(items) else self.does("add_item")
            self.does("fill", typed(step, one))
        self.does("proceed")

    def leaves(self) -> None:
        self.does("proceed")
        self.does("skip")
        self.does("go_home")

    def delivers(self) -> Round:
        """The center is there again."""
        link = CenterLink(URL, self._identity, self._desk.clock, 5.0, InProcess(self._desk.app))
        try:
            return deliver_waiting(self.outbox, link, lambda *_: None)
        finally:
            link.close()


def typed(step: FormStep | GroupStep, answer: JsonValue) -> dict[str, str]:
    """What is written for an answer; a span of days in two fields."""
    assert isinstance(answer, dict)
    values = {field.id: written(answer.get(field.id), field) for field in step.fields}
    for field in step.fields:
        if field.type == "date_range":
            first, _, last = values[field.id].partition("/")
            values |= {f"{field.id}.from": first, f"{field.id}.to": last}
    return values

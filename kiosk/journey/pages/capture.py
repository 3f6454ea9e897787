"""A picture of a document or of the face: live, taken, looked at, used or taken again."""

from collections.abc import Callable
from typing import Literal

from flows.answers import SKIPPED
from flows.case import attachment_name
from flows.steps import CaptureStep
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.attaching import Attaching
from kiosk.journey.run import HeldAttachment, Run
from kiosk.journey.screens import Capture
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import CaptureFailed, FromBackroom, PagesBound, PreviewFrame, StillTaken
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import StartPreview, TakeStill

STILL_WITHIN = 10.0  # s
State = Literal["starting", "live", "taken", "problem"]
OnPreview = Callable[[str, bytes], None]


class CapturePage(StepPage[CaptureStep]):
    """`on_preview` is handed live frames and the picture taken; they are never part of the view."""

    uses_devices = True
    still_within = STILL_WITHIN

    def __init__(self, setting: Setting, run: Run, step: CaptureStep, on_preview: OnPreview) -> None:
        super().__init__(setting, run, step)
        self._on_preview = on_preview
        self._state: State = "starting"
        self._hints: tuple[str, ...] = ()
        self._problems: tuple[str, ...] = ()
        self._picture = b""
        self._check = ""  # of the picture: StillTaken.face_check
        self._pages: list[Json] = []
        self._still: Wait | None = None
        self._attaching: Attaching | None = None

    @property
    def busy(self) -> bool:
        return self._still is not None or self._attaching is not None

    @property
    def blocked_by(self) -> str:
        """A picture already taken can still be used when the camera goes."""
        camera = f"{self.step.camera}_camera"
        needed = self._state != "taken" and self._attaching is None
        return camera if needed and self.setting.surroundings.lacks(camera) else ""

    @property
    def may_skip(self) -> bool:
        return self.step.skip is not None

    def enter(self) -> None:
        self._still, self._attaching = None, None
        if self._state != "taken":
            self._go_live()

    def _go_live(self) -> None:
        self._state, self._hints, self._problems, self._picture = "starting", (), (), b""
        self.setting.send(StartPreview(camera=self.step.camera))

    def take_picture(self) -> None:
        if self._state in ("live", "problem") and not self.busy:
            self._state, self._problems = "live", ()  # what was wrong with the picture before is no longer said
            self._still = Wait(self.setting, "still", self.still_within)
            self.setting.send(TakeStill(camera=self.step.camera, request=self._still.request))

    def retake(self) -> None:
        if not self.busy:
            self._go_live()

    def accept_picture(self) -> None:
        if self._state == "taken" and not self.busy:
            name = attachment_name(self.step.id, len(self._pages) + 1)
            held = HeldAttachment(name, "image/jpeg", self._picture, self._check)
            self._attaching = Attaching(self.setting, self.run, held)

    def skip(self) -> None:
        if self.may_skip and self._attaching is None:
            self.answer(self._pages or SKIPPED)

    def proceed(self) -> None:
        """Enough pages of a document with several."""
        if self._pages and not self.busy:
            self.answer(self._pages)

    def step_back(self) -> bool:
        if self._state != "taken" or self.busy:
            return False
        self._go_live()
        return True

    def see(self, message: PreviewFrame | StillTaken | PagesBound, blob: bytes) -> None:
        if isinstance(message, PreviewFrame):
            self._preview(message, blob)
        elif isinstance(message, StillTaken) and self._still and message.request == self._still.request:
            self._taken(message, blob)

    def receive(self, message: FromBackroom) -> None:
        if isinstance(message, CaptureFailed):
            if self._still and message.request == self._still.request:
                self._fail((message.code,))
        else:
            self._hear_attached(message)

    def tick(self) -> None:
        if self._still and self._still.over:
            self._fail(("timeOut",))
        if self._attaching and self._attaching.over:
            self._attaching, self._problems = None, ("attach",)

    def _preview(self, message: PreviewFrame, jpeg: bytes) -> None:
        if self._state == "taken" or message.camera != self.step.camera:
            return
        if self._state == "starting":
            self._state = "live"
        self._hints = message.hints
        self._on_preview(message.camera, jpeg)

    def _taken(self, message: StillTaken, jpeg: bytes) -> None:
        if message.problems or not jpeg:
            self._fail(message.problems or ("failed",))
            return
        self._still, self._state, self._picture, self._problems = None, "taken", jpeg, ()
        self._check = message.face_check
        self._on_preview(self.step.camera, jpeg)

    def _fail(self, problems: tuple[str, ...]) -> None:
        """The preview goes on, so that the next try is one touch away."""
        self._still, self._state, self._problems = None, "problem", problems

    def _hear_attached(self, message: FromBackroom) -> None:
        attached = self._attaching.hear(message) if self._attaching else None
        if attached is None:
            return
        self._attaching = None
        self._pages.append(attached)
        if len(self._pages) >= self.step.pages:
            self.answer(self._pages)
        else:
            self._go_live()

    def screen(self) -> Capture:
        return Capture(
            **self.framed(),
            personal=True,
            purpose=self.step.camera,
            state=self._state,
            guidance=self._guidance(),
            problem=" ".join(self._said(code) for code in self._problems),
            can_skip=self.may_skip,
            skip_label=self.step.skip.in_language(self.setting.language) if self.step.skip else "",
            pages=self._page_count,
            done_label=self._done_label,
        )

    def _guidance(self) -> str:
        if self.busy:
            return self.setting.say("capture.working")
        if self._state == "starting":
            return self.setting.say("capture.starting")
        if self._state == "taken":
            return self._taken_guidance()
        if self._state == "live" and self._hints:
            return self._said(self._hints[0])
        return self._live_guidance()

    def _taken_guidance(self) -> str:
        return self.setting.say(f"capture.taken.{self.step.camera}")

    def _live_guidance(self) -> str:
        return self.step.guidance.in_language(self.setting.language)

    @property
    def _page_count(self) -> int:
        return len(self._pages)

    @property
    def _done_label(self) -> str:
        return ""

    def _said(self, code: str) -> str:
        name = f"capture.problem.{code}"
        return self.setting.say(name if self.setting.words.has(name) else "capture.problem.other")

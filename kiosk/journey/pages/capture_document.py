"""A picture of a document: laid under the camera, taken, looked at, page after page, and bound to one PDF."""

from dataclasses import replace

from flows.answers import SKIPPED
from flows.case import attachment_name
from flows.steps import CaptureStep
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.capture import CapturePage, OnPreview
from kiosk.journey.pages.self_timer import READY, SelfTimer
from kiosk.journey.run import HeldAttachment, Run, TakenPage
from kiosk.journey.screens import Capture
from kiosk.messages.from_backroom import CaptureFailed, FromBackroom, PagesBound, PreviewFrame, StillTaken
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import BindPages

BOUND_WITHIN = 20.0  # s; twenty pages that are marked
REFUSALS = 2  # of one page; after so many the picture may be used as it is
MORPHS_WITHIN = 0.7  # s; a finger on its way to "take" would land on "accept" when the picture comes by itself


class DocumentCapturePage(CapturePage):
    """The sheet's own problems are said live and after the picture; see devices.camera.document_quality.

    The pages stay with the run until all are taken, so that going back loses none; then the backroom binds them and
    holds the PDF. A step that cannot be
    skipped takes a picture that was refused REFUSALS times when the person says so: nobody is stuck here.
    """

    def __init__(self, setting: Setting, run: Run, step: CaptureStep, on_preview: OnPreview) -> None:
        super().__init__(setting, run, step, on_preview)
        self._taken_pages = run.taken_pages.setdefault(step.id, [])
        self._thumbnail = ""
        self._binding: Wait | None = None
        self._refusals = 0
        self._refused = ""  # what is wrong with the picture that is looked at
        self._to_check, self._bound = "", 0  # of the pages that are bound now, and how many they are
        self._timer = SelfTimer(setting.clock)
        self._accepted_from = 0.0

    @property
    def busy(self) -> bool:
        return self._binding is not None or super().busy

    @property
    def blocked_by(self) -> str:
        return "" if self._binding is not None else super().blocked_by

    def enter(self) -> None:
        self._binding = None
        super().enter()

    def take_picture(self) -> None:
        self._timer.stop()
        super().take_picture()

    def take_by_hand(self, by_hand: bool) -> None:
        self._timer.switch_off(by_hand)

    def delete_page(self, number: int) -> None:
        """Counted from 1."""
        if 1 <= number <= len(self._taken_pages) and not self.busy:
            del self._taken_pages[number - 1]

    def accept_picture(self) -> None:
        """One more page; the last one that the step takes ends it."""
        if self._state != "taken" or self.busy or self.setting.clock.monotonic() < self._accepted_from:
            return
        page = TakenPage(self._picture, self._thumbnail, self._refused)
        if len(self._taken_pages) + 1 < self.step.pages:
            self._taken_pages.append(page)
            self._refusals = 0
            self._go_live()
        else:
            self._bind([*self._taken_pages, page])

    def proceed(self) -> None:
        if self._taken_pages and self._state != "taken" and not self.busy:
            self._bind(self._taken_pages)

    def skip(self) -> None:
        if self.may_skip and not self._taken_pages and not self.busy:
            self.answer(SKIPPED)

    def _bind(self, pages: list[TakenPage]) -> None:
        self._problems = ()
        self._binding = Wait(self.setting, "bind", BOUND_WITHIN)
        self._to_check = next((f"toBeCheckedByStaff: {page.refused}" for page in pages if page.refused), "")
        self._bound = len(pages)
        lengths = tuple(len(page.jpeg) for page in pages)
        name, mark = attachment_name(self.step.id, 1), self._mark()
        order = BindPages(request=self._binding.request, name=name, lengths=lengths, mark=mark)
        self.setting.send(order, b"".join(page.jpeg for page in pages))

    def _mark(self) -> str:
        """What it may be used for, in the language of who works with it; empty where the matter does not ask for it."""
        if not self.step.watermark:
            return ""
        title, day = self.run.visit.matter.title.zh, self.setting.surroundings.local_time().date()
        return self.setting.words.say("zh", "capture.mark", matter=title, day=day.isoformat())

    def see(self, message: PreviewFrame | StillTaken | PagesBound, blob: bytes) -> None:
        if not isinstance(message, PagesBound):
            super().see(message, blob)
        elif self._binding and message.request == self._binding.request:
            self._binding = None
            self._taken_pages.clear()
            held = HeldAttachment(attachment_name(self.step.id, 1), "application/pdf", blob, self._to_check)
            self.run.attachments[held.name] = held
            answer: dict[str, Json] = {"sha256": message.sha256, "size": message.size, "media_type": held.media_type}
            answer["pages"] = self._bound
            self.answer([answer | ({"check": held.check} if held.check else {})])

    def _preview(self, message: PreviewFrame, jpeg: bytes) -> None:
        super()._preview(message, jpeg)
        if message.camera != self.step.camera:
            return
        self._timer.look(message.hints, may_count=self._state in ("live", "problem") and not self.busy)
        left = self._timer.seconds_left
        if left is not None:
            self._state, self._problems = "live", ()  # the sheet was moved since the picture that was refused
        if left == 0:
            self.take_picture()
            self._accepted_from = float("inf")  # until the picture is there

    def _taken(self, message: StillTaken, jpeg: bytes) -> None:
        by_itself = self._accepted_from == float("inf")
        self._accepted_from = self.setting.clock.monotonic() + MORPHS_WITHIN if by_itself else 0.0
        self._thumbnail, self._refused = message.thumbnail, ""
        super()._taken(message, jpeg)
        if message.problems and jpeg and not self.may_skip:
            self._refusals += 1
            if self._refusals >= REFUSALS:
                self._state, self._picture, self._refused = "taken", jpeg, message.problems[0]
                self._on_preview(self.step.camera, jpeg)

    def receive(self, message: FromBackroom) -> None:
        if isinstance(message, CaptureFailed) and self._binding and message.request == self._binding.request:
            self._unbound()
        else:
            super().receive(message)

    def tick(self) -> None:
        super().tick()
        if self._binding and self._binding.over:
            self._unbound()

    def _unbound(self) -> None:
        """Nothing is lost: the pages are here, and the next touch tries again."""
        self._binding, self._problems = None, ("attach",)

    @property
    def _page_count(self) -> int:
        return len(self._taken_pages)

    @property
    def _done_label(self) -> str:
        count = self._page_count
        return self.setting.say("capture.done", count=count) if count and self._state != "taken" else ""

    def screen(self) -> Capture:
        say, live = self.setting.say, self._state in ("live", "problem")
        return replace(
            super().screen(),
            accept_label=say("capture.use_refused") if self._refused and self._state == "taken" else "",
            hand_label=say("capture.by_hand") if live and not self.busy else "",
            by_hand=self._timer.off,
            thumbnails=tuple(page.thumbnail for page in self._taken_pages),
            delete_labels=tuple(say("capture.delete", page=number + 1) for number in range(self._page_count)),
        )

    def _guidance(self) -> str:
        if self._refused and self._state == "taken" and not self.busy:
            return self.setting.say("capture.taken.refused")
        if self._state == "taken" and not self.busy and self.step.watermark:
            return self.setting.say("capture.taken.marked")
        left = self._timer.seconds_left
        if left is not None and not self.busy:
            return self.setting.say("capture.count_down", seconds=max(1, left))
        if self._state == "live" and not self.busy and self._page_count and not self._swapped:
            return self._live_guidance()
        return super()._guidance()

    @property
    def _swapped(self) -> bool:
        """Whether what is seen may be another page than the one taken before."""
        return self._timer.moved or self._hints[:1] != (READY,)

    def _live_guidance(self) -> str:
        count = self._page_count
        return self.setting.say("capture.next_page", count=count) if count else super()._live_guidance()

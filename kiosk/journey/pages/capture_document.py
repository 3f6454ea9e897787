"""A picture of a document: laid under the camera, taken, looked at, page after page, and bound to one PDF."""

from flows.answers import SKIPPED
from flows.case import attachment_name
from flows.steps import CaptureStep
from kiosk.backroom.messages import BindPages, CaptureFailed, FromBackroom, PagesBound, PreviewFrame, StillTaken
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.capture import CapturePage, OnPreview
from kiosk.journey.run import HeldAttachment, Run

BOUND_WITHIN = 10.0  # s


class DocumentCapturePage(CapturePage):
    """The sheet's own problems are said live and after the picture; see devices.camera.document_quality.

    The pages stay here until all are taken; then the backroom binds them and holds the PDF.
    """

    def __init__(self, setting: Setting, run: Run, step: CaptureStep, on_preview: OnPreview) -> None:
        super().__init__(setting, run, step, on_preview)
        self._taken_pages: list[bytes] = []
        self._binding: Wait | None = None

    @property
    def busy(self) -> bool:
        return self._binding is not None or super().busy

    @property
    def blocked_by(self) -> str:
        return "" if self._binding is not None else super().blocked_by

    def enter(self) -> None:
        self._binding = None
        super().enter()

    def accept_picture(self) -> None:
        """One more page; the last one that the step takes ends it."""
        if self._state != "taken" or self.busy:
            return
        if len(self._taken_pages) + 1 < self.step.pages:
            self._taken_pages.append(self._picture)
            self._go_live()
        else:
            self._bind([*self._taken_pages, self._picture])

    def proceed(self) -> None:
        if self._taken_pages and self._state != "taken" and not self.busy:
            self._bind(self._taken_pages)

    def skip(self) -> None:
        if self.may_skip and not self._taken_pages and not self.busy:
            self.answer(SKIPPED)

    def _bind(self, pages: list[bytes]) -> None:
        self._problems = ()
        self._binding = Wait(self.setting, "bind", BOUND_WITHIN)
        lengths = tuple(len(page) for page in pages)
        order = BindPages(request=self._binding.request, name=attachment_name(self.step.id, 1), lengths=lengths)
        self.setting.send(order, b"".join(pages))

    def see(self, message: PreviewFrame | StillTaken | PagesBound, blob: bytes) -> None:
        if not isinstance(message, PagesBound):
            super().see(message, blob)
        elif self._binding and message.request == self._binding.request:
            self._binding = None
            held = HeldAttachment(attachment_name(self.step.id, 1), "application/pdf", blob)
            self.run.attachments[held.name] = held
            self.answer([{"sha256": message.sha256, "size": message.size, "media_type": held.media_type}])

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

    def _live_guidance(self) -> str:
        count = self._page_count
        return self.setting.say("capture.next_page", count=count) if count else super()._live_guidance()

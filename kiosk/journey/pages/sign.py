"""A signature with the finger, kept as PNG."""

from flows.case import attachment_name
from flows.steps import SignStep
from kiosk.journey.page import Setting
from kiosk.journey.pages.attaching import Attaching
from kiosk.journey.run import HeldAttachment, Run
from kiosk.journey.screens import Sign
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import FromBackroom

LARGEST = 2_000_000  # bytes of PNG
_PNG = b"\x89PNG\r\n\x1a\n"


class SignPage(StepPage[SignStep]):
    def __init__(self, setting: Setting, run: Run, step: SignStep) -> None:
        super().__init__(setting, run, step)
        self._problem = ""
        self._attaching: Attaching | None = None

    @property
    def busy(self) -> bool:
        return self._attaching is not None

    def enter(self) -> None:
        self._attaching = None

    def sign(self, png: bytes) -> None:
        if self._attaching is not None:
            return
        self._problem = "" if png.startswith(_PNG) else "sign.empty"
        if len(png) > LARGEST:
            self._problem = "sign.too_large"
        if not self._problem:
            held = HeldAttachment(attachment_name(self.step.id, 1), "image/png", png)
            self._attaching = Attaching(self.setting, self.run, held)

    def receive(self, message: FromBackroom) -> None:
        attached = self._attaching.hear(message) if self._attaching else None
        if attached is not None:
            self._attaching = None
            self.answer(attached)

    def tick(self) -> None:
        if self._attaching and self._attaching.over:
            self._attaching, self._problem = None, "sign.not_saved"

    def screen(self) -> Sign:
        guidance = self.step.guidance.in_language(self.setting.language)
        return Sign(
            **self.framed(),
            personal=True,
            guidance=self.setting.say("sign.saving") if self._attaching else guidance,
            problem=self.setting.say(self._problem) if self._problem else "",
        )

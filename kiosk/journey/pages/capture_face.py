"""A picture of the face: one instruction at a time, the best of a short burst, looked at, used or taken again."""

from kiosk.journey.pages.capture import CapturePage
from kiosk.messages.from_backroom import StillTaken

STILL_WITHIN = 25.0  # s; the person may be asked to blink first, and the card's portrait has to be decoded
ASKED = ("blink", "turn")  # see devices.camera.liveness


class FaceCapturePage(CapturePage):
    """The face's own problems are said live and after the picture; see devices.camera.face_quality.

    A picture unlike the card's is offered to be taken once more. Whatever comes of it, staff look and the visit
    goes on.
    """

    spoken_guidance = True

    still_within = STILL_WITHIN
    _unlike = 0  # pictures so far that the comparison called different

    def _taken(self, message: StillTaken, jpeg: bytes) -> None:
        super()._taken(message, jpeg)
        if self._state == "taken" and self._check.startswith("different"):
            self._unlike += 1

    def _guidance(self) -> str:
        asked = self._hints[0] if self._still and self._hints else ""
        return self.setting.say(f"capture.asked.{asked}") if asked in ASKED else super()._guidance()

    def _taken_guidance(self) -> str:
        if self._check.startswith("different"):
            return self.setting.say("capture.unlike.once_more" if self._unlike == 1 else "capture.unlike.go_on")
        return super()._taken_guidance()

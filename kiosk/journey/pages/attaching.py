"""Handing a picture or a signature to the backroom, and waiting until that holds it."""

from kiosk.journey.page import Setting, Wait
from kiosk.journey.run import HeldAttachment, Run
from kiosk.messages.from_backroom import Attached, FromBackroom
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import Attach

HELD_WITHIN = 10.0  # s


class Attaching:
    """One attachment on its way; `answer` is what the step stores of it."""

    def __init__(self, setting: Setting, run: Run, held: HeldAttachment) -> None:
        self._run = run
        self._held = held
        self._wait = Wait(setting, "attach", HELD_WITHIN)
        setting.send(Attach(request=self._wait.request, name=held.name, media_type=held.media_type), held.content)

    def hear(self, message: FromBackroom) -> dict[str, Json] | None:
        """The answer once the backroom holds this attachment."""
        if not isinstance(message, Attached) or message.request != self._wait.request:
            return None
        self._run.attachments[self._held.name] = self._held
        answer: dict[str, Json] = {"sha256": message.sha256, "size": message.size, "media_type": self._held.media_type}
        return answer | ({"check": self._held.check} if self._held.check else {})

    @property
    def over(self) -> bool:
        """Waited too long."""
        return self._wait.over

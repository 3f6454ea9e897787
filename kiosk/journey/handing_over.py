"""出件 on the result page: how the result reaches the person, and the pick-up code that the center gives for it."""

from flows.handovers import grouped, handover_text, pickup_payload
from flows.text import Text
from kiosk.backroom.messages import PICKUP_CODE, AskCenter, CenterAnswer, FromBackroom
from kiosk.journey.case_parts import listed
from kiosk.journey.page import Setting, Wait
from kiosk.journey.run import Run

CODE_WITHIN = 8.0  # s that a person waits for it before the receipt is printed without


class HandingOver:
    """The code is asked for once; a second one would make the first, which may be on paper, worthless."""

    def __init__(self, setting: Setting, run: Run) -> None:
        self._setting = setting
        self._run = run
        self._way = run.visit.handover()
        self._wait: Wait | None = None
        self._asked = False
        self._code = ""

    @property
    def waiting(self) -> bool:
        return self._wait is not None

    @property
    def text(self) -> str:
        if self._way is None:
            return ""
        lines = [self._said(handover_text(self._way.by, self._way.at))]
        parts = self._run.visit.handed_over(self._setting.language)
        if parts:
            lines.append(self._setting.say("result.handover.parts", titles=listed(self._setting, parts)))
        if self._way.needs_code and not self._code and not self.waiting:
            lines.append(self._setting.say("result.handover.later"))
        return "\n".join(lines)

    @property
    def label(self) -> str:
        return self._setting.say("result.handover.code") if self._code else ""

    @property
    def code(self) -> str:
        return grouped(self._code)

    @property
    def payload(self) -> str:
        return pickup_payload(self._code) if self._code else ""

    def ask(self) -> None:
        """Once the center has the case."""
        if self._asked or self._way is None or not self._way.needs_code:
            return
        self._asked, self._wait = True, Wait(self._setting, "pickup", CODE_WITHIN)
        request, case_id = self._wait.request, self._run.case_id
        self._setting.send(AskCenter(request=request, name=PICKUP_CODE, parameters={"case_id": case_id}))

    def hear(self, message: FromBackroom) -> bool:
        """True when the wait is over."""
        if not (isinstance(message, CenterAnswer) and self._wait and message.request == self._wait.request):
            return False
        self._wait = None
        if message.status == "found":
            self._code = str(message.data.get("code", ""))
        return True

    def tick(self) -> bool:
        """True when it was waited for long enough."""
        if self._wait is None or not self._wait.over:
            return False
        self._wait = None
        return True

    def _said(self, text: Text) -> str:
        return text.in_language(self._setting.language)

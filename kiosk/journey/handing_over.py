"""出件 on the result page: how the result reaches the person, and the pick-up code, with or without a network."""

from flows.handovers import grouped, handover_text, pickup_payload
from kiosk.journey.case_parts import listed
from kiosk.journey.page import Setting
from kiosk.journey.run import Run


class HandingOver:
    """Of the code the case holds the hash alone; it is on this page and on paper, and gone with the visit."""

    def __init__(self, setting: Setting, run: Run) -> None:
        self._setting = setting
        self._run = run
        self._way = run.visit.handover()

    @property
    def text(self) -> str:
        if self._way is None:
            return ""
        setting, parts = self._setting, self._run.visit.handed_over(self._setting.language)
        how = handover_text(self._way.by, self._way.at).in_language(setting.language)
        together = setting.say("result.handover.parts", titles=listed(setting, parts)) if parts else ""
        return "\n".join(filter(None, (how, together)))

    @property
    def label(self) -> str:
        return self._setting.say("result.handover.code") if self._run.pickup else ""

    @property
    def code(self) -> str:
        return grouped(self._run.pickup)

    @property
    def payload(self) -> str:
        return pickup_payload(self._run.pickup) if self._run.pickup else ""

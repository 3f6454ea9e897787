"""Who is there by card, passport or phone: one way at a time, the others one touch away."""

from collections.abc import Mapping

from devices.scanner.grammar import MachineReadableZone, SignedCode, parse_scheme
from flows.answers import read_fields
from flows.fields import Field
from flows.identities import identity_of_code, identity_of_passport
from flows.steps import IdentifyBy, IdentifyStep
from flows.text import Text
from kiosk.journey.page import Setting, Wait
from kiosk.journey.pages.filling import Filling
from kiosk.journey.pages.identify import IdentifyPage
from kiosk.journey.run import Run
from kiosk.journey.screens import Form, Identify, Option
from kiosk.messages.from_backroom import CenterAnswer, CodeRead, FromBackroom
from kiosk.messages.to_backroom import IDENTITY_CODE, AskCenter, AwaitCode, Stop

TYPED = "typed"  # the passport's zone, by hand
VERIFIED_WITHIN = 5.0  # s
_ZONE = Field(id="zone", type="mrz", label=Text(zh="护照最下面两行", en="The two lines at the foot of the page"))


class IdentifyOtherwisePage(IdentifyPage):
    """A code that is not meant here is said and changes nothing."""

    def __init__(self, setting: Setting, run: Run, step: IdentifyStep) -> None:
        super().__init__(setting, run, step)
        self._way: IdentifyBy = next((way for way in step.by if self._can_be(way)), step.by[0])
        self._filling: Filling | None = None

    def _can_be(self, way: IdentifyBy) -> bool:
        """Whether that way is open now; who came because the card reader does not work begins with another."""
        return way != "card" or not self.setting.surroundings.lacks("idcard")

    @property
    def blocked_by(self) -> str:
        return super().blocked_by if self.step.by == ("card",) else ""

    def enter(self) -> None:
        if self._way == "card":
            super().enter()
        else:
            self._wait = None
            self.setting.send(AwaitCode())

    def select(self, option_ids: list[str]) -> None:
        if option_ids == [TYPED] and self._way == "passport":
            self._filling = Filling(self.setting, [_ZONE], {_ZONE.id: ""})
        for way in self.step.by:
            if option_ids == [way] and way != self._way:
                self._way, self._state, self._wait, self._rearm = way, "waiting", None, False
                self.setting.send(Stop())
                self.enter()

    def type_in(self, field_id: str, text: str) -> None:
        if self._filling:
            self._filling.type_in(field_id, text)

    def fill(self, values: Mapping[str, str]) -> None:
        if self._filling is None:
            return
        self._filling.fill(values)
        read, problems = read_fields([_ZONE], self._filling.values)
        self._filling.refuse(problems)
        if not problems:
            self._filling = None
            self._take_passport(str(read[_ZONE.id]))

    def step_back(self) -> bool:
        typing, self._filling = self._filling is not None, None
        return typing

    def receive(self, message: FromBackroom) -> None:
        if self._way == "card":
            super().receive(message)
        elif isinstance(message, CodeRead) and self._wait is None:
            self._scanned(message.text)
        elif isinstance(message, CenterAnswer) and self._wait and message.request == self._wait.request:
            self._verified(message)

    def tick(self) -> None:
        if self._way == "card":
            super().tick()
        elif self._wait and self._wait.over:
            self._say("other")

    def _scanned(self, text: str) -> None:
        match parse_scheme(text):
            case MachineReadableZone(zone) if self._way == "passport":
                self._take_passport(zone)
            case SignedCode("identity", body, signature) if self._way == "phone":
                self._state, self._wait = "reading", Wait(self.setting, "identity", VERIFIED_WITHIN)
                parameters = {"body": body, "signature": signature}
                self.setting.send(AskCenter(request=self._wait.request, name=IDENTITY_CODE, parameters=parameters))
            case _:
                self._say(f"not_a_{self._way}")

    def _take_passport(self, zone: str) -> None:
        self._take_or_say(identity_of_passport(zone, self.run.visit.today), "zone")

    def _verified(self, message: CenterAnswer) -> None:
        said = message.data if message.status == "found" else {}
        self._take_or_say(identity_of_code(said), "code")

    def _take_or_say(self, record: Mapping[str, object] | None, otherwise: str) -> None:
        if record is None:
            self._say(otherwise)
        else:
            self._take({key: value for key, value in record.items() if isinstance(value, str)} | {"warnings": []})
            self._rearm = False

    def _say(self, code: str) -> None:
        self._fail(code)
        self._rearm = False  # the scanner stays armed by itself

    def screen(self) -> Identify | Form:
        say = self.setting.say
        if self._filling:
            return Form(
                **self.framed(),
                personal=True,
                fields=self._filling.shown(),
                problem_summary=self._filling.summary,
            )
        others = [way for way in self.step.by if way != self._way] + [TYPED] * (self._way == "passport")
        guidance = self.step.guidance.in_language(self.setting.language)
        if self._way != self.step.by[0]:
            guidance = say(f"identify.guidance.{self._way}")
        return Identify(
            **self.framed(),
            state=self._state,
            way="card" if self._way == "face" else self._way,
            ways=tuple(Option(id=way, label=say(f"identify.way.{way}")) for way in others),
            guidance=say("identify.reading_code") if self._state == "reading" and self._way != "card" else guidance,
            problem=self._problem() if self._state == "problem" else "",
        )

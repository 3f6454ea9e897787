"""Somebody who goes through a matter at the real screen as its walk says, and knows at every page what it must be."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from pydantic import JsonValue

from devices.twins import TwinClient
from flows.fields import written
from flows.steps import CaptureStep, ChooseStep, FormStep, GroupStep, IdentifyStep, LookupStep, NoticeStep, Step
from flows.visit import Visit
from kiosk.demo.citizen import Citizen
from kiosk.journey.screens import Form, Group, Lookup, Result
from kiosk.ui.shell import CONTRASTS, TEXT_STEPS
from kiosk.ui.visitor import Visitor
from tests.catalogue.cards import card_of
from tests.catalogue.found import is_refused, looked_up
from tests.catalogue.typist import Typist, on_letter_keys
from tests.catalogue.walks import UNTIL, ZONE, Walk, WrongAnswer, answer_to
from tests.shipped import catalog

SCENES = {"document": "sheet", "face": "face"}
PATIENT = 10  # times a passport is held in front of the scanner


class Walker:
    """`looks` is called on every page once it stands still, with the name of the step or the page."""

    def __init__(
        self, visitor: Visitor, twins: TwinClient, folder: Path, looks: Callable[[str], None] = lambda name: None
    ) -> None:
        self.visitor = visitor
        self.typist = Typist(visitor)
        self.twins = twins
        self.folder = folder
        self.looks = looks
        self.online = True
        self.language = "zh"
        self.large = False
        self.result: Result | None = None

    def begins(self, walk: Walk, language: str = "zh") -> None:
        if self.visitor.page != "Attract":  # somebody before left in the middle
            self.goes_home()
        self.language, self.result = language, None
        if language != self.visitor.view.language:  # who left in the middle may have left it otherwise
            self.visitor.touches("language")
        if self.large:
            self._enlarges()
        self.visitor.touches("start")
        self.visitor.sees("MatterList")
        Citizen(self.visitor, self.twins).opens_from_list(walk.matter)

    def _enlarges(self) -> None:
        """The largest text, and the highest contrast."""
        for name in ("display", f"textsize:{TEXT_STEPS - 1}", f"contrast:{CONTRASTS[1]}", "close"):
            self.visitor.touches(name)

    def walks(self, walk: Walk, today: date) -> Visit:
        """Page after page until the case is submitted, or until what was found stops it; the visit as it must be."""
        visit, self._wrong = Visit.begin(catalog()[walk.matter], today), list(walk.wrong)
        while (step := visit.current) is not None and step.kind not in UNTIL:
            self._arrives(step)
            given = self._answers(step, walk, visit)
            if given is None:
                return visit
            visit = visit.answer(step.id, given)
        return visit

    def leaves(self) -> None:
        """From the result to the first page: takes the receipt, gives no rating."""
        self.visitor.waits_until(self._result_stands, "the result")
        screen = self.visitor.screen
        assert isinstance(screen, Result)
        self.result = screen
        assert screen.print_state != "failed", screen.print_message
        self.looks("result-refused" if screen.report_label else "result")
        self.twins.do("printer", "take")
        self.visitor.touches("forward")
        self.visitor.sees("Rate", "Farewell")
        if self.visitor.page == "Rate":
            self.looks("rate")
            self.visitor.touches("skip")
        self.visitor.sees("Farewell")
        self.looks("farewell")
        self.goes_home()

    def goes_home(self) -> None:
        self.visitor.touches("home")
        if self.visitor.page != "Attract" and self.visitor.sees_item("home:confirm"):
            self.visitor.touches("home:confirm")
        self.visitor.sees("Attract")

    def _result_stands(self) -> bool:
        screen = self.visitor.screen
        return isinstance(screen, Result) and screen.print_state not in ("none", "printing")

    def _arrives(self, step: Step) -> None:
        title = step.title.in_language(self.language)
        item = step.item.in_language(self.language) if isinstance(step, GroupStep) else title
        self.visitor.waits_until(
            lambda: self.visitor.screen.title == title or self.visitor.screen.title.startswith(item),
            f"the page '{title}'",
        )

    def _answers(self, step: Step, walk: Walk, visit: Visit) -> JsonValue:
        """Answer the page shown; None where it ends here."""
        answer = answer_to(walk, visit)
        match step:
            case LookupStep():
                return self._sees_what_is_found(step, visit)
            case FormStep():
                return self._fills(step, visit, answer)
            case GroupStep():
                return self._gathers(step, answer)
            case ChooseStep():
                self._chooses(step.id, answer)
            case CaptureStep():
                self._captures(step, answer)
            case NoticeStep() if answer == "decline":
                self.looks(step.id)
                self.visitor.touches("decline")
            case _ if step.kind in ("notice", "promise"):
                self.looks(step.id)
                self.visitor.scrolls_to_end()
                self.visitor.touches("agree")
            case IdentifyStep():
                self._shows_who(step, walk)
            case _ if step.kind == "sign":
                self.visitor.signs()
                self.looks(step.id)
                self.visitor.touches("forward")
            case _:
                self.looks(step.id)
                self.visitor.touches("forward")
        return answer

    def _shows_who(self, step: IdentifyStep, walk: Walk) -> None:
        match step.by[0]:
            case "face":
                self._pictures(step.id, "face")
                self.visitor.touches("accept")
            case "passport":
                self.looks(step.id)
                self._holds_passport()
            case _:
                self._lays_card(walk)

    def _holds_passport(self) -> None:
        """Again and again until the scanner, which is switched on meanwhile, has read it."""
        for _ in range(PATIENT):
            self.twins.do("scanner", "scan", text=ZONE)
            self.visitor.looks_for_a_moment()
            if self.visitor.page != "Identify":
                return

    def _lays_card(self, walk: Walk) -> None:
        self.looks("who")
        self.twins.do("idcard", "lay", card=card_of(walk.identity, self.folder))
        self.visitor.waits_until(lambda: self.visitor.page != "Identify", "the card to be read")
        self.twins.do("idcard", "lift")

    def _chooses(self, step_id: str, answer: JsonValue) -> None:
        wanted = answer if isinstance(answer, list) else [answer]
        for option in getattr(self.visitor.screen, "options", ()):
            if option.selected != (option.id in wanted) and (option.id in wanted or isinstance(answer, list)):
                self.visitor.touches(f"option:{option.id}")
        self.looks(step_id)
        self.visitor.touches("forward")

    def _captures(self, step: CaptureStep, answer: JsonValue) -> None:
        self.looks(step.id)
        if answer == "skipped":
            self.visitor.touches("skip")
            return
        self._pictures(step.id, step.camera)
        if step.pages > 1:
            self.visitor.waits_until(lambda: self.visitor.sees_item("accept"), "a way to keep it")
        self.visitor.touches("accept")
        if step.pages > 1:
            self.visitor.waits_until(
                lambda: self.visitor.sees_item("done") or self.visitor.page != "Capture", "the next page or the end"
            )
            if self.visitor.page == "Capture":
                self.visitor.touches("done")

    def _pictures(self, name: str, camera: str) -> None:
        self.twins.do("camera", "show", camera=camera, scene=SCENES[camera])
        self.visitor.waits_until(lambda: self._state() == "taken" or self.visitor.sees_item("take"), "the camera")
        if self._state() != "taken":
            self.visitor.touches("take")
        self.visitor.waits_until(lambda: self._state() == "taken", "the picture")
        self.visitor.looks_for_a_moment()
        self.looks(f"{name}-taken")

    def _state(self) -> str:
        return str(getattr(self.visitor.screen, "state", ""))

    def _sees_what_is_found(self, step: LookupStep, visit: Visit) -> JsonValue:
        self.visitor.waits_until(lambda: self._state() not in ("", "asking"), "what the center knows")
        self.looks(step.id if self._state() == "found" else f"{step.id}-{self._state()}")
        expected = looked_up(step, visit, online=self.online)
        screen = self.visitor.screen
        assert isinstance(screen, Lookup)
        if is_refused(step, visit, expected):
            assert screen.state in ("stopped", "notFound", "unavailable")
            assert screen.message
            return None
        assert (screen.state == "found") == (expected["status"] == "found")
        self.visitor.touches("forward")
        return expected

    def _fills(self, step: FormStep, visit: Visit, answer: JsonValue) -> JsonValue:
        right = self._typed(step, answer)
        for wrong in [wrong for wrong in self._wrong if wrong.step == step.id and wrong.at_screen]:
            self._wrong.remove(wrong)
            self._is_told(f"{step.id}-wrong", wrong, {**right, **self._typed(step, wrong.answer, some=True)})
        self.typist.fills(right)
        self.looks(step.id)
        self.visitor.touches("forward")
        return dict(right)

    def _typed(self, step: FormStep | GroupStep, answer: JsonValue, *, some: bool = False) -> dict[str, str]:
        """What is typed for an answer; longer Chinese words that are not there yet in the letters of their pinyin."""
        assert isinstance(answer, dict)
        there = {field.id: field.value for field in getattr(self.visitor.screen, "fields", ())}
        fields = [field for field in step.fields if field.id in answer or not some]
        return {
            field.id: on_letter_keys(written(answer.get(field.id), field), there.get(field.id, ""), field)
            for field in fields
        }

    def _gathers(self, step: GroupStep, answer: JsonValue) -> JsonValue:
        """One after the other; those that are there already are changed, missing ones added."""
        assert isinstance(answer, list)
        given = []
        for place, one in enumerate(answer):
            if self.visitor.page == "Group":
                there = isinstance(self.visitor.screen, Group) and place < len(self.visitor.screen.items)
                self.visitor.touches(f"change:{place}" if there else "add")
                self.visitor.sees("Form")
            typed = self._typed(step, one)
            self.typist.fills(typed)
            self.looks(f"{step.id}-one")
            self.visitor.touches("forward")
            self.visitor.sees("Group")
            given.append(dict(typed))
        self.looks(step.id)
        self.visitor.touches("forward")
        return given

    def _is_told(self, name: str, wrong: WrongAnswer, values: Mapping[str, str]) -> None:
        self.typist.fills(values)
        self.visitor.touches("forward")
        self.visitor.waits_until(lambda: bool(self._problems()), "what is wrong")
        self.looks(name)
        assert self.language != "zh" or wrong.words in self._problems()

    def _problems(self) -> str:
        screen = self.visitor.screen
        if not isinstance(screen, Form):
            return ""
        return " ".join((screen.problem_summary, *(field.problem for field in screen.fields))).strip()

"""A citizen: knows what to answer on every kind of page, and works the twins as hands would."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from devices.twins import TwinClient
from kiosk.journey.screens import (
    AnyScreen,
    Attract,
    Capture,
    Choose,
    Form,
    FormField,
    Identify,
    Lookup,
    MatterList,
    Notice,
    Progress,
    Promise,
    Rate,
    Result,
    Review,
    Sign,
    Submit,
    Trouble,
)
from kiosk.ui.visitor import Visitor, VisitorStuckError

MOBILE = "13800138000"
PAGES_AT_MOST = 60  # a visit with more pages than this goes in circles
LONG = 90.0  # s for what a device or the center has a part in, on whatever machine
NO_ANSWER = 3.0  # s after which a person touches, or holds up a code, once more
SCENES = {"document": "sheet", "face": "face"}


class Citizen:
    """`does` one whole visit; every page is pictured once it stands still."""

    def __init__(self, visitor: Visitor, twins: TwinClient, pictures: Path | None = None) -> None:
        self.visitor = visitor
        self.twins = twins
        self.pictures = pictures
        self.pictured: list[Path] = []
        self.result: Result | None = None
        self._changes = 1  # answers to change at review, once
        self._responses: dict[type, Callable[[AnyScreen], None]] = {
            Notice: lambda _: self.agrees(),
            Promise: lambda _: self.agrees(),
            Identify: lambda _: self.lays_card(),
            Choose: self._chooses,
            Form: self._fills,
            Lookup: self._looks,
            Capture: self._captures,
            Sign: lambda _: self.signs(),
            Review: self._reviews,
            Submit: lambda _: None,
            Result: self._takes_result,
            Rate: lambda _: self.rates(5),
            Trouble: lambda _: None,
        }

    def speaks(self, language: str) -> None:
        if language != "zh":
            self.visitor.touches("language")

    def touches_matter(self, matter: str) -> None:
        self._opens_the_list()
        self.opens_from_list(matter)

    def opens_from_list(self, matter: str) -> None:
        self.finds_in_list(matter)
        self.visitor.touches(f"tile:{matter}")
        with suppress(VisitorStuckError):
            self.visitor.waits_until(self._has_left_the_list, "the matter", NO_ANSWER)
        if not self._has_left_the_list():  # a touch right after the page came does not count
            self.visitor.touches(f"tile:{matter}")

    def _has_left_the_list(self) -> bool:
        return self.visitor.page != MatterList.__name__

    def finds_in_list(self, matter: str) -> None:
        """Its tile is there, or where there are many it is in the list of all of them."""
        if not self.visitor.sees_item(f"tile:{matter}") and self.visitor.sees_item("group:all"):
            self.visitor.touches("group:all")
            while not self.visitor.sees_item(f"tile:{matter}") and self.visitor.sees_item("moreMatters"):
                self.visitor.touches("moreMatters")

    def writes(self, words: str) -> None:
        """In the search box of a long list, letter by letter."""
        self._opens_the_list()
        self.visitor.touches("search")
        self.visitor.types(words)
        self.looks_at_page()

    def _opens_the_list(self) -> None:
        self.visitor.sees(Attract.__name__)
        self.looks_at_page()
        self.visitor.touches("start")
        self.visitor.sees(MatterList.__name__)
        self.looks_at_page()

    def holds_matter_code(self, matter: str) -> None:
        """Hold a printed notice under the document camera: the code arrives as frames."""
        self._opens_the_list()
        self.twins.do("camera", "hold_code", text=f"OEB1:M:{matter}")
        self.visitor.waits_until(lambda: self.visitor.page != MatterList.__name__, "the matter of the code")
        self.twins.do("camera", "remove_code")

    def goes_through(self) -> None:
        """Answer page after page until the farewell."""
        self.goes_until("Farewell", "Attract")
        self.looks_at_page()

    def goes_until(self, *pages: str) -> None:
        """Answer page after page until one of these is shown."""
        for _ in range(PAGES_AT_MOST):
            if self.visitor.page in pages:
                return
            self.answers_page(*pages)
        raise VisitorStuckError(f"still not done after {PAGES_AT_MOST} pages; the page shown is {self.visitor.page}")

    def answers_page(self, *awaited: str) -> None:
        """Do what this page asks for, and wait for the next one that asks something, or for one of these."""
        screen = self.visitor.screen
        self._responses[type(screen)](screen)
        self.visitor.waits_until(
            lambda: self.visitor.page in awaited or self._moved_on(screen),
            f"what follows {type(screen).__name__}",
            LONG,
        )

    def agrees(self) -> None:
        self.looks_at_page()
        self.visitor.scrolls_to_end()
        self.visitor.touches("agree")

    def lays_card(self, card: str = "ceshijia") -> None:
        self.looks_at_page()
        self.twins.do("idcard", "lay", card=card)
        self.visitor.waits_until(lambda: self.visitor.page != "Identify", "the card to be read")
        self.twins.do("idcard", "lift")

    def signs(self) -> None:
        self.visitor.signs()
        self.looks_at_page()
        self.visitor.touches("forward")

    def rates(self, level: int) -> None:
        self.looks_at_page()
        self.visitor.touches(f"level:{level}")
        self.visitor.touches("forward")

    def looks_up(self, code: str) -> None:
        """Scan the receipt's code with the serial engine, read the progress page, and go home."""
        self.sees_progress(code)
        self.visitor.touches("home")

    def sees_progress(self, code: str) -> None:
        """By the code on the receipt."""
        self.visitor.sees(Attract.__name__, within=LONG)
        self.twins.do("scanner", "scan", text=code)
        with suppress(VisitorStuckError):
            self.visitor.sees(Progress.__name__, within=NO_ANSWER)
        if self.visitor.page == Attract.__name__:  # what is held up in the moment the page comes is of the one before
            self.twins.do("scanner", "scan", text=code)
        self.visitor.sees(Progress.__name__)
        self.visitor.waits_until(
            lambda: getattr(self.visitor.screen, "state", "") == "found", "the progress of the case"
        )
        self.looks_at_page()

    def looks_at_page(self) -> None:
        if self.pictures is None:
            return
        path = self.pictures / f"{len(self.pictured) + 1:02}-{self.visitor.page.lower()}.png"
        self.pictured.append(self.visitor.takes_picture(path))

    def _moved_on(self, seen: AnyScreen) -> bool:
        now = self.visitor.screen
        if isinstance(now, (Submit, Trouble)):
            return False
        if isinstance(seen, Lookup) and isinstance(now, Lookup):
            return now.state != seen.state
        return type(now) is not type(seen) or (now.title, now.step) != (seen.title, seen.step)

    def _chooses(self, screen: AnyScreen) -> None:
        assert isinstance(screen, Choose)
        chosen = screen.options[:2] if screen.multiple else screen.options[:1]
        for option in chosen:
            if not option.selected:
                self.visitor.touches(f"option:{option.id}")
        self.looks_at_page()
        self.visitor.touches("forward")

    def _fills(self, screen: AnyScreen) -> None:
        assert isinstance(screen, Form)
        self.looks_at_page()
        for field in screen.fields:
            if not field.value and not field.optional:
                self._answers(field)
        self.looks_at_page()
        self.visitor.touches("forward")

    def _answers(self, field: FormField) -> None:
        if field.options:
            self.visitor.touches(f"option:{field.options[0].id}")
            return
        self.visitor.touches(f"field:{field.id}")
        if field.keyboard == "digits":
            self.visitor.types(MOBILE)
        self.looks_at_page()
        while self.visitor.sees_item("key:next"):
            self.visitor.touches("key:next")

    def _looks(self, screen: AnyScreen) -> None:
        assert isinstance(screen, Lookup)
        if screen.state != "asking":
            self.looks_at_page()
            self.visitor.touches("forward")

    def _captures(self, screen: AnyScreen) -> None:
        assert isinstance(screen, Capture)
        self.twins.do("camera", "show", camera=screen.purpose, scene=SCENES[screen.purpose])
        self.visitor.waits_until(lambda: self._capture_state() in ("live", "taken"), "the camera's picture")
        self.looks_at_page()
        for _ in range(5):
            self.visitor.waits_until(self._can_take_or_has, "a way to take the picture")
            if self._capture_state() == "taken":  # a document may be taken by itself
                break
            self.visitor.touches("take")
            self.visitor.waits_until(lambda: self._capture_state() in ("taken", "problem"), "the picture to be taken")
        self.looks_at_page()
        self.visitor.looks_for_a_moment()
        self.visitor.touches("accept")

    def _can_take_or_has(self) -> bool:
        return self._capture_state() == "taken" or self.visitor.sees_item("take")

    def _capture_state(self) -> str:
        return str(getattr(self.visitor.screen, "state", ""))

    def _reviews(self, screen: AnyScreen) -> None:
        assert isinstance(screen, Review)
        self.looks_at_page()
        changeable = [row.step for row in screen.rows if row.step]
        if self._changes and changeable:
            self._changes -= 1
            self.visitor.touches(f"change:{changeable[0]}")
            return
        self.visitor.touches("forward")

    def _takes_result(self, screen: AnyScreen) -> None:
        self.visitor.waits_until(self._result_settled, "the receipt", LONG)
        screen = self.visitor.screen
        assert isinstance(screen, Result)
        self.result = screen
        self.looks_at_page()
        self.twins.do("printer", "take")
        self.visitor.touches("forward")

    def _result_settled(self) -> bool:
        screen = self.visitor.screen
        return isinstance(screen, Result) and screen.print_state not in ("none", "printing")

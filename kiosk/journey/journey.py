"""One person after another at this terminal: intents and messages go to the page that is up, a View comes out."""

from collections.abc import Mapping

from devices.scanner.grammar import CaseCode, FollowCode, MatterCode, Payload, PickupCode, SignedCode, parse_scheme
from flows.finding import Finder
from flows.matter import Matter
from flows.resuming import carried_over
from kiosk.journey.beginnings import run_of, run_to_bring, way_in
from kiosk.journey.codes import turned_away
from kiosk.journey.idle import IdleSettings
from kiosk.journey.offer import Offer
from kiosk.journey.pages.attract import AttractPage
from kiosk.journey.pages.farewell import FarewellPage
from kiosk.journey.pages.keep import KeepPage
from kiosk.journey.pages.matters import REPORT, MattersPage
from kiosk.journey.pages.of_step import page_of_step
from kiosk.journey.pages.progress import ProgressPage, ShownCode
from kiosk.journey.pages.resume import ResumePage
from kiosk.journey.scene import BETWEEN_VISITS, HOME_LANGUAGE, Scene
from kiosk.journey.screens import Lookup, MatterList, Progress, Result, Trouble
from kiosk.journey.step_page import StepPage
from kiosk.journey.words import LANGUAGES
from kiosk.messages.from_backroom import CodeRead, Delivered, FromBackroom, PagesBound, PreviewFrame, Ready, StillTaken
from kiosk.messages.to_backroom import FOLLOW, PICKUP, Attach, VisitEnded

__all__ = ["IdleSettings", "VisitJourney"]


class VisitJourney(Scene):
    """Implements `kiosk.journey.intents.Journey`. Everything personal is in `_run` and `_page` and leaves with them."""

    # --- the matters

    def offer_matters(self, catalog: Mapping[str, Matter], finder: Finder | None = None) -> bool:
        """Show these matters from now on; False, and nothing changes, while somebody is in a visit."""
        if not self.between_visits:
            return False
        self._act(lambda: self._take(Offer(catalog, finder)), touched=False)
        return True

    def change_matter(self, matter: Matter) -> None:
        """For its author: this matter is another from now on, also for whoever is in it, who stays at their step."""
        self._act(lambda: self._change_matter(matter), touched=False)

    def follow_rules(self, idle_seconds: int, warning_seconds: int, contact: str, phone_url: str = "") -> None:
        """The patience of this place, whom a citizen calls, and where phones find the center; between two visits."""
        self._idle.change(IdleSettings(seconds=idle_seconds, warning_seconds=warning_seconds))
        self._setting.contact, self._setting.phone_url = contact, phone_url

    # --- the chrome

    def start(self) -> None:
        self._act(self._start)

    def go_back(self) -> None:
        self._act(self._go_back)

    def go_home(self) -> None:
        self._act(self._go_home)

    def set_language(self, language: str) -> None:
        if language in LANGUAGES:
            self._act(lambda: setattr(self._setting, "language", language))

    def touched(self) -> None:
        self._act(lambda: None)

    def stay(self) -> None:
        self._act(lambda: None)

    # --- the pages

    def open_matter(self, matter_id: str) -> None:
        self._act(lambda: self._open_matter(matter_id))

    def open_progress(self) -> None:
        self._act(self._open_progress)

    def bring_missing(self, number: int) -> None:
        self._act(lambda: self._begin(run_to_bring(self._setting, self._front, number)))

    def report(self) -> None:
        self._act(self._report)

    def keep(self) -> None:
        self._act(self._keep)

    # --- from outside

    def receive(self, message: FromBackroom, blob: bytes = b"") -> None:
        self._act(lambda: self._hear(message, blob), touched=False)

    def tick(self) -> None:
        self._act(self._second_passed, touched=False)

    def backroom_lost(self) -> None:
        """The backroom is gone: what it held is handed over again once it greets with Ready."""
        self._act(self._surroundings.lose_backroom, touched=False)

    def _change_matter(self, matter: Matter) -> None:
        catalog = {**self._offer.catalog, matter.id: matter}
        self._take(Offer(catalog, Finder.over(catalog)))
        run = self._run
        if run is None or run.committed or run.visit.matter.id != matter.id:
            return
        run.visit = carried_over(matter, run.visit)
        if isinstance(self._page, StepPage) and run.visit.current is not None:
            self._show(page_of_step(self._setting, run, run.visit.current, self._on_preview))

    def _take(self, offer: Offer) -> None:
        self._offer = offer
        if isinstance(self._page, MattersPage):
            self._show(MattersPage(self._setting, self._offer))

    # --- inside: intents of the journey itself

    def _start(self) -> None:
        if isinstance(self._front, AttractPage):
            self._show(MattersPage(self._setting, self._offer))

    def _open_matter(self, matter_id: str) -> None:
        if isinstance(self._front, BETWEEN_VISITS):
            self._begin(run_of(self._setting, self._offer, matter_id))

    def _report(self) -> None:
        """办不成事反映, from wherever a person is stuck; what was answered until then is wiped."""
        matter = self._offer.catalog.get(REPORT)
        screen = self._view.screen
        stuck = isinstance(screen, MatterList | Lookup | Result | Progress | Trouble) and bool(screen.report_label)
        if matter is not None and stuck:
            self._leave_visit(MattersPage(self._setting, self._offer))
            self._open_matter(REPORT)

    def _open_progress(self, number: str = "", code: ShownCode | None = None) -> None:
        if not isinstance(self._front, BETWEEN_VISITS):
            return
        if not isinstance(self._page, ProgressPage):
            self._before_progress = type(self._page)
        self._show(ProgressPage(self._setting, self._offer.catalog, number, code))

    def _keep(self) -> None:
        if self._run is not None and self._view.screen.can_keep:
            self._show(KeepPage(self._setting, self._run))

    def _go_back(self) -> None:
        if not self._view.screen.can_go_back or self._page.step_back():
            return
        if self._run is not None:
            before = self._run.visit.back()
            if before is None:
                self._leave_visit(way_in(self._setting, self._offer, self._run))
            else:
                self._run.visit = before
        elif isinstance(self._page, ProgressPage) and self._before_progress is MattersPage:
            self._show(MattersPage(self._setting, self._offer))
        else:
            self._show(AttractPage(self._setting))

    def _go_home(self) -> None:
        if not self._view.screen.can_go_home:
            return
        if isinstance(self._page, FarewellPage):
            self._setting.language = HOME_LANGUAGE
        self._leave_visit(AttractPage(self._setting))

    # --- inside: time and messages

    def _second_passed(self) -> None:
        self._page.tick()
        if isinstance(self._page, FarewellPage):
            if self._page.over:
                self._wipe()
        elif isinstance(self._page, AttractPage):
            if self._idle.quiet:
                self._setting.language = HOME_LANGUAGE
        elif self._idle.over:
            self._wipe()

    def _hear(self, message: FromBackroom, blob: bytes) -> None:
        self._surroundings.hear(message)
        if isinstance(message, Ready):
            self._hand_over_again()
            self._page.enter()
        if isinstance(message, Delivered) and self._run is not None:
            self._run.hear(message)
        if isinstance(message, CodeRead) and isinstance(self._front, BETWEEN_VISITS):
            self._scanned(message.text)
        elif isinstance(message, PreviewFrame | StillTaken | PagesBound):
            self._page.see(message, blob)
        else:
            self._page.receive(message)

    def _hand_over_again(self) -> None:
        """What a backroom that fell had held of this visit; not needed any more once the case is on disk.

        Where nobody is in a visit it is told so: what people left there before the power failed is at its end.
        """
        if self._run is None:
            self._setting.send(VisitEnded())
            return
        if self._run.committed:
            return
        for held in self._run.attachments.values():
            request = self._setting.next_request("again")
            self._setting.send(Attach(request=request, name=held.name, media_type=held.media_type), held.content)

    def _scanned(self, text: str) -> None:
        match parse_scheme(text):
            case MatterCode(matter_id):
                self._open_matter(matter_id)
            case CaseCode(number):
                self._open_progress(number)
            case SignedCode("resume", body, signature):
                self._show(ResumePage(self._setting, body, signature))
            case PickupCode(code):
                self._open_progress(code=(PICKUP, code))
            case FollowCode(code):
                self._open_progress(code=(FOLLOW, code))
            case other:
                self._turn_away(other)

    def _turn_away(self, payload: Payload) -> None:
        """Said on the page that is up; who holds a code to the first page is taken to the list of matters."""
        self._start()
        if isinstance(self._page, MattersPage | ProgressPage):
            self._page.turned_away = turned_away(payload)

"""One person after another at this terminal: intents and messages go to the page that is up, a View comes out."""

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo

from devices.clock import Clock
from devices.scanner.grammar import CaseCode, FollowCode, MatterCode, Payload, PickupCode, SignedCode, parse_scheme
from flows.expressions import ExpressionFailed
from flows.finding import Finder
from flows.matter import Matter
from flows.resuming import carried_over
from flows.secret_codes import CODE_BYTES, code_of
from kiosk.backroom.messages import (
    FOLLOW,
    PICKUP,
    Attach,
    CodeRead,
    Delivered,
    FromBackroom,
    PagesBound,
    PreviewFrame,
    Ready,
    StillTaken,
    Stop,
    VisitEnded,
)
from kiosk.journey.beginnings import run_of, run_to_bring, run_to_go_on, way_in
from kiosk.journey.codes import turned_away
from kiosk.journey.guidance import Guidance
from kiosk.journey.idle import IdleSettings, IdleWatch
from kiosk.journey.intents import Backroom
from kiosk.journey.offer import Offer
from kiosk.journey.page import Page, Setting
from kiosk.journey.pages.attract import AttractPage
from kiosk.journey.pages.capture import OnPreview
from kiosk.journey.pages.farewell import FarewellPage
from kiosk.journey.pages.keep import KeepPage
from kiosk.journey.pages.matters import REPORT, MattersPage
from kiosk.journey.pages.of_step import page_of_step
from kiosk.journey.pages.progress import ProgressPage, ShownCode
from kiosk.journey.pages.resume import ResumePage
from kiosk.journey.pages.trouble import BlockedPage, OutOfServicePage, RestartingPage
from kiosk.journey.passed_on import PassedOn
from kiosk.journey.run import Run
from kiosk.journey.screens import IdleState, Lookup, MatterList, Progress, Result, Trouble, View
from kiosk.journey.step_page import StepPage
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.words import LANGUAGES, Words

__all__ = ["IdleSettings", "VisitJourney"]
HOME_LANGUAGE = LANGUAGES[0]
_BETWEEN_VISITS = (AttractPage, MattersPage, ProgressPage)


def _unseen(*shown: object) -> None:
    """Nobody looks."""


class VisitJourney(PassedOn):
    """Implements `kiosk.journey.intents.Journey`. Everything personal is in `_run` and `_page` and leaves with them."""

    def __init__(  # noqa: PLR0913 - what it stands on, each given once
        self,
        catalog: Mapping[str, Matter],
        backroom: Backroom,
        clock: Clock,
        words: Words,
        *,
        idle: IdleSettings | None = None,
        contact: str = "",
        phone_url: str = "",
        zone: tzinfo = UTC,
        on_view: Callable[[View], None] = _unseen,
        on_preview: OnPreview = _unseen,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
        new_code: Callable[[], str] = lambda: code_of(secrets.token_bytes(CODE_BYTES)),
        finder: Finder | None = None,
    ) -> None:
        self._offer = Offer(catalog, finder)
        self._on_view = on_view
        self._on_preview = on_preview
        self._surroundings = Surroundings(clock, zone)
        self._setting = Setting(
            backroom, clock, words, self._surroundings, contact, new_id, new_code, HOME_LANGUAGE, phone_url
        )
        self._guidance = Guidance(self._setting)
        self._idle = IdleWatch(clock, idle or IdleSettings())
        self._run: Run | None = None
        self._page: Page = AttractPage(self._setting)
        self._before_progress: type[Page] = AttractPage
        self._blocked = False
        self._view = self._compose()

    @property
    def view(self) -> View:
        return self._view

    # --- the matters

    @property
    def between_visits(self) -> bool:
        return self._run is None

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

    # --- inside: one way in, one way out

    def _act(self, deed: Callable[[], None], *, touched: bool = True) -> None:
        self._idle.pass_time(held=self._front.busy)
        if touched:
            self._guidance.touched()
        try:
            deed()
            self._turn_page()
        except ExpressionFailed:  # a rule of this matter fails on this person's answers: it cannot go on
            self._leave_visit(way_in(self._setting, self._offer, self._run))
        if touched:
            self._idle.restart()
        self._unblock()
        view = self._compose()
        if view != self._view:
            self._view = view
            self._on_view(view)
            self._guidance.follow(self._front, view.screen)

    def _compose(self) -> View:
        reporting = self._run is not None and self._run.visit.matter.id == REPORT
        self._setting.report = None if reporting else self._offer.catalog.get(REPORT)
        idle = IdleState() if isinstance(self._front, AttractPage | FarewellPage | OutOfServicePage) else None
        return View(
            screen=self._front.screen(),
            language=self._setting.language,
            idle=idle or self._idle.state,
            offline=not self._surroundings.reachable,
        )

    @property
    def _front(self) -> Page:
        """The page that faces the person: the one that is up, or what stands in its way."""
        trouble = self._surroundings.trouble_code
        if trouble and isinstance(self._page, _BETWEEN_VISITS):
            return OutOfServicePage(self._setting)
        if trouble == "restarting" and isinstance(self._page, StepPage):
            return RestartingPage(self._setting)
        if self._page.blocked_by:
            return BlockedPage(self._setting, self._page)
        return self._page

    def _turn_page(self) -> None:
        """Where the visit stands is derived from its answers; the page follows."""
        if isinstance(self._page, KeepPage | ResumePage):
            self._put_aside_or_go_on(self._page)
            return
        run = self._run
        if run is None:
            return
        step = run.visit.current
        if run.abandoned:
            self._leave_visit(way_in(self._setting, self._offer, self._run))
        elif step is None:
            self._finish()
        elif not isinstance(self._page, StepPage) or self._page.step.id != step.id:
            self._show(page_of_step(self._setting, run, step, self._on_preview))

    def _put_aside_or_go_on(self, page: KeepPage | ResumePage) -> None:
        if isinstance(page, ResumePage):
            if page.draft is not None:
                self._begin(run_to_go_on(self._setting, self._offer, page, page.draft))
        elif page.over:
            self._show(FarewellPage(self._setting, page.left_behind))
        elif page.kept:
            self._forget_run()
        elif page.given_up and self._run is not None and self._run.visit.current is not None:
            self._show(page_of_step(self._setting, self._run, self._run.visit.current, self._on_preview))

    def _show(self, page: Page) -> None:
        self._page.leave()
        self._page = page
        self._blocked = bool(page.blocked_by)
        self._idle.restart()
        page.enter()

    def _unblock(self) -> None:
        """The device is back: the page begins again where it was."""
        blocked = bool(self._page.blocked_by)
        if self._blocked and not blocked:
            self._page.enter()
        self._blocked = blocked

    # --- inside: intents of the journey itself

    def _start(self) -> None:
        if isinstance(self._front, AttractPage):
            self._show(MattersPage(self._setting, self._offer))

    def _open_matter(self, matter_id: str) -> None:
        if isinstance(self._front, _BETWEEN_VISITS):
            self._begin(run_of(self._setting, self._offer, matter_id))

    def _begin(self, what: Run | Page | None) -> None:
        """A visit, whose first page follows, or the page that says why there is none."""
        if isinstance(what, Page):
            self._show(what)
        elif what is not None and what.visit.current is not None:
            self._run = what
            self._show(page_of_step(self._setting, what, what.visit.current, self._on_preview))

    def _report(self) -> None:
        """办不成事反映, from wherever a person is stuck; what was answered until then is wiped."""
        matter = self._offer.catalog.get(REPORT)
        screen = self._view.screen
        stuck = isinstance(screen, MatterList | Lookup | Result | Progress | Trouble) and bool(screen.report_label)
        if matter is not None and stuck:
            self._leave_visit(MattersPage(self._setting, self._offer))
            self._open_matter(REPORT)

    def _open_progress(self, number: str = "", code: ShownCode | None = None) -> None:
        if not isinstance(self._front, _BETWEEN_VISITS):
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

    # --- inside: the end of a visit

    def _finish(self) -> None:
        run = self._run
        assert run is not None
        self._leave_visit(FarewellPage(self._setting, run.left_behind))

    def _leave_visit(self, to: Page) -> None:
        """Nothing of the person stays: not here, not in the backroom."""
        self._forget_run()
        self._show(to)

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run = None
            self._setting.send(Stop())
            self._setting.send(VisitEnded())

    def _wipe(self) -> None:
        if self._run is not None and self._run.committed:
            self._finish()
            return
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
        if isinstance(message, CodeRead) and isinstance(self._front, _BETWEEN_VISITS):
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

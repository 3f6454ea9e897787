"""The one page that faces the person and the one visit it belongs to: how they come, change and go."""

import secrets
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, tzinfo

from devices.clock import Clock
from flows.expressions import ExpressionFailed
from flows.finding import Finder
from flows.matter import Matter
from flows.secret_codes import CODE_BYTES, code_of
from kiosk.journey.beginnings import run_to_go_on, way_in
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
from kiosk.journey.pages.progress import ProgressPage
from kiosk.journey.pages.resume import ResumePage
from kiosk.journey.pages.trouble import BlockedPage, OutOfServicePage, RestartingPage
from kiosk.journey.passed_on import PassedOn
from kiosk.journey.run import Run
from kiosk.journey.screens import IdleState, View
from kiosk.journey.step_page import StepPage
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.words import LANGUAGES, Words
from kiosk.messages.to_backroom import Stop, VisitEnded

HOME_LANGUAGE = LANGUAGES[0]
BETWEEN_VISITS = (AttractPage, MattersPage, ProgressPage)


def _unseen(*shown: object) -> None:
    """Nobody looks."""


class Scene(PassedOn):
    """Everything personal is in `_run` and `_page` and leaves with them."""

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

    @property
    def between_visits(self) -> bool:
        return self._run is None

    # --- one way in, one way out

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
        if trouble and isinstance(self._page, BETWEEN_VISITS):
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

    def _begin(self, what: Run | Page | None) -> None:
        """A visit, whose first page follows, or the page that says why there is none."""
        if isinstance(what, Page):
            self._show(what)
        elif what is not None and what.visit.current is not None:
            self._run = what
            self._show(page_of_step(self._setting, what, what.visit.current, self._on_preview))

    # --- the end of a visit

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

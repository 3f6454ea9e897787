"""How a visit begins: from the list of matters, with what a case lacks, or where somebody stopped before."""

from collections.abc import Mapping
from typing import Any

from devices.scanner.grammar import MatterCode
from flows.resuming import resumed
from flows.visit import Visit
from kiosk.journey.codes import turned_away
from kiosk.journey.offer import Offer
from kiosk.journey.page import Page, Setting
from kiosk.journey.pages.matters import MattersPage, hindered_by
from kiosk.journey.pages.progress import ProgressPage
from kiosk.journey.pages.resume import ResumePage
from kiosk.journey.run import Run
from kiosk.messages.json_value import Json


def run_of(setting: Setting, offer: Offer, matter_id: str) -> Run | Page:
    """A visit of that matter, or the list, which says why not."""
    matter = offer.catalog.get(matter_id)
    if matter is not None and not hindered_by(setting, matter):
        return Run(Visit.begin(matter, setting.surroundings.local_time().date()))
    page = MattersPage(setting, offer)
    page.turned_away = turned_away(MatterCode(matter_id)) if matter is None else ""
    return page


def run_to_bring(setting: Setting, page: Page, number: int) -> Run | None:
    """补正: a visit of its own, to the case whose progress is shown."""
    brought = page.bringing(number) if isinstance(page, ProgressPage) else None
    if brought is None:
        return None
    wanted, matter = brought
    return Run(Visit.begin(matter, setting.surroundings.local_time().date()), wanted=wanted)


def run_to_go_on(setting: Setting, offer: Offer, page: ResumePage, draft: Mapping[str, Json]) -> Run | Page | None:
    """From where the person was, if this terminal can do it; else the code stays good for another one."""
    matter, answers = offer.catalog.get(str(draft.get("matter"))), draft.get("answers")
    if matter is None or hindered_by(setting, matter):
        other = MattersPage(setting, offer)
        other.turned_away = "code.matter"
        return other
    given: Any = answers if isinstance(answers, Mapping) else {}
    card: Any = page.card
    setting.language = str(draft.get("language"))
    visit = resumed(matter, setting.surroundings.local_time().date(), given, card)
    if visit.current is None:
        return None
    page.forget()
    return Run(visit, laid_card=True, resumed_at=visit.current.id)


def way_in(setting: Setting, offer: Offer, run: Run | None) -> Page:
    """Where this visit was begun."""
    if run is not None and run.wanted:
        return ProgressPage(setting, offer.catalog, run.wanted.case_number)
    return MattersPage(setting, offer)

"""The pages as typed objects for QML: one class a screen of kiosk.journey.screens, changed in place."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.journey import screens
from kiosk.ui.values import Item, ValuesModel, given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@given_by_shell
class PageObject(QObject):
    """What every page has. `lists` names the fields that are lists of items; those in `stays` are never emptied."""

    changed = Signal()
    screen_class: ClassVar[type[screens.Screen]] = screens.Screen
    lists: ClassVar[Mapping[str, type[Item]]] = {}
    stays: ClassVar[Sequence[str]] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen: screens.Screen = self.screen_class()
        self._models = {name: ValuesModel(kind, self) for name, kind in self.lists.items()}

    def show(self, screen: screens.Screen) -> None:
        """Take this screen's values; nothing is announced where nothing changed."""
        if screen == self._screen:
            return
        self._screen = screen
        for name, model in self._models.items():
            if name not in self.stays or getattr(screen, name):
                model.update(getattr(screen, name))
        self.changed.emit()
        self.announce()

    def announce(self) -> None:
        """Qt resolves a property's signal in its own class only: each page announces with its own."""
        own = getattr(self, "updated", None)
        if own is not None:
            own.emit()

    def clear(self) -> None:
        """Forget what was shown: nothing of one person stays for the next."""
        self.show(self.screen_class())

    def value(self, name: str) -> Any:  # noqa: ANN401 - as many types as fields
        return getattr(self._screen, name)

    def model(self, name: str) -> ValuesModel:
        return self._models[name]

    @property
    def screen(self) -> screens.Screen:
        return self._screen

    def _title(self) -> str:
        return self._screen.title

    def _subtitle(self) -> str:
        return self._screen.subtitle

    def _step(self) -> int:
        return self._screen.step

    def _steps(self) -> int:
        return self._screen.steps

    def _can_go_back(self) -> bool:
        return self._screen.can_go_back

    def _can_go_home(self) -> bool:
        return self._screen.can_go_home

    def _can_keep(self) -> bool:
        return self._screen.can_keep

    def _help_text(self) -> str:
        return self._screen.help_text

    def _note(self) -> str:
        return self._screen.note

    title = Property(str, _title, notify=changed)
    subtitle = Property(str, _subtitle, notify=changed)
    step = Property(int, _step, notify=changed)
    steps = Property(int, _steps, notify=changed)
    canGoBack = Property(bool, _can_go_back, notify=changed)
    canGoHome = Property(bool, _can_go_home, notify=changed)
    canKeep = Property(bool, _can_keep, notify=changed)
    helpText = Property(str, _help_text, notify=changed)
    note = Property(str, _note, notify=changed)


def _field(kind: type | str, name: str, notify: Signal) -> Property:
    def read(page: PageObject) -> object:
        return page.value(name)

    return Property(kind, read, notify=notify)  # type: ignore[arg-type]


def _text(name: str, notify: Signal) -> Property:
    return _field(str, name, notify)


def _flag(name: str, notify: Signal) -> Property:
    return _field(bool, name, notify)


def _number(name: str, notify: Signal) -> Property:
    return _field(int, name, notify)


def _lines(name: str, notify: Signal) -> Property:
    def read(page: PageObject) -> list[str]:
        return list(page.value(name))

    return Property("QStringList", read, notify=notify)  # type: ignore[arg-type]


def _items(name: str) -> Property:
    def read(page: PageObject) -> ValuesModel:
        return page.model(name)

    return Property(ValuesModel, read, constant=True)


@QmlElement
@given_by_shell
class AttractPage(PageObject):
    screen_class = screens.Attract
    updated = Signal()
    notice = _text("notice", updated)

    def clear(self) -> None:
        """It says the same to everybody."""


@QmlElement
@given_by_shell
class MatterListPage(PageObject):
    screen_class = screens.MatterList
    updated = Signal()
    lists: ClassVar = {
        "tiles": screens.MatterTile,
        "events": screens.MatterGroup,
        "departments": screens.MatterGroup,
    }
    stays = ("events", "departments")  # nobody's, and costly to draw: `grouped` says whether they are shown
    tiles = _items("tiles")
    tilesLabel = _text("tiles_label", updated)
    searchable = _flag("searchable", updated)
    question = _text("question", updated)
    nothing = _text("nothing", updated)
    events = _items("events")
    eventsLabel = _text("events_label", updated)
    departments = _items("departments")
    departmentsLabel = _text("departments_label", updated)
    allLabel = _text("all_label", updated)
    moreLabel = _text("more_label", updated)
    reportLabel = _text("report_label", updated)

    def _grouped(self) -> bool:
        return bool(self.value("events") or self.value("departments"))

    grouped = Property(bool, _grouped, notify=updated)

    def clear(self) -> None:
        """What everybody sees first stays, for the next person; what somebody looked for goes."""
        if self.value("question") or (self.value("searchable") and not self._grouped()):
            super().clear()


@QmlElement
@given_by_shell
class NoticePage(PageObject):
    screen_class = screens.Notice
    updated = Signal()
    lists: ClassVar = {"facts": screens.Row}
    paragraphs = _lines("paragraphs", updated)
    agreeLabel = _text("agree_label", updated)
    declineLabel = _text("decline_label", updated)
    facts = _items("facts")


@QmlElement
@given_by_shell
class IdentifyPage(PageObject):
    screen_class = screens.Identify
    updated = Signal()
    lists: ClassVar = {"ways": screens.Option}
    way = _text("way", updated)
    ways = _items("ways")
    state = _text("state", updated)
    guidance = _text("guidance", updated)
    problem = _text("problem", updated)


@QmlElement
@given_by_shell
class ChoosePage(PageObject):
    screen_class = screens.Choose
    updated = Signal()
    lists: ClassVar = {"options": screens.Option}
    question = _text("question", updated)
    options = _items("options")
    multiple = _flag("multiple", updated)
    problem = _text("problem", updated)


@QmlElement
@given_by_shell
class FormPage(PageObject):
    screen_class = screens.Form
    updated = Signal()
    lists: ClassVar = {"fields": screens.FormField}
    fields = _items("fields")
    problemSummary = _text("problem_summary", updated)
    forwardLabel = _text("forward_label", updated)


@QmlElement
@given_by_shell
class GroupPage(PageObject):
    screen_class = screens.Group
    updated = Signal()
    lists: ClassVar = {"items": screens.GroupItem, "totals": screens.Row}
    guidance = _text("guidance", updated)
    items = _items("items")
    totals = _items("totals")
    problem = _text("problem", updated)
    addLabel = _text("add_label", updated)


@QmlElement
@given_by_shell
class LookupPage(PageObject):
    screen_class = screens.Lookup
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    state = _text("state", updated)
    message = _text("message", updated)
    rows = _items("rows")
    sample = _text("sample", updated)
    reportLabel = _text("report_label", updated)


@QmlElement
@given_by_shell
class CapturePage(PageObject):
    screen_class = screens.Capture
    updated = Signal()
    purpose = _text("purpose", updated)
    state = _text("state", updated)
    guidance = _text("guidance", updated)
    problem = _text("problem", updated)
    canSkip = _flag("can_skip", updated)
    skipLabel = _text("skip_label", updated)
    pages = _number("pages", updated)
    doneLabel = _text("done_label", updated)
    acceptLabel = _text("accept_label", updated)
    handLabel = _text("hand_label", updated)
    byHand = _flag("by_hand", updated)
    thumbnails = _lines("thumbnails", updated)
    deleteLabels = _lines("delete_labels", updated)


@QmlElement
@given_by_shell
class PromisePage(PageObject):
    screen_class = screens.Promise
    updated = Signal()
    paragraphs = _lines("paragraphs", updated)
    agreeLabel = _text("agree_label", updated)


@QmlElement
@given_by_shell
class SignPage(PageObject):
    screen_class = screens.Sign
    updated = Signal()
    guidance = _text("guidance", updated)
    problem = _text("problem", updated)


@QmlElement
@given_by_shell
class ReviewPage(PageObject):
    screen_class = screens.Review
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    rows = _items("rows")
    submitLabel = _text("submit_label", updated)
    paperLabel = _text("paper_label", updated)
    paperState = _text("paper_state", updated)
    paperMessage = _text("paper_message", updated)


@QmlElement
@given_by_shell
class SubmitPage(PageObject):
    screen_class = screens.Submit
    updated = Signal()
    message = _text("message", updated)


@QmlElement
@given_by_shell
class ResultPage(PageObject):
    screen_class = screens.Result
    updated = Signal()
    lists: ClassVar = {"document_rows": screens.Row}
    number = _text("number", updated)
    numberLabel = _text("number_label", updated)
    numberKind = _text("number_kind", updated)
    message = _text("message", updated)
    nextSteps = _lines("next_steps", updated)
    documentTitle = _text("document_title", updated)
    documentRows = _items("document_rows")
    documentSample = _text("document_sample", updated)
    verifyUrl = _text("verify_url", updated)
    verifyCode = _text("verify_code", updated)
    printState = _text("print_state", updated)
    printMessage = _text("print_message", updated)
    waitingForCenter = _flag("waiting_for_center", updated)
    paperLabel = _text("paper_label", updated)
    paperState = _text("paper_state", updated)
    paperMessage = _text("paper_message", updated)
    reportLabel = _text("report_label", updated)
    handover = _text("handover", updated)
    pickupLabel = _text("pickup_label", updated)
    pickupCode = _text("pickup_code", updated)
    pickupPayload = _text("pickup_payload", updated)
    followUrl = _text("follow_url", updated)
    followLabel = _text("follow_label", updated)


@QmlElement
@given_by_shell
class RatePage(PageObject):
    screen_class = screens.Rate
    updated = Signal()
    lists: ClassVar = {"levels": screens.RateLevel}
    levels = _items("levels")
    level = _number("level", updated)
    noted = _text("noted", updated)
    problem = _text("problem", updated)
    skipLabel = _text("skip_label", updated)


@QmlElement
@given_by_shell
class FarewellPage(PageObject):
    screen_class = screens.Farewell
    updated = Signal()
    message = _text("message", updated)
    reminders = _lines("reminders", updated)


@QmlElement
@given_by_shell
class KeptPage(PageObject):
    screen_class = screens.Kept
    updated = Signal()
    state = _text("state", updated)
    message = _text("message", updated)
    payload = _text("payload", updated)
    printState = _text("print_state", updated)
    printMessage = _text("print_message", updated)
    forwardLabel = _text("forward_label", updated)


@QmlElement
@given_by_shell
class ProgressPage(PageObject):
    screen_class = screens.Progress
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    state = _text("state", updated)
    guidance = _text("guidance", updated)
    message = _text("message", updated)
    number = _text("number", updated)
    rows = _items("rows")
    bringLabels = _lines("bring_labels", updated)
    ownLabel = _text("own_label", updated)
    reportLabel = _text("report_label", updated)


@QmlElement
@given_by_shell
class TroublePage(PageObject):
    screen_class = screens.Trouble
    updated = Signal()
    cause = _text("cause", updated)
    advice = _text("advice", updated)
    picture = _text("picture", updated)
    continueLabel = _text("continue_label", updated)
    reportLabel = _text("report_label", updated)


@QmlElement
@given_by_shell
class OutOfServicePage(PageObject):
    screen_class = screens.OutOfService
    updated = Signal()
    cause = _text("cause", updated)
    since = _text("since", updated)
    contact = _text("contact", updated)

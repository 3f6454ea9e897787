"""The pages as typed objects for QML: one class a screen of kiosk.journey.screens, changed in place."""

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.journey import screens
from kiosk.ui.values import Item, ValuesModel

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("pages come from the shell")
class PageObject(QObject):
    """What every page has. `lists` names the fields that are lists of items."""

    changed = Signal()
    screen_class: ClassVar[type[screens.Screen]] = screens.Screen
    lists: ClassVar[Mapping[str, type[Item]]] = {}

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
            model.update(getattr(screen, name))
        self.changed.emit()

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

    def _help_text(self) -> str:
        return self._screen.help_text

    title = Property(str, _title, notify=changed)
    subtitle = Property(str, _subtitle, notify=changed)
    step = Property(int, _step, notify=changed)
    steps = Property(int, _steps, notify=changed)
    canGoBack = Property(bool, _can_go_back, notify=changed)
    canGoHome = Property(bool, _can_go_home, notify=changed)
    helpText = Property(str, _help_text, notify=changed)


def _field(kind: type | str, name: str) -> Property:
    def read(page: PageObject) -> object:
        return page.value(name)

    return Property(kind, read, notify=PageObject.changed)  # type: ignore[arg-type]


def _text(name: str) -> Property:
    return _field(str, name)


def _flag(name: str) -> Property:
    return _field(bool, name)


def _number(name: str) -> Property:
    return _field(int, name)


def _lines(name: str) -> Property:
    def read(page: PageObject) -> list[str]:
        return list(page.value(name))

    return Property("QStringList", read, notify=PageObject.changed)  # type: ignore[arg-type]


def _items(name: str) -> Property:
    def read(page: PageObject) -> ValuesModel:
        return page.model(name)

    return Property(ValuesModel, read, constant=True)


@QmlElement
@QmlUncreatable("")
class AttractPage(PageObject):
    screen_class = screens.Attract
    notice = _text("notice")


@QmlElement
@QmlUncreatable("")
class MatterListPage(PageObject):
    screen_class = screens.MatterList
    lists: ClassVar = {"tiles": screens.MatterTile}
    tiles = _items("tiles")


@QmlElement
@QmlUncreatable("")
class NoticePage(PageObject):
    screen_class = screens.Notice
    paragraphs = _lines("paragraphs")
    agreeLabel = _text("agree_label")
    declineLabel = _text("decline_label")


@QmlElement
@QmlUncreatable("")
class IdentifyPage(PageObject):
    screen_class = screens.Identify
    state = _text("state")
    guidance = _text("guidance")
    problem = _text("problem")


@QmlElement
@QmlUncreatable("")
class ChoosePage(PageObject):
    screen_class = screens.Choose
    lists: ClassVar = {"options": screens.Option}
    question = _text("question")
    options = _items("options")
    multiple = _flag("multiple")
    problem = _text("problem")


@QmlElement
@QmlUncreatable("")
class FormPage(PageObject):
    screen_class = screens.Form
    lists: ClassVar = {"fields": screens.FormField}
    fields = _items("fields")
    problemSummary = _text("problem_summary")


@QmlElement
@QmlUncreatable("")
class LookupPage(PageObject):
    screen_class = screens.Lookup
    lists: ClassVar = {"rows": screens.Row}
    state = _text("state")
    message = _text("message")
    rows = _items("rows")
    sample = _text("sample")


@QmlElement
@QmlUncreatable("")
class CapturePage(PageObject):
    screen_class = screens.Capture
    purpose = _text("purpose")
    state = _text("state")
    guidance = _text("guidance")
    problem = _text("problem")
    canSkip = _flag("can_skip")
    skipLabel = _text("skip_label")
    pages = _number("pages")


@QmlElement
@QmlUncreatable("")
class PromisePage(PageObject):
    screen_class = screens.Promise
    paragraphs = _lines("paragraphs")
    agreeLabel = _text("agree_label")


@QmlElement
@QmlUncreatable("")
class SignPage(PageObject):
    screen_class = screens.Sign
    guidance = _text("guidance")
    problem = _text("problem")


@QmlElement
@QmlUncreatable("")
class ReviewPage(PageObject):
    screen_class = screens.Review
    lists: ClassVar = {"rows": screens.Row}
    rows = _items("rows")
    submitLabel = _text("submit_label")


@QmlElement
@QmlUncreatable("")
class SubmitPage(PageObject):
    screen_class = screens.Submit
    message = _text("message")


@QmlElement
@QmlUncreatable("")
class ResultPage(PageObject):
    screen_class = screens.Result
    lists: ClassVar = {"document_rows": screens.Row}
    number = _text("number")
    numberLabel = _text("number_label")
    numberKind = _text("number_kind")
    message = _text("message")
    nextSteps = _lines("next_steps")
    documentTitle = _text("document_title")
    documentRows = _items("document_rows")
    documentSample = _text("document_sample")
    verifyUrl = _text("verify_url")
    verifyCode = _text("verify_code")
    printState = _text("print_state")
    printMessage = _text("print_message")
    waitingForCenter = _flag("waiting_for_center")


@QmlElement
@QmlUncreatable("")
class RatePage(PageObject):
    screen_class = screens.Rate
    lists: ClassVar = {"levels": screens.RateLevel}
    levels = _items("levels")
    level = _number("level")
    skipLabel = _text("skip_label")


@QmlElement
@QmlUncreatable("")
class FarewellPage(PageObject):
    screen_class = screens.Farewell
    message = _text("message")
    reminders = _lines("reminders")


@QmlElement
@QmlUncreatable("")
class ProgressPage(PageObject):
    screen_class = screens.Progress
    lists: ClassVar = {"rows": screens.Row}
    state = _text("state")
    guidance = _text("guidance")
    message = _text("message")
    number = _text("number")
    rows = _items("rows")


@QmlElement
@QmlUncreatable("")
class TroublePage(PageObject):
    screen_class = screens.Trouble
    cause = _text("cause")
    advice = _text("advice")
    picture = _text("picture")
    continueLabel = _text("continue_label")


@QmlElement
@QmlUncreatable("")
class OutOfServicePage(PageObject):
    screen_class = screens.OutOfService
    cause = _text("cause")
    since = _text("since")
    contact = _text("contact")

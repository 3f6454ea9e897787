"""The one object that faces QML: shows the journey's view as typed pages and passes on what a person does."""

from pathlib import Path

from PySide6.QtCore import Property, QCoreApplication, QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from kiosk.journey.intents import Journey
from kiosk.journey.screens import Attract, View
from kiosk.ui import pages
from kiosk.ui.live_image import picture_of
from kiosk.ui.page_object import PageObject
from kiosk.ui.pinyin import Pinyin
from kiosk.ui.touches import Touches
from kiosk.ui.values import given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

TRANSLATIONS = Path(__file__).parents[2] / "assets" / "translations"
DEFAULT_TEXT_STEP = 1
TEXT_STEPS = 4
CONTRASTS = ("standard", "high", "dark", "amber")
FIRST = View(screen=Attract(can_go_back=False, can_go_home=False))  # until a journey shows its own


def _page(name: str, kind: type[PageObject]) -> Property:
    def read(shell: "Shell") -> PageObject:
        return shell.page_named(name)

    return Property(kind, read, constant=True)


@QmlElement
@given_by_shell
class Shell(Touches):
    """Until a journey is attached the first page shows and a tap on start is remembered."""

    pageChanged = Signal()
    languageChanged = Signal()
    statusChanged = Signal()
    displayChanged = Signal()
    pictured = Signal()
    painted = Signal()
    authorTold = Signal()

    def __init__(self, pixels_per_mm: float = 4.03, contact: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixels_per_mm = pixels_per_mm
        self._contact = contact
        self._wants_start = False
        self._view = FIRST
        self._pages = {kind.screen_class.__name__: kind(self) for kind in PageObject.__subclasses__()}
        self._name = Attract.__name__
        self._pages[self._name].show(FIRST.screen)
        self._text_step = DEFAULT_TEXT_STEP
        self._contrast = CONTRASTS[0]
        self._picture = QImage()
        self._author_note = ""
        self._translator = QTranslator(self)
        self._pinyin = Pinyin(self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.passedOn.connect(self._refresh)

    # --- called by the program

    def attach(self, journey: Journey) -> None:
        """Show this journey from now on; its `tick` is called once a second."""
        self._journey = journey
        if self._view.language != journey.view.language:
            journey.set_language(self._view.language)
        self._second.start()
        if self._wants_start:
            self._wants_start = False
            journey.start()
        self.show(journey.view)

    def show(self, view: View) -> None:
        """Show this view: only what differs from the one before is announced."""
        before, self._view = self._view, view
        if view.language != before.language:
            self._translate()
        name = type(view.screen).__name__
        if (name, view.screen.step) != (self._name, before.screen.step):
            self._turn_to(name, view)
        else:
            self._pages[name].show(view.screen)
        if (view.idle, view.offline) != (before.idle, before.offline):
            self.statusChanged.emit()

    def show_preview(self, camera: str, picture: bytes) -> None:
        """A live picture, or the JPEG of the one taken; those of a camera that this page does not use are dropped."""
        page = self._pages[self._name]
        if isinstance(page, pages.CapturePage) and page.value("purpose") == camera:
            self._picture = picture_of(picture)
            self.pictured.emit()

    def tell_author(self, text: str) -> None:
        """Over the page, for whoever writes the matter that is tried; nothing for an empty text."""
        if text != self._author_note:
            self._author_note = text
            self.authorTold.emit()

    @property
    def view(self) -> View:
        return self._view

    @property
    def picture(self) -> QImage:
        return self._picture

    def page_named(self, name: str) -> PageObject:
        return self._pages[name]

    # --- inside

    def _turn_to(self, name: str, view: View) -> None:
        left, self._name = self._name, name
        self._picture = QImage()
        if name == Attract.__name__:
            self._show_as(DEFAULT_TEXT_STEP, CONTRASTS[0])
        self._pages[name].show(view.screen)
        self.pageChanged.emit()
        if left != name:
            self._pages[left].clear()

    def _translate(self) -> None:
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeTranslator(self._translator)
        if self._view.language != "zh" and self._translator.load(f"{self._view.language}.qm", str(TRANSLATIONS)):
            application.installTranslator(self._translator)
        self.languageChanged.emit()

    def _tick(self) -> None:
        if self._journey is not None:
            self._journey.tick()
            self._refresh()

    def _refresh(self) -> None:
        if self._journey is not None and self._journey.view != self._view:
            self.show(self._journey.view)

    def _show_as(self, text_step: int, contrast: str) -> None:
        if (text_step, contrast) != (self._text_step, self._contrast):
            self._text_step, self._contrast = text_step, contrast
            self.displayChanged.emit()

    # --- read by QML

    def _get_page(self) -> PageObject:
        return self._pages[self._name]

    page = Property(PageObject, _get_page, notify=pageChanged)
    pageName = Property(str, lambda self: self._name, notify=pageChanged)
    language = Property(str, lambda self: self._view.language, notify=languageChanged)
    offline = Property(bool, lambda self: self._view.offline, notify=statusChanged)
    secondsLeft = Property(int, lambda self: self._view.idle.seconds_left, notify=statusChanged)
    idleWarning = Property(bool, lambda self: self._view.idle.warning, notify=statusChanged)
    idleRunning = Property(bool, lambda self: self._view.idle.running, notify=statusChanged)
    textStep = Property(int, lambda self: self._text_step, notify=displayChanged)
    contrast = Property(str, lambda self: self._contrast, notify=displayChanged)
    pixelsPerMm = Property(float, lambda self: self._pixels_per_mm, constant=True)
    authorNote = Property(str, lambda self: self._author_note, notify=authorTold)
    contact = Property(str, lambda self: self._contact, constant=True)

    pinyin = Property(Pinyin, lambda self: self._pinyin, constant=True)

    attract = _page("Attract", pages.AttractPage)
    matterList = _page("MatterList", pages.MatterListPage)
    notice = _page("Notice", pages.NoticePage)
    identify = _page("Identify", pages.IdentifyPage)
    choose = _page("Choose", pages.ChoosePage)
    form = _page("Form", pages.FormPage)
    group = _page("Group", pages.GroupPage)
    lookup = _page("Lookup", pages.LookupPage)
    capture = _page("Capture", pages.CapturePage)
    promise = _page("Promise", pages.PromisePage)
    sign = _page("Sign", pages.SignPage)
    review = _page("Review", pages.ReviewPage)
    submit = _page("Submit", pages.SubmitPage)
    result = _page("Result", pages.ResultPage)
    rate = _page("Rate", pages.RatePage)
    farewell = _page("Farewell", pages.FarewellPage)
    kept = _page("Kept", pages.KeptPage)
    progress = _page("Progress", pages.ProgressPage)
    trouble = _page("Trouble", pages.TroublePage)
    outOfService = _page("OutOfService", pages.OutOfServicePage)

    # --- what a person does here that is more than an intent of the journey; the others are in Touches

    @Slot(int)
    def setTextStep(self, step: int) -> None:
        self._show_as(max(0, min(TEXT_STEPS - 1, step)), self._contrast)

    @Slot(str)
    def setContrast(self, contrast: str) -> None:
        if contrast in CONTRASTS:
            self._show_as(self._text_step, contrast)

    @Slot(str)
    def setLanguage(self, language: str) -> None:
        if self._journey is None:
            self.show(View(screen=self._view.screen, language=language))
            return
        self._journey.set_language(language)
        self._refresh()

    @Slot()
    def start(self) -> None:
        if self._journey is None:
            self._wants_start = True
            return
        self._journey.start()
        self._refresh()

"""The pages as typed objects for QML: one class a screen of kiosk.journey.screens, whose fields are its properties."""

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.journey import screens
from kiosk.ui.page_object import PageObject
from kiosk.ui.values import given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@given_by_shell
class AttractPage(PageObject):
    screen_class = screens.Attract

    def clear(self) -> None:
        """It says the same to everybody."""


@QmlElement
@given_by_shell
class MatterListPage(PageObject):
    screen_class = screens.MatterList
    updated = Signal()
    stays = ("events", "departments")  # nobody's, and costly to draw: `grouped` says whether they are shown

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


@QmlElement
@given_by_shell
class IdentifyPage(PageObject):
    screen_class = screens.Identify


@QmlElement
@given_by_shell
class ChoosePage(PageObject):
    screen_class = screens.Choose


@QmlElement
@given_by_shell
class FormPage(PageObject):
    screen_class = screens.Form


@QmlElement
@given_by_shell
class GroupPage(PageObject):
    screen_class = screens.Group


@QmlElement
@given_by_shell
class LookupPage(PageObject):
    screen_class = screens.Lookup


@QmlElement
@given_by_shell
class CapturePage(PageObject):
    screen_class = screens.Capture


@QmlElement
@given_by_shell
class PromisePage(PageObject):
    screen_class = screens.Promise


@QmlElement
@given_by_shell
class SignPage(PageObject):
    screen_class = screens.Sign


@QmlElement
@given_by_shell
class ReviewPage(PageObject):
    screen_class = screens.Review


@QmlElement
@given_by_shell
class SubmitPage(PageObject):
    screen_class = screens.Submit


@QmlElement
@given_by_shell
class ResultPage(PageObject):
    screen_class = screens.Result


@QmlElement
@given_by_shell
class RatePage(PageObject):
    screen_class = screens.Rate


@QmlElement
@given_by_shell
class FarewellPage(PageObject):
    screen_class = screens.Farewell


@QmlElement
@given_by_shell
class KeptPage(PageObject):
    screen_class = screens.Kept


@QmlElement
@given_by_shell
class ProgressPage(PageObject):
    screen_class = screens.Progress


@QmlElement
@given_by_shell
class TroublePage(PageObject):
    screen_class = screens.Trouble


@QmlElement
@given_by_shell
class OutOfServicePage(PageObject):
    screen_class = screens.OutOfService

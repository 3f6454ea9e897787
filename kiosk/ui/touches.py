"""What a person does on a page, passed on to the journey: one slot an intent."""

import base64
import binascii
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.journey.intents import Journey
from kiosk.ui.values import given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_PNG = "data:image/png;base64,"


@QmlElement
@given_by_shell
class Touches(QObject):
    """Until there is a journey nothing is passed on; `passedOn` follows what was."""

    passedOn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journey: Journey | None = None

    @Slot(list, list)
    def fill(self, field_ids: list[str], values: list[str]) -> None:
        answers = {str(name): str(value) for name, value in zip(field_ids, values, strict=True)}
        self._do(lambda journey: journey.fill(answers))

    @Slot(str, str)
    def typeIn(self, field_id: str, text: str) -> None:
        self._do(lambda journey: journey.type_in(field_id, text))

    @Slot()
    def addItem(self) -> None:
        self._do(lambda journey: journey.add_item())

    @Slot(str)
    def changeItem(self, item_id: str) -> None:
        self._do(lambda journey: journey.change_item(int(item_id)))

    @Slot(str)
    def removeItem(self, item_id: str) -> None:
        self._do(lambda journey: journey.remove_item(int(item_id)))

    @Slot(list)
    def select(self, option_ids: list[str]) -> None:
        self._do(lambda journey: journey.select([str(option) for option in option_ids]))

    @Slot(str)
    def signWith(self, picture: str) -> None:
        """A canvas' data URL of a PNG; anything else is not a signature."""
        if not picture.startswith(_PNG):
            return
        try:
            png = base64.b64decode(picture.removeprefix(_PNG), validate=True)
        except binascii.Error:
            return
        self._do(lambda journey: journey.sign(png))

    @Slot(int, list, str)
    def giveRating(self, level: int, tags: list[str], text: str) -> None:
        self._do(lambda journey: journey.rate(level, [str(tag) for tag in tags], text))

    @Slot(str)
    def openMatter(self, matter_id: str) -> None:
        self._do(lambda journey: journey.open_matter(matter_id))

    @Slot(str)
    def search(self, question: str) -> None:
        self._do(lambda journey: journey.search(question))

    @Slot(str)
    def openGroup(self, group_id: str) -> None:
        self._do(lambda journey: journey.open_group(group_id))

    @Slot()
    def showMore(self) -> None:
        self._do(lambda journey: journey.show_more())

    @Slot()
    def report(self) -> None:
        self._do(lambda journey: journey.report())

    @Slot()
    def keep(self) -> None:
        self._do(lambda journey: journey.keep())

    @Slot(str)
    def askProgress(self, number: str) -> None:
        self._do(lambda journey: journey.ask_progress(number))

    @Slot(int)
    def bringMissing(self, number: int) -> None:
        self._do(lambda journey: journey.bring_missing(number))

    @Slot(str)
    def change(self, step_id: str) -> None:
        self._do(lambda journey: journey.change(step_id))

    @Slot()
    def goBack(self) -> None:
        self._do(lambda journey: journey.go_back())

    @Slot()
    def goHome(self) -> None:
        self._do(lambda journey: journey.go_home())

    @Slot()
    def touched(self) -> None:
        self._do(lambda journey: journey.touched())

    @Slot()
    def stay(self) -> None:
        self._do(lambda journey: journey.stay())

    @Slot()
    def openProgress(self) -> None:
        self._do(lambda journey: journey.open_progress())

    @Slot()
    def agree(self) -> None:
        self._do(lambda journey: journey.agree())

    @Slot()
    def decline(self) -> None:
        self._do(lambda journey: journey.decline())

    @Slot()
    def takePicture(self) -> None:
        self._do(lambda journey: journey.take_picture())

    @Slot()
    def retake(self) -> None:
        self._do(lambda journey: journey.retake())

    @Slot()
    def acceptPicture(self) -> None:
        self._do(lambda journey: journey.accept_picture())

    @Slot(bool)
    def takeByHand(self, by_hand: bool) -> None:
        self._do(lambda journey: journey.take_by_hand(by_hand))

    @Slot(int)
    def deletePage(self, number: int) -> None:
        self._do(lambda journey: journey.delete_page(number))

    @Slot()
    def skip(self) -> None:
        self._do(lambda journey: journey.skip())

    @Slot()
    def proceed(self) -> None:
        self._do(lambda journey: journey.proceed())

    @Slot()
    def printAgain(self) -> None:
        self._do(lambda journey: journey.print_again())

    @Slot()
    def printDocument(self) -> None:
        self._do(lambda journey: journey.print_document())

    def _do(self, intent: Callable[[Journey], None]) -> None:
        if self._journey is not None:
            intent(self._journey)
            self.passedOn.emit()

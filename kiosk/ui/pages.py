"""The pages as typed objects for QML: one class a screen of kiosk.journey.screens, changed in place."""

from typing import ClassVar

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.journey import screens
from kiosk.ui.page_object import PageObject, flag_field, items_field, lines_field, number_field, text_field
from kiosk.ui.values import given_by_shell

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@given_by_shell
class AttractPage(PageObject):
    screen_class = screens.Attract
    updated = Signal()
    notice = text_field("notice", updated)

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
    tiles = items_field("tiles")
    tilesLabel = text_field("tiles_label", updated)
    searchable = flag_field("searchable", updated)
    question = text_field("question", updated)
    nothing = text_field("nothing", updated)
    events = items_field("events")
    eventsLabel = text_field("events_label", updated)
    departments = items_field("departments")
    departmentsLabel = text_field("departments_label", updated)
    allLabel = text_field("all_label", updated)
    moreLabel = text_field("more_label", updated)
    reportLabel = text_field("report_label", updated)

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
    paragraphs = lines_field("paragraphs", updated)
    agreeLabel = text_field("agree_label", updated)
    declineLabel = text_field("decline_label", updated)
    facts = items_field("facts")


@QmlElement
@given_by_shell
class IdentifyPage(PageObject):
    screen_class = screens.Identify
    updated = Signal()
    lists: ClassVar = {"ways": screens.Option}
    way = text_field("way", updated)
    ways = items_field("ways")
    state = text_field("state", updated)
    guidance = text_field("guidance", updated)
    problem = text_field("problem", updated)


@QmlElement
@given_by_shell
class ChoosePage(PageObject):
    screen_class = screens.Choose
    updated = Signal()
    lists: ClassVar = {"options": screens.Option}
    question = text_field("question", updated)
    options = items_field("options")
    multiple = flag_field("multiple", updated)
    problem = text_field("problem", updated)


@QmlElement
@given_by_shell
class FormPage(PageObject):
    screen_class = screens.Form
    updated = Signal()
    lists: ClassVar = {"fields": screens.FormField}
    fields = items_field("fields")
    problemSummary = text_field("problem_summary", updated)
    forwardLabel = text_field("forward_label", updated)


@QmlElement
@given_by_shell
class GroupPage(PageObject):
    screen_class = screens.Group
    updated = Signal()
    lists: ClassVar = {"items": screens.GroupItem, "totals": screens.Row}
    guidance = text_field("guidance", updated)
    items = items_field("items")
    totals = items_field("totals")
    problem = text_field("problem", updated)
    addLabel = text_field("add_label", updated)


@QmlElement
@given_by_shell
class LookupPage(PageObject):
    screen_class = screens.Lookup
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    state = text_field("state", updated)
    message = text_field("message", updated)
    rows = items_field("rows")
    sample = text_field("sample", updated)
    reportLabel = text_field("report_label", updated)


@QmlElement
@given_by_shell
class CapturePage(PageObject):
    screen_class = screens.Capture
    updated = Signal()
    purpose = text_field("purpose", updated)
    state = text_field("state", updated)
    guidance = text_field("guidance", updated)
    problem = text_field("problem", updated)
    canSkip = flag_field("can_skip", updated)
    skipLabel = text_field("skip_label", updated)
    pages = number_field("pages", updated)
    doneLabel = text_field("done_label", updated)
    acceptLabel = text_field("accept_label", updated)
    handLabel = text_field("hand_label", updated)
    byHand = flag_field("by_hand", updated)
    thumbnails = lines_field("thumbnails", updated)
    deleteLabels = lines_field("delete_labels", updated)


@QmlElement
@given_by_shell
class PromisePage(PageObject):
    screen_class = screens.Promise
    updated = Signal()
    paragraphs = lines_field("paragraphs", updated)
    agreeLabel = text_field("agree_label", updated)


@QmlElement
@given_by_shell
class SignPage(PageObject):
    screen_class = screens.Sign
    updated = Signal()
    guidance = text_field("guidance", updated)
    problem = text_field("problem", updated)


@QmlElement
@given_by_shell
class ReviewPage(PageObject):
    screen_class = screens.Review
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    rows = items_field("rows")
    submitLabel = text_field("submit_label", updated)
    paperLabel = text_field("paper_label", updated)
    paperState = text_field("paper_state", updated)
    paperMessage = text_field("paper_message", updated)


@QmlElement
@given_by_shell
class SubmitPage(PageObject):
    screen_class = screens.Submit
    updated = Signal()
    message = text_field("message", updated)


@QmlElement
@given_by_shell
class ResultPage(PageObject):
    screen_class = screens.Result
    updated = Signal()
    lists: ClassVar = {"document_rows": screens.Row}
    number = text_field("number", updated)
    numberLabel = text_field("number_label", updated)
    numberKind = text_field("number_kind", updated)
    message = text_field("message", updated)
    nextSteps = lines_field("next_steps", updated)
    documentTitle = text_field("document_title", updated)
    documentRows = items_field("document_rows")
    documentSample = text_field("document_sample", updated)
    verifyUrl = text_field("verify_url", updated)
    verifyCode = text_field("verify_code", updated)
    printState = text_field("print_state", updated)
    printMessage = text_field("print_message", updated)
    waitingForCenter = flag_field("waiting_for_center", updated)
    paperLabel = text_field("paper_label", updated)
    paperState = text_field("paper_state", updated)
    paperMessage = text_field("paper_message", updated)
    reportLabel = text_field("report_label", updated)
    handover = text_field("handover", updated)
    pickupLabel = text_field("pickup_label", updated)
    pickupCode = text_field("pickup_code", updated)
    pickupPayload = text_field("pickup_payload", updated)
    followUrl = text_field("follow_url", updated)
    followLabel = text_field("follow_label", updated)


@QmlElement
@given_by_shell
class RatePage(PageObject):
    screen_class = screens.Rate
    updated = Signal()
    lists: ClassVar = {"levels": screens.RateLevel}
    levels = items_field("levels")
    level = number_field("level", updated)
    noted = text_field("noted", updated)
    problem = text_field("problem", updated)
    skipLabel = text_field("skip_label", updated)


@QmlElement
@given_by_shell
class FarewellPage(PageObject):
    screen_class = screens.Farewell
    updated = Signal()
    message = text_field("message", updated)
    reminders = lines_field("reminders", updated)


@QmlElement
@given_by_shell
class KeptPage(PageObject):
    screen_class = screens.Kept
    updated = Signal()
    state = text_field("state", updated)
    message = text_field("message", updated)
    payload = text_field("payload", updated)
    printState = text_field("print_state", updated)
    printMessage = text_field("print_message", updated)
    forwardLabel = text_field("forward_label", updated)


@QmlElement
@given_by_shell
class ProgressPage(PageObject):
    screen_class = screens.Progress
    updated = Signal()
    lists: ClassVar = {"rows": screens.Row}
    state = text_field("state", updated)
    guidance = text_field("guidance", updated)
    message = text_field("message", updated)
    number = text_field("number", updated)
    rows = items_field("rows")
    bringLabels = lines_field("bring_labels", updated)
    ownLabel = text_field("own_label", updated)
    reportLabel = text_field("report_label", updated)


@QmlElement
@given_by_shell
class TroublePage(PageObject):
    screen_class = screens.Trouble
    updated = Signal()
    cause = text_field("cause", updated)
    advice = text_field("advice", updated)
    picture = text_field("picture", updated)
    continueLabel = text_field("continue_label", updated)
    reportLabel = text_field("report_label", updated)


@QmlElement
@given_by_shell
class OutOfServicePage(PageObject):
    screen_class = screens.OutOfService
    updated = Signal()
    cause = text_field("cause", updated)
    since = text_field("since", updated)
    contact = text_field("contact", updated)

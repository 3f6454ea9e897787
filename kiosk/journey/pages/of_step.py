"""Which page shows which kind of step."""

from typing import assert_never

from flows.steps import (
    CaptureStep,
    ChooseStep,
    FormStep,
    GroupStep,
    IdentifyStep,
    LookupStep,
    NoticeStep,
    PromiseStep,
    RateStep,
    ResultStep,
    ReviewStep,
    SignStep,
    Step,
    SubmitStep,
)
from kiosk.journey.page import Setting
from kiosk.journey.pages.capture import OnPreview
from kiosk.journey.pages.capture_document import DocumentCapturePage
from kiosk.journey.pages.capture_face import FaceCapturePage
from kiosk.journey.pages.choose import ChoosePage
from kiosk.journey.pages.form import FormPage
from kiosk.journey.pages.group import GroupPage
from kiosk.journey.pages.identify import IdentifyPage
from kiosk.journey.pages.identify_face import FaceIdentifyPage
from kiosk.journey.pages.identify_otherwise import IdentifyOtherwisePage
from kiosk.journey.pages.lookup import LookupPage
from kiosk.journey.pages.notice import NoticePage, PromisePage
from kiosk.journey.pages.rate import RatePage
from kiosk.journey.pages.result import ResultPage
from kiosk.journey.pages.review import ReviewPage
from kiosk.journey.pages.sign import SignPage
from kiosk.journey.pages.submit import SubmitPage
from kiosk.journey.run import Run
from kiosk.journey.step_page import StepPage


def page_of_step(  # noqa: PLR0911, PLR0912 - one branch a kind
    setting: Setting, run: Run, step: Step, on_preview: OnPreview
) -> StepPage[Step]:
    match step:
        case NoticeStep():
            return NoticePage(setting, run, step)
        case IdentifyStep(by=("face",)):
            return FaceIdentifyPage(setting, run, step, on_preview)
        case IdentifyStep(by=("card",)):
            return IdentifyPage(setting, run, step)
        case IdentifyStep():
            return IdentifyOtherwisePage(setting, run, step)
        case ChooseStep():
            return ChoosePage(setting, run, step)
        case FormStep():
            return FormPage(setting, run, step)
        case GroupStep():
            return GroupPage(setting, run, step)
        case LookupStep():
            return LookupPage(setting, run, step)
        case CaptureStep():
            page = FaceCapturePage if step.camera == "face" else DocumentCapturePage
            return page(setting, run, step, on_preview)
        case PromiseStep():
            return PromisePage(setting, run, step)
        case SignStep():
            return SignPage(setting, run, step)
        case ReviewStep():
            return ReviewPage(setting, run, step)
        case SubmitStep():
            return SubmitPage(setting, run, step)
        case ResultStep():
            return ResultPage(setting, run, step)
        case RateStep():
            return RatePage(setting, run, step)
        case _:
            assert_never(step)

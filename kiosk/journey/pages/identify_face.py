"""Who is there by the face alone: no card, one picture, and the center finds out who it is."""

from flows.fields import FieldProblem
from flows.identities import identity_of_face
from flows.steps import CaptureStep, IdentifyStep
from kiosk.journey.page import Setting
from kiosk.journey.pages.capture import OnPreview
from kiosk.journey.pages.capture_face import FaceCapturePage
from kiosk.journey.run import Run
from kiosk.messages.json_value import Json


class FaceIdentifyPage(FaceCapturePage):
    """The page of a face picture, whose picture answers the identify step."""

    def __init__(self, setting: Setting, run: Run, step: IdentifyStep, on_preview: OnPreview) -> None:
        pictured = CaptureStep(
            id=step.id,
            kind="capture",
            camera="face",
            title=step.title,
            help=step.help,
            material=step.title,
            guidance=step.guidance,
        )
        super().__init__(setting, run, pictured, on_preview)

    def answer(self, value: Json) -> tuple[FieldProblem, ...]:
        picture = value[0] if isinstance(value, list) and value else None
        return super().answer(identity_of_face(picture) if isinstance(picture, dict) else value)

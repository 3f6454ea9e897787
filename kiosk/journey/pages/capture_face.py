"""A picture of the face: one instruction at a time, the best of a short burst, looked at, used or taken again."""

from kiosk.journey.pages.capture import CapturePage


class FaceCapturePage(CapturePage):
    """The face's own problems are said live and after the picture; see devices.camera.face_quality."""

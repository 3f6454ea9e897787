"""What every camera keeps."""

import cv2
import numpy as np

from devices.camera.contract import Still
from tests.contracts.rig import CameraRig
from tests.patience import turns

DEVICE_CLASS = "camera"
BRIGHTER = 5.0  # of 255: a white sheet on a table, far above the noise of a picture


def test_a_frame_is_a_read_only_colour_picture(opened: CameraRig) -> None:
    frame = opened.device.frame()
    assert frame.dtype == np.uint8
    assert frame.ndim == 3
    assert frame.shape[2] == 3
    assert not frame.flags.writeable


def test_a_frame_is_the_newest_one(opened: CameraRig) -> None:
    opened.show("empty")
    dark = float(opened.device.frame().mean())
    opened.show("sheet")
    for _ in turns("the sheet that lies there now", within=opened.patience):
        if float(opened.device.frame().mean()) > dark + BRIGHTER:
            break


def test_a_still_is_a_picture_that_says_what_is_wrong_with_it(opened: CameraRig) -> None:
    still = opened.device.take("document")
    assert isinstance(still, Still)
    assert still.problems  # nothing lies there
    picture = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[:2] == (still.height, still.width)

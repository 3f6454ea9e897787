"""Compares a picture of a face with a card's portrait: OpenCV's YuNet finds the faces, its SFace tells them apart.

Both models are files that the operator brings. How often they are right on a card's small portrait was not measured
here: the outcome is a hint to staff and decides nothing.
"""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import FaceCheck, Frame

Faces = NDArray[np.float32]  # (number, 15) as found; (1, 128) a feature
SAME = (
    0.363  # cosine from which two faces are one person's (OpenCV tutorial "DNN-based Face Detection And Recognition")
)
CERTAIN = 0.6  # of the detector's score; a portrait of 102×126 px reaches less than a camera's picture
SEARCH_WIDTH = 640  # px; larger pictures are searched at this width: YuNet knows faces up to some 300 px
LEAST_WIDTH = 320  # px; smaller ones are enlarged to this
ALIGNED = 112  # px a side, what SFace is given


class FaceComparison:
    """The models are loaded for each comparison, and let go: some 40 MB that an idle terminal need not hold."""

    def __init__(self, detector_model: str, recogniser_model: str) -> None:
        self._detector_model = detector_model
        self._recogniser_model = recogniser_model

    def __call__(self, face: Frame, card: Frame) -> FaceCheck:
        """Two BGR pictures of any size; some tenths of a second. Never raises for what the models make of them."""
        try:
            recogniser = cv2.FaceRecognizerSF.create(self._recogniser_model, "")
            taken, printed = self._feature(recogniser, face), self._feature(recogniser, card)
            if taken is None or printed is None:
                where = "the picture" if taken is None else "the card's photo"
                return FaceCheck("toBeCheckedByStaff", reason=f"no face found in {where}")
            score = float(recogniser.match(taken, printed, cv2.FaceRecognizerSF_FR_COSINE))
        except cv2.error:
            return FaceCheck("toBeCheckedByStaff", reason="the model files failed")
        return FaceCheck("same" if score >= SAME else "different", score)

    def _feature(self, recogniser: cv2.FaceRecognizerSF, picture: Frame) -> Faces | None:
        """Of the largest face; None where there is none."""
        width = min(max(picture.shape[1], LEAST_WIDTH), SEARCH_WIDTH)
        size = (width, max(1, round(picture.shape[0] * width / picture.shape[1])))
        searched = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
        detector = cv2.FaceDetectorYN.create(self._detector_model, "", size, CERTAIN)
        found = cast("Faces | None", detector.detect(searched)[1])  # None where there is none
        if found is None:
            return None
        aligned = recogniser.alignCrop(searched, max(found, key=lambda row: float(row[2] * row[3])))
        return np.array(recogniser.feature(aligned), np.float32)


def check_models(detector_model: str, recogniser_model: str) -> None:
    """Loads both and runs them once on an empty picture. Raises ValueError: one line that names the option."""
    blank = np.zeros((ALIGNED, ALIGNED, 3), np.uint8)
    try:
        detector = cv2.FaceDetectorYN.create(detector_model, "", (LEAST_WIDTH, LEAST_WIDTH), CERTAIN)
        detector.detect(np.zeros((LEAST_WIDTH, LEAST_WIDTH, 3), np.uint8))
    except cv2.error as error:
        raise ValueError(f"detector_model = {detector_model} is no YuNet model that OpenCV can run") from error
    try:
        feature = cv2.FaceRecognizerSF.create(recogniser_model, "").feature(blank)
    except cv2.error as error:
        raise ValueError(f"recogniser_model = {recogniser_model} is no SFace model that OpenCV can run") from error
    if feature.ndim != 2 or feature.shape[0] != 1:
        raise ValueError(f"recogniser_model = {recogniser_model} gives no face feature; it is to be an SFace model")

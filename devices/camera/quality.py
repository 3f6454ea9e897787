"""What is wrong with a picture, as codes the screen has words for: light, sharpness, sheet, face."""

import threading

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.camera.faces import find_faces
from devices.camera.sheet import Sheet, find_sheet

DARK = 45  # mean grey level below which nothing can be made out
BRIGHT = 240  # mean grey level above which everything is washed out
GRAIN = 2.0  # px; a sensor's grain below this is smoothed away before edges are looked at
RIM = 16  # px; looked at around the sheet: its own edge tells best, thin strokes look sharper than they are
SOFTEST = 3.3  # px; an edge softer than this, see softness(), is out of focus
LEAST_FACE = 0.25  # of the frame's height; smaller is too far away to compare with a card's picture

_one_at_a_time = threading.Lock()  # the face classifier keeps state


def light_problems(frame: Frame) -> tuple[str, ...]:
    """`tooDark` or `tooBright`, by the mean grey level."""
    level = float(frame[::4, ::4].mean())
    if level < DARK:
        return ("tooDark",)
    return ("tooBright",) if level > BRIGHT else ()


def softness(picture: Frame) -> float:
    """How wide the steepest edges are: the sigma of their blur in pixels, from GRAIN up; GRAIN where there is no edge.

    From the ratio of first to second derivative at the steepest places: unlike the plain variance of the Laplacian
    it does not depend on contrast, nor on how much there is to see.
    """
    grey: NDArray[np.float32] = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), GRAIN), np.float32)
    slope = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)) / 8
    steepest = float(np.percentile(slope, 99.5))
    if steepest < 1:
        return GRAIN
    bend = float(np.percentile(np.abs(cv2.Laplacian(grey, cv2.CV_32F)), 99.5))
    return max(GRAIN, float(np.exp(-0.5)) * steepest / bend)  # a Gaussian edge bends most at one sigma


def document_problems(frame: Frame) -> tuple[tuple[str, ...], Sheet | None]:
    """Codes and, where one was found, the sheet."""
    problems = light_problems(frame)
    sheet = find_sheet(frame)
    if sheet is None:
        return (*problems, "noSheet"), None
    if sheet.cut_off:
        problems = (*problems, "cutOff")
    left, top = np.maximum(sheet.corners.min(axis=0) - RIM, 0).astype(int)
    right, bottom = (sheet.corners.max(axis=0) + RIM).astype(int)
    if not problems and softness(frame[top:bottom, left:right]) > SOFTEST:
        problems = ("blurred",)
    return problems, sheet


def face_problems(frame: Frame) -> tuple[str, ...]:
    light = light_problems(frame)
    if light:
        return light
    with _one_at_a_time:
        faces = find_faces(frame)
    if len(faces) != 1:
        return ("severalFaces",) if faces else ("noFace",)
    left, top, width, height = faces[0]
    if height < LEAST_FACE * frame.shape[0]:
        return ("faceTooSmall",)
    return ("blurred",) if softness(frame[top : top + height, left : left + width]) > SOFTEST else ()

"""What is wrong with any picture, as codes the screen has words for: light, sharpness."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame

DARK = 45  # mean grey level below which nothing can be made out
BRIGHT = 240  # mean grey level above which everything is washed out
GRAIN = 2.0  # px; a sensor's grain below this is smoothed away before edges are looked at
SOFTEST = 3.3  # px; an edge softer than this, see softness(), is out of focus


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

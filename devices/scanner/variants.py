"""A frame worked over in the few ways that make decoders see a code they did not see, cheapest and likeliest first.

What each one brings and costs is printed by benchmarks/decode.py; one that brings nothing there is taken out again.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


def as_it_is(grey: Grey) -> Grey:
    return grey


def scaled(grey: Grey, scale: float) -> Grey:
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC if scale > 1.4 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def halved(grey: Grey) -> Grey:
    """Four pixels make one: half the grain."""
    return scaled(grey, 0.5)


def seven_tenths(grey: Grey) -> Grey:
    return scaled(grey, 0.7)


def enlarged(grey: Grey) -> Grey:
    """For modules of less than 3 px, and those that noise has eaten into."""
    return scaled(grey, 1.5)


def without_specks(grey: Grey) -> Grey:
    """The median: specks and hairlines go, edges stay."""
    return np.asarray(cv2.medianBlur(grey, 5), np.uint8)


def smooth(grey: Grey, sigma: float) -> Grey:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), np.uint8)


def sharpened(grey: Grey, sigma: float = 2.0, strength: float = 4.0) -> Grey:
    """Unsharp masking, far stronger than for the eye: undoes a blur of about `sigma` px."""
    soft = cv2.GaussianBlur(grey, (0, 0), sigma)
    return np.asarray(cv2.addWeighted(grey, 1 + strength, soft, -strength, 0), np.uint8)


def black_and_white(grey: Grey, window: int = 15) -> Grey:
    """Each pixel against the mean around it: print that runs together comes apart, shadows and stripes go."""
    kind = cv2.ADAPTIVE_THRESH_MEAN_C
    return np.asarray(cv2.adaptiveThreshold(smooth(grey, 1), 255, kind, cv2.THRESH_BINARY, window, 0), np.uint8)

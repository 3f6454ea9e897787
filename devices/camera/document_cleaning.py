"""A page as if scanned: the light made even, the paper white, ink and stamps kept, photographs left as they are."""

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame
from devices.camera.document_lines import Floats
from devices.camera.document_shape import Shape

GROUND_DPI = 20.0  # the paper's own tone is looked for at this resolution
STROKE = 6.5  # mm; ink narrower than this is written on the paper
PHOTOGRAPH = 46.0  # mm; the widest photograph that is told from paper
DARKER = 0.86  # of the paper around it; a photograph is darker than this
SQUARE = 0.78  # of the box around it; a photograph fills it, a shadow does not
STEEP = 0.5  # of the whole step within STROKE / 4: a photograph's rim is sharp, a shadow's soft
WHITE = 0.93  # of the paper's tone is white already: grain does not show
CARD_LEVEL = 236.0  # grey; a card's own ground is evened out to this at most, and not bleached


def cleaned(page: Frame, shape: Shape) -> Frame:
    """`page` lies flat. Paper becomes white; an ID card keeps its colours and only its light is made even."""
    scale = GROUND_DPI / shape.dpi
    size = (max(8, round(page.shape[1] * scale)), max(8, round(page.shape[0] * scale)))
    small = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
    if shape.format == "id_1":
        light = _even_light(small)
        level = min(CARD_LEVEL, float(light.max()))
        return _divided(page, np.repeat(light[..., None] * (255 / level), 3, axis=2), 1.0, 1.0)
    return _divided(page, paper_tone(small), WHITE, 1.12)


def paper_tone(small: Frame) -> Floats:
    """The paper's colour at every place, at GROUND_DPI: under ink, in shadow, and beneath a photograph."""
    near = _without_dark(small, STROKE)
    around = _without_dark(small, PHOTOGRAPH)
    photographs = _photographs(near, around)
    tone = np.where(photographs[..., None], around, near).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(tone, (0, 0), 1.2).clip(24, 255), np.float32)


def _without_dark(small: Frame, millimetres: float) -> Frame:
    side = max(3, round(millimetres * GROUND_DPI / 25.4)) | 1
    closed = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)), borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(cv2.medianBlur(closed, 3), np.uint8)


def _photographs(near: Frame, around: Frame) -> NDArray[np.bool_]:
    """Dark or coloured boxes with a sharp rim."""
    ratio = (near.astype(np.float32) + 1).min(axis=2) / (around.astype(np.float32) + 1).min(axis=2)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats((ratio < DARKER).astype(np.uint8))
    slope = cv2.magnitude(cv2.Sobel(ratio, cv2.CV_32F, 1, 0), cv2.Sobel(ratio, cv2.CV_32F, 0, 1)) / 8
    kept = np.zeros(ratio.shape, np.bool_)
    least = STROKE * GROUND_DPI / 25.4
    for label in range(1, count):
        width, height, area = boxes[label][2:5]
        own = labels == label
        rim = own & (cv2.erode(own.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
        step = 1 - float(np.median(ratio[own]))
        sharp = float(np.median(slope[rim])) > STEEP * step / 2
        if min(width, height) > least and area > SQUARE * width * height and sharp:
            kept |= own
    grown = cv2.dilate(kept.astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(grown > 0, np.bool_)


def _even_light(small: Frame) -> Floats:
    """How bright the light is over a card, smooth: a low surface through its lighter places."""
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    down, across = np.mgrid[-1 : 1 : grey.shape[0] * 1j, -1 : 1 : grey.shape[1] * 1j]
    terms = np.stack((np.ones_like(down), across, down, across * down), axis=-1).reshape(-1, 4)
    use = grey.ravel() > np.percentile(grey, 40)
    fit, *_ = np.linalg.lstsq(terms[use], grey.ravel()[use], rcond=None)
    light = (terms @ fit).reshape(grey.shape)
    return np.asarray(light.clip(60, 255), np.float32)


def _divided(page: Frame, tone: Floats, white: float, depth: float) -> Frame:
    """Page over tone, stretched so that `white` of the tone is white; `depth` over 1 darkens the ink."""
    size = (page.shape[1], page.shape[0])
    ground = cv2.resize(tone.clip(0, 255).astype(np.uint8), size, interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(page, ground, scale=255)
    levels = np.arange(256, dtype=np.float32) / 255
    curve = (np.minimum(levels / white, 1) ** depth * 255).round().astype(np.uint8)
    return np.asarray(cv2.LUT(even, curve), np.uint8)

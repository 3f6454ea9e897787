"""From the document camera's picture to a page: found, laid flat, cleaned, and as a JPEG that knows its size."""

from collections.abc import Callable

import cv2
import numpy as np

from devices.camera.contract import Frame, Still
from devices.camera.document_cleaning import cleaned
from devices.camera.document_quality import document_problems
from devices.camera.jpeg_size import with_density
from devices.camera.sheet import Sheet, find_sheet, lay_flat

MOST_BYTES = 250_000  # of a page; a text page at 200 dpi is told in less
QUALITIES = {84: 1.0, 76: 0.8, 66: 0.66, 54: 0.55}  # and the least share of the first one's length that each takes
SMALLER = 0.8  # the side's share when even the coarsest quality is too long
THUMBNAIL = 220  # px, the longer side
GREY = 26  # of 255; a page whose colours differ less than this has none
MOVED = 0.006  # of the picture's width between two pictures: it was moved while it was taken


def take_document(look: Callable[[], Frame]) -> Still:
    """Two pictures in a row; the page from the second. As `look` raises."""
    before = find_sheet(look())
    return document_still(look(), before)


def document_still(frame: Frame, before: Sheet | None = None) -> Still:
    """The page; the frame as it is where no whole sheet was found. `before` is where it lay a moment ago."""
    problems, sheet = document_problems(frame)
    if not problems and sheet is not None and _has_moved(before, sheet, frame.shape[1]):
        problems = ("moved",)
    if sheet is None or sheet.cut_off:
        page, dpi = frame, 96.0
    else:
        flat, shape = lay_flat(frame, sheet)
        page, dpi = cleaned(flat, shape), shape.dpi
    jpeg, width, height = page_jpeg(page, dpi)
    return Still(jpeg, width, height, problems, thumbnail_of(page))


def _has_moved(before: Sheet | None, sheet: Sheet, width: int) -> bool:
    return before is not None and float(np.abs(before.corners - sheet.corners).max()) > MOVED * width


def page_jpeg(page: Frame, dpi: float) -> tuple[bytes, int, int]:
    """As good as MOST_BYTES allow; the JPEG says its dots per inch."""
    grey = _without_colour(page)
    picture = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8) if grey else page
    while True:
        length = 0
        for quality, share in QUALITIES.items():
            if length * share > MOST_BYTES and quality != min(QUALITIES):
                continue  # it would not do either
            jpeg = _encoded(picture, quality)
            if len(jpeg) <= MOST_BYTES:
                break
            length = length or len(jpeg)
        if len(jpeg) <= MOST_BYTES or max(picture.shape[:2]) < 1000:
            return with_density(jpeg, dpi), picture.shape[1], picture.shape[0]
        size = (round(picture.shape[1] * SMALLER), round(picture.shape[0] * SMALLER))
        picture, dpi = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), dpi * SMALLER


def _encoded(picture: Frame, quality: int) -> bytes:
    options = (cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1)
    return cv2.imencode(".jpg", picture, options)[1].tobytes()


def _without_colour(page: Frame) -> bool:
    height, width = max(1, page.shape[0] // 4), max(1, page.shape[1] // 4)
    small = cv2.resize(page[: height * 4, : width * 4], (width, height), interpolation=cv2.INTER_AREA)  # fast: whole 4s
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    return float(np.percentile(spread, 99.8)) < GREY


def thumbnail_of(page: Frame) -> bytes:
    scale = THUMBNAIL / max(page.shape[:2])
    size = (max(1, round(page.shape[1] * scale)), max(1, round(page.shape[0] * scale)))
    small = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
    return cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, 70))[1].tobytes()

"""The true shape of a sheet seen askew: its proportions, its size in millimetres, and how many pixels it gets."""

from dataclasses import dataclass

import numpy as np

from devices.camera.document_lines import Floats

A4 = (297.0, 210.0)  # mm, longer side first (ISO 216); A5 and A6 have the same proportions and come out as A4
ID_1 = (85.6, 53.98)  # mm (ISO/IEC 7810)
SNAP = 0.028  # of the proportion: this near it is taken for the format itself
FOCAL = (0.6, 1.25, 4.0)  # of the picture's width: least, assumed where the picture does not tell, most
TURNED = 0.02  # perspective weaker than this does not tell the focal length
PAGE_DPI, CARD_DPI = 200.0, 400.0  # most
WANTED_DPI, MOST_GROWTH = 150.0, 1.5  # a coarse picture is enlarged to this, and no further
MOST_PIXELS = 12_000_000  # of a page


@dataclass(frozen=True)
class Shape:
    """Millimetres across and down, pixels to the inch; `format` is a4, id_1 or free."""

    format: str
    across: float
    down: float
    dpi: float

    @property
    def pixels(self) -> tuple[int, int]:
        return max(1, round(self.across * self.dpi / 25.4)), max(1, round(self.down * self.dpi / 25.4))


def shape_of(corners: Floats, width: int, height: int) -> Shape:
    """`corners` clockwise in a picture of `width` times `height`."""
    proportion = _proportion(corners.astype(np.float64), width, height)
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    longest = float(max(sides))
    kind, (longer, shorter) = _format(max(proportion, 1 / proportion))
    across, down = (longer, shorter) if proportion > 1 else (shorter, longer)
    seen = longest / longer * 25.4
    most = CARD_DPI if kind == "id_1" else PAGE_DPI
    dpi = min(most, max(seen, min(WANTED_DPI, MOST_GROWTH * seen)))
    dpi = min(dpi, 25.4 * float(np.sqrt(MOST_PIXELS / (across * down))))
    return Shape(kind, across, down, dpi)


def _format(proportion: float) -> tuple[str, tuple[float, float]]:
    for kind, sides in (("a4", A4), ("id_1", ID_1)):
        if abs(proportion / (sides[0] / sides[1]) - 1) < SNAP:
            return kind, sides
    longer = min(A4[0], A4[1] * proportion)
    return "free", (longer, longer / proportion)


def _proportion(corners: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", width: int, height: int) -> float:
    """Width over height of the rectangle, from its four corners (Zhang and He, Whiteboard Scanning, 2006)."""
    centred = np.c_[(corners - (width / 2, height / 2)) / width, np.ones(4)]
    upper_left, upper_right, lower_right, lower_left = centred
    across = _ratio(upper_left, lower_right, lower_left, upper_right) * upper_right - upper_left
    down = _ratio(upper_left, lower_right, upper_right, lower_left) * lower_left - upper_left
    pull = across[2] * down[2]
    least, focal, most = FOCAL
    square = -(across[0] * down[0] + across[1] * down[1]) / pull if abs(pull) > TURNED**2 else focal**2
    if least**2 < square < most**2:
        focal = float(np.sqrt(square))
    sides = [float(np.hypot(np.hypot(side[0], side[1]) / focal, side[2])) for side in (across, down)]
    return sides[0] / max(1e-9, sides[1])


def _ratio(a: Floats, b: Floats, c: Floats, d: Floats) -> float:
    """(a × b)·c over (d × b)·c."""
    under = float(np.dot(np.cross(d, b), c))
    return float(np.dot(np.cross(a, b), c)) / (under if abs(under) > 1e-12 else 1e-12)

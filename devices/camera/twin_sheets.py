"""Sheets on the twin's desk on a bad day: glare, a shadow, a hand, white paper on a white desk."""

import numpy as np

from devices.camera.contract import Frame
from devices.camera.twin_desk import DESKS, lay_paper, with_glare, with_hand, with_shadow

WIDTH, HEIGHT = 1280, 720  # px
CORNERS = np.array(((236, 74), (1046, 46), (1090, 632), (204, 650)), np.float32)


def _on(desk: str, paper: Frame) -> Frame:
    return lay_paper(DESKS[desk](np.random.default_rng(1), HEIGHT, WIDTH), paper, CORNERS)


def bad_day(kind: str, paper: Frame) -> Frame:
    """`paper` laid on the desk; kind: glare, shadow, hand, white or wood."""
    match kind:
        case "glare":
            return with_glare(_on("dark", paper), (0.45, 0.42), 0.07)
        case "shadow":
            return with_shadow(_on("dark", paper), (1.0, 0.4, 0.7))
        case "hand":
            return with_hand(_on("light", paper), (1060.0, 610.0), (1500.0, 1000.0))
        case "white" | "wood":
            return _on(kind, paper)
        case _:
            raise ValueError(f"no bad day {kind!r}")

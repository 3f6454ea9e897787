"""What the twin's desk is made of and what happens on it: paper laid down, a hand, a shadow, a lamp's glare."""

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.camera.contract import Frame

Corners = NDArray[np.float32]  # (4, 2): upper left, upper right, lower right, lower left of the paper
Chance = np.random.Generator
SKIN = (142, 168, 214)  # blue, green, red


def _cloudy(chance: Chance, height: int, width: int, cells: int) -> NDArray[np.float32]:
    """Smooth noise of -1 to 1."""
    coarse = chance.uniform(-1, 1, (max(2, cells * height // width), cells)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _coloured(grain: NDArray[np.float32], colour: tuple[int, int, int]) -> Frame:
    return np.asarray(np.clip(np.array(colour, np.float32) + grain[..., None], 0, 255), np.uint8)


def _plain(colour: tuple[int, int, int]) -> Callable[[Chance, int, int], Frame]:
    return lambda chance, height, width: _coloured(5 * _cloudy(chance, height, width, 4), colour)


def _wood(chance: Chance, height: int, width: int) -> Frame:
    rows = chance.normal(0, 1, (max(2, height // 4), 3)).astype(np.float32)
    grain = np.asarray(cv2.resize(rows, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
    return _coloured(11 * grain + 8 * _cloudy(chance, height, width, 5), (96, 138, 178))


def _cloth(chance: Chance, height: int, width: int) -> Frame:
    down, across = np.mgrid[0:height, 0:width].astype(np.float32) * (1280 / width)
    weave = 16 * np.sin(across * 0.42) * np.sin(down * 0.42) + 14 * np.sign(np.sin(across * 0.05) * np.sin(down * 0.05))
    return _coloured(weave.astype(np.float32) + 6 * _cloudy(chance, height, width, 4), (120, 104, 92))


def _stone(chance: Chance, height: int, width: int) -> Frame:
    specks = np.asarray(cv2.GaussianBlur(chance.normal(0, 60, (height, width)).astype(np.float32), (0, 0), 2.2))
    return _coloured(3.2 * specks.astype(np.float32), (150, 156, 160))


def _tiles(chance: Chance, height: int, width: int) -> Frame:
    desk = _coloured(6 * _cloudy(chance, height, width, 6), (170, 176, 178))
    step, thick = round(width * chance.uniform(0.16, 0.24)), max(2, width // 320)
    for at in range(round(step * chance.uniform(0.2, 0.8)), max(height, width), step):
        desk[at : at + thick] = (112, 116, 118)
        desk[:, at : at + thick] = (112, 116, 118)
    return desk


DESKS: Mapping[str, Callable[[Chance, int, int], Frame]] = {
    "dark": _plain((72, 84, 96)),
    "black": _plain((34, 34, 36)),
    "light": _plain((188, 196, 200)),
    "white": _plain((222, 226, 227)),
    "wood": _wood,
    "cloth": _cloth,
    "stone": _stone,
    "tiles": _tiles,
}


def lay_paper(scene: Frame, paper: Frame, corners: Corners, lift: float = 0.5) -> Frame:
    """`paper` pulled to `corners`, its rim antialiased; `lift` darkens the desk along it as a lying sheet does."""
    height, width = paper.shape[:2]
    longest = max(float(np.linalg.norm(corners[1] - corners[0])), float(np.linalg.norm(corners[3] - corners[0])))
    shrink = max(1.0, max(width, height) / longest)
    if shrink > 1.1:
        size = (max(2, round(width / shrink)), max(2, round(height / shrink)))
        paper = np.asarray(cv2.resize(paper, size, interpolation=cv2.INTER_AREA), np.uint8)
        height, width = paper.shape[:2]
    rim = 2
    framed = cv2.copyMakeBorder(paper, rim, rim, rim, rim, cv2.BORDER_REPLICATE)
    mask = cv2.copyMakeBorder(np.ones((height, width), np.float32), rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=0)
    low, right, under = rim - 0.5, rim + width - 0.5, rim + height - 0.5
    flat = np.array(((low, low), (right, low), (right, under), (low, under)), np.float32)
    pull = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    size = (scene.shape[1], scene.shape[0])
    laid = cv2.warpPerspective(framed, pull, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(mask, pull, size, flags=cv2.INTER_LINEAR)
    ground = scene.astype(np.float32)
    if lift > 0:
        wide = scene.shape[1] / 1280
        fall = cv2.warpAffine(cover, np.array(((1, 0, 2.0 * wide), (0, 1, 2.5 * wide)), np.float32), size)
        ground *= 1 - 0.22 * lift * cv2.GaussianBlur(fall, (0, 0), 2.2 * wide)[..., None]
    return np.asarray(np.clip(laid * cover[..., None] + ground * (1 - cover[..., None]), 0, 255), np.uint8)


def with_shadow(scene: Frame, line: tuple[float, float, float], depth: float = 0.45, soft: float = 18) -> Frame:
    """Darker where a*x + b*y > c, x and y as shares of the frame; `soft` px at a width of 1280."""
    a, b, c = line
    height, width = scene.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    side = (a * across / width + b * down / height > c).astype(np.float32)
    shade = np.asarray(cv2.GaussianBlur(side, (0, 0), soft * width / 1280), np.float32)
    return np.asarray(scene * (1 - depth * shade[..., None]), np.uint8)


def with_glare(scene: Frame, at: tuple[float, float], size: float = 0.1, strength: float = 400) -> Frame:
    """A lamp mirrored by the paper: a blown spot at a share of the frame, `size` a share of its width."""
    height, width = scene.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = ((across - at[0] * width) ** 2 + 1.6 * (down - at[1] * height) ** 2) / (size * width) ** 2
    return np.asarray(np.clip(scene + strength * np.exp(-distance[..., None] * 2), 0, 255), np.uint8)


def with_hand(scene: Frame, at: tuple[float, float], to: tuple[float, float], wide: float = 0.035) -> Frame:
    """Fingers from `to` (where the arm comes from) on the paper at `at`; points in px, `wide` a share of the width."""
    held = scene.copy()
    thick = round(wide * scene.shape[1])
    towards = np.array(to, np.float64) - np.array(at, np.float64)
    towards /= max(1.0, float(np.linalg.norm(towards)))
    beside = np.array((-towards[1], towards[0]))
    for finger, reach in ((-0.9, 0.6), (0.1, 0.0), (1.1, 0.5)):
        tip = np.array(at) + beside * finger * thick + towards * reach * thick
        end = np.array(at) + beside * finger * thick * 1.2 + towards * 4 * thick
        shade = tuple(float(part + 6 * finger) for part in SKIN)
        cv2.line(held, _pixel(tip), _pixel(end), shade, thick, cv2.LINE_AA)
    cv2.line(held, _pixel(np.array(at) + towards * 5 * thick), _pixel(np.array(to)), SKIN, thick * 4, cv2.LINE_AA)
    return held


def _pixel(point: NDArray[np.float64]) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))

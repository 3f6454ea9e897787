"""Sheets on desks as a document camera sees them on good and bad days; of every scene the true corners are known."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from devices.camera.twin_desk import DESKS, lay_paper, with_hand, with_shadow

PAPERS = {"a4": (210.0, 297.0), "id_card": (85.6, 54.0), "booklet": (210.0, 143.0)}  # mm
CONDITIONS = (
    "dark", "black", "light", "white", "wood", "cloth", "stone", "tiles", "rotated", "steep", "shadow", "hand",
    "white_shadow", "coloured",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    condition: str
    paper: str
    frame: np.ndarray
    corners: np.ndarray | None  # (4, 2) px, clockwise; None where the desk is empty

    @property
    def name(self) -> str:
        return f"{self.condition}/{self.paper}"


def _glyph(page: np.ndarray, left: int, top: int, size: int, ink, chance) -> None:
    thick = max(1, size // 11)
    for _ in range(int(chance.integers(5, 9))):
        a, b = chance.integers(0, size, 2), chance.integers(0, size, 2)
        if chance.random() < 0.8:
            b[int(chance.integers(0, 2))] = a[int(chance.integers(0, 2))]
        cv2.line(
            page, (left + int(a[0]), top + int(a[1])), (left + int(b[0]), top + int(b[1])), ink, thick, cv2.LINE_AA
        )


def _text(page: np.ndarray, size: int, box: tuple[int, int, int, int], chance, ink=(38, 36, 34)) -> None:
    left, top, right, bottom = box
    for line in range(top, bottom - size, round(size * 1.7)):
        end = right if chance.random() < 0.75 else left + int((right - left) * chance.uniform(0.2, 0.9))
        for at in range(left, end - size, round(size * 1.12)):
            _glyph(page, at, line, size, ink, chance)


@cache
def drawn(paper: str, seed: int, dots: float = 200 / 25.4) -> np.ndarray:
    """The paper from straight above, BGR, `dots` px per mm: text, a table, a red stamp, a photograph."""
    chance = np.random.default_rng(seed)
    width, height = (round(side * dots * (2 if paper == "id_card" else 1)) for side in PAPERS[paper])
    tone = {"a4": (246, 247, 247), "id_card": (232, 226, 214), "booklet": (226, 236, 240)}[paper]
    page = np.full((height, width, 3), tone, np.uint8)
    size = round(3.7 * dots * (1.6 if paper == "id_card" else 1))
    rim = round(width * 0.09)
    _text(page, round(size * 1.7), (width // 4, rim, width * 3 // 4, rim + size * 2), chance)
    _text(page, size, (rim, rim + size * 4, width - rim, height - rim), chance)
    if paper == "a4" and seed % 2:
        cv2.rectangle(page, (rim, height // 2), (width - rim, height * 3 // 4), (60, 60, 60), 3)
    if paper == "booklet":
        cv2.line(page, (width // 2, 0), (width // 2, height), (176, 184, 188), 5)
    if paper == "id_card":
        page[round(height * 0.15) : round(height * 0.7), round(width * 0.64) : round(width * 0.93)] = (150, 120, 96)
        cv2.circle(page, (round(width * 0.785), round(height * 0.38)), round(height * 0.14), (130, 160, 205), -1)
    else:
        at = (round(width * 0.74), round(height * 0.82))
        cv2.circle(page, at, round(20 * dots), (52, 44, 200), round(1.2 * dots), cv2.LINE_AA)
        _text(page, size, (at[0] - size * 2, at[1] - size, at[0] + size * 3, at[1] + size), chance, (52, 44, 200))
    page.flags.writeable = False
    return page


def seen(paper: str, size: tuple[int, int], share: float, degrees: float, lean: tuple[float, float], off) -> np.ndarray:
    """Corners in px of a true sheet under a true camera: its longer side `share` of what fits, leaning in degrees."""
    width, height = size
    across, down = PAPERS[paper]
    focal = 1.25 * width
    half = np.array(((-across, -down), (across, -down), (across, down), (-across, down)), np.float64) / 2
    flat = np.c_[half, np.zeros(4)]
    turn, _ = cv2.Rodrigues(np.array((0.0, 0.0, np.radians(degrees))))
    tip, _ = cv2.Rodrigues(np.radians(np.array((lean[0], lean[1], 0.0))))
    turned = flat @ turn.T
    reach = np.abs(turned[:, :2]).max(axis=0)
    fill = min(width / 2 / reach[0], height / 2 / reach[1]) * share
    placed = turned @ tip.T + np.array((0, 0, focal / fill))
    points = placed[:, :2] / placed[:, 2:] * focal + np.array((width / 2, height / 2))
    low, high = points.min(axis=0), points.max(axis=0)
    slack = np.minimum(low, np.array((width, height)) - high).clip(min=0) * 0.85
    return (points + np.array(off) * slack).astype(np.float32)


def _shares(paper: str, chance) -> float:
    return float(chance.uniform(0.45, 0.6) if paper == "id_card" else chance.uniform(0.72, 0.95))


def _finished(frame: np.ndarray, chance) -> np.ndarray:
    scale = frame.shape[1] / 1280
    frame = cv2.GaussianBlur(frame, (0, 0), 0.7 * max(1.0, scale * 0.7))
    grain = chance.normal(0, 2.2, frame.shape[:2])
    return np.clip(frame + grain[..., None], 0, 255).astype(np.uint8)


def _ground(condition: str, chance, size: tuple[int, int]) -> np.ndarray:
    kind = {"steep": "dark", "shadow": "wood", "hand": "light", "white_shadow": "white", "rotated": "light"}
    if condition == "coloured":
        desk = DESKS["dark"](chance, size[1], size[0]).astype(int) + np.array(chance.integers(-30, 90, 3))
        return np.clip(desk, 0, 255).astype(np.uint8)
    return DESKS[kind.get(condition, condition)](chance, size[1], size[0])


def make_scene(condition: str, paper: str, seed: int, size: tuple[int, int] = (1280, 720)) -> Scene:
    chance = np.random.default_rng((seed, CONDITIONS.index(condition), sorted(PAPERS).index(paper)))
    lean = 17.0 if condition == "steep" else 5.0
    degrees = float(
        chance.uniform(12, 40) * chance.choice((-1, 1)) if condition == "rotated" else chance.uniform(-7, 7)
    )
    leans = (float(chance.uniform(-lean, lean)), float(chance.uniform(-lean, lean)))
    share = _shares(paper, chance)
    corners = seen(paper, size, share, degrees, leans, chance.uniform(-1, 1, 2))
    scene = lay_paper(
        _ground(condition, chance, size), drawn(paper, seed % 4), corners, float(chance.uniform(0.2, 0.8))
    )
    if condition in ("shadow", "white_shadow"):
        angle = chance.uniform(0, 6.28)
        a, b = float(np.cos(angle)), float(np.sin(angle))
        depth, soft = float(chance.uniform(0.25, 0.5)), float(chance.uniform(8, 40))
        scene = with_shadow(scene, (a, b, a * 0.5 + b * 0.5 + float(chance.uniform(-0.1, 0.1))), depth, soft)
    if condition == "hand":
        corner = corners[int(chance.integers(0, 4))]
        middle = corners.mean(axis=0)
        at, to = corner + (middle - corner) * 0.06, corner + (corner - middle) * 4
        wide = 0.035 if paper != "id_card" else 0.02
        scene = with_hand(scene, (float(at[0]), float(at[1])), (float(to[0]), float(to[1])), wide)
    return Scene(condition, paper, _finished(scene, chance), corners)


def make_empty(condition: str, seed: int, size: tuple[int, int] = (1280, 720)) -> Scene:
    chance = np.random.default_rng((seed, 99, CONDITIONS.index(condition)))
    scene = _ground(condition, chance, size)
    if condition in ("shadow", "white_shadow"):
        scene = with_shadow(scene, (1.0, float(chance.uniform(-1, 1)), float(chance.uniform(0.3, 0.6))))
    if condition == "hand":
        scene = with_hand(scene, (size[0] * 0.5, size[1] * 0.5), (size[0] * 0.8, size[1] * 1.4))
    return Scene(condition, "", _finished(scene, chance), None)


def document_scenes(each: int, size: tuple[int, int] = (1280, 720)) -> Iterator[Scene]:
    """`each` scenes of every condition and paper, then as many empty desks of every condition."""
    for condition in CONDITIONS:
        for seed in range(each):
            for paper in PAPERS:
                yield make_scene(condition, paper, seed, size)
            yield make_empty(condition, seed, size)


def corner_error(found: np.ndarray, true: np.ndarray) -> float:
    """The largest distance in px between corners, whichever of them is called the first."""
    turns = [np.linalg.norm(np.roll(found, turn, axis=0) - true, axis=1).max() for turn in range(4)]
    return float(min(turns))

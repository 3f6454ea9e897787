"""What the camera twin sees: a desk with a sheet or a code on it, a booth with people in it, or any picture file."""

from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

from devices.camera.contract import Frame
from devices.camera.twin_face import WALL, draw_face, draw_profile
from devices.camera.twin_sheets import bad_day

WIDTH, HEIGHT = 1280, 720  # px
DESK = (72, 84, 96)  # blue, green, red
SHEET_PICTURE = Path(__file__).parents[2] / "assets" / "twins" / "sheet.png"
Corners = tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
ON_THE_DESK: Corners = ((236, 74), (1046, 46), (1090, 632), (204, 650))
OVER_THE_EDGE: Corners = ((-160, 74), (650, 46), (694, 632), (-192, 650))
HELD_UP: Corners = ((440, 150), (846, 172), (822, 566), (452, 590))


def _plain(colour: tuple[int, int, int]) -> Frame:
    return np.full((HEIGHT, WIDTH, 3), colour, np.uint8)


def _lay(scene: Frame, sheet: Frame, corners: Corners) -> Frame:
    """`sheet` pulled to `corners` (upper left, upper right, lower right, lower left) on top of `scene`."""
    height, width = sheet.shape[:2]
    flat = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    pull = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    laid = cv2.warpPerspective(sheet, pull, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), pull, (WIDTH, HEIGHT))
    return np.asarray(np.where(mask[..., None] > 127, laid, scene), np.uint8)


def read_picture(path: Path) -> Frame:
    """Raises ValueError where there is no picture OpenCV can read."""
    content = np.frombuffer(path.read_bytes(), np.uint8) if path.is_file() else np.empty(0, np.uint8)
    picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
    if picture is None:
        raise ValueError(f"{path}: no picture here; give a PNG or JPEG file")
    return picture.astype(np.uint8)


def _sheet() -> Frame:
    return _lay(_plain(DESK), read_picture(SHEET_PICTURE), ON_THE_DESK)


def _faces(*places: tuple[int, int, int], eyes_closed: bool = False) -> Frame:
    """Each place: left, top and height of a face's square, in pixels."""
    scene = _plain(WALL)
    for left, top, height in places:
        scene[top : top + height, left : left + height] = draw_face(height, eyes_closed=eyes_closed)
    return scene


def _turned(*, right: bool) -> Frame:
    """A head turned to the picture's left or right."""
    scene, profile = _plain(WALL), draw_profile(540)
    scene[90:630, 370:910] = profile[:, ::-1] if right else profile
    return scene


def _backlit() -> Frame:
    """A window behind the head; the face in its own shadow."""
    scene = _faces((400, 110, 480))
    wall = cv2.GaussianBlur((np.abs(scene.astype(np.int16) - WALL).max(axis=2) > 6).astype(np.float32), (0, 0), 9)
    return np.asarray(scene * 0.27 * wall[..., None] + 246 * (1 - wall[..., None]), np.uint8)


def _dimmed(scene: Frame) -> Frame:
    return (scene * 0.12).astype(np.uint8)


def _blurred(scene: Frame) -> Frame:
    return cv2.GaussianBlur(scene, (0, 0), 7).astype(np.uint8)


def _on_a_bad_day(kind: str) -> Callable[[], Frame]:
    return lambda: bad_day(kind, read_picture(SHEET_PICTURE))


SCENES: Mapping[str, Mapping[str, Callable[[], Frame]]] = {
    "document": {
        "empty": lambda: _plain(DESK),
        "sheet": _sheet,
        "sheet_cut_off": lambda: _lay(_plain(DESK), read_picture(SHEET_PICTURE), OVER_THE_EDGE),
        "sheet_blurred": lambda: _blurred(_sheet()),
        **{f"sheet_{kind}": _on_a_bad_day(kind) for kind in ("glare", "shadow", "hand", "white", "wood")},
        "dark": lambda: _dimmed(_sheet()),
        "glare": lambda: _plain((252, 252, 252)),
    },
    "face": {
        "empty": lambda: _plain(WALL),
        "face": lambda: _faces((400, 110, 480)),
        "two_faces": lambda: _faces((120, 150, 420), (720, 160, 420)),
        "far_face": lambda: _faces((560, 260, 150)),
        "face_blurred": lambda: _blurred(_faces((400, 110, 480))),
        "near_face": lambda: _faces((280, 0, 720)),
        "face_aside": lambda: _faces((780, 110, 480)),
        "face_low": lambda: _faces((400, 236, 480)),
        "eyes_closed": lambda: _faces((400, 110, 480), eyes_closed=True),
        "turned_left": lambda: _turned(right=False),
        "turned_right": lambda: _turned(right=True),
        "dark": lambda: _dimmed(_faces((400, 110, 480))),
        "bright": lambda: _plain((252, 252, 252)),
        "backlit": _backlit,
    },
}
# Scenes that move: which of the above, for how many frames (25 a second), in turn.
MOVING: Mapping[str, Mapping[str, tuple[tuple[str, int], ...]]] = {
    "document": {},
    "face": {
        "blinking": (("face", 30), ("eyes_closed", 15)),
        "turning": (("face", 25), ("turned_left", 25), ("face", 25), ("turned_right", 25)),
    },
}


def draw_picture(picture: Frame) -> Frame:
    """A picture of any size, as large as fits, on the desk."""
    scale = min(WIDTH / picture.shape[1], HEIGHT / picture.shape[0])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    fitted = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    scene = _plain(DESK)
    left, top = (WIDTH - size[0]) // 2, (HEIGHT - size[1]) // 2
    scene[top : top + size[1], left : left + size[0]] = fitted
    return scene


def draw_code(text: str, symbology: str, blur: float = 0.6) -> Frame:
    """A card with the code held a little askew over the desk; `blur` is the sigma in pixels. Raises ValueError."""
    import zxingcpp

    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(symbology))
    code = np.array(barcode.to_image(scale=8), np.uint8)
    height, width = code.shape[:2]
    side = max(width, height) + 60
    card = np.full((side, side), 245, np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    card[top : top + height, left : left + width] = np.minimum(code, 245)
    scene = _lay(_plain(DESK), np.repeat(card[..., None], 3, axis=2), HELD_UP)
    return cv2.GaussianBlur(scene, (0, 0), blur).astype(np.uint8) if blur > 0 else scene


def with_noise(scene: Frame, seed: int) -> Frame:
    """The scene as a sensor has it: grain of 2 steps; the same seed gives the same grain."""
    grain = np.random.default_rng(seed).normal(0, 2, scene.shape[:2]).astype(np.int16)
    return np.asarray(np.clip(scene.astype(np.int16) + grain[..., None], 0, 255), np.uint8)

"""Codes as a document camera sees them on a bad day, drawn at 1280×720; every one has a known text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

WIDTH, HEIGHT = 1280, 720
TEXTS = (
    "OEB1:M:social-insurance-certificate",
    "OEB1:C:330381-20260101-000042",
    "https://example.invalid/verify/7F3K-Q2WD",
    "瑞安市市民之家 社保参保证明",
    "城乡居民医保参保登记（示例）",
)
NUMBERS = ("330381202601010042", "OEB1-C-000042-7", "WZ20260101000042", "SAMPLE-7F3KQ2WD")


@dataclass(frozen=True)
class HardCode:
    condition: str
    text: str
    frame: np.ndarray


@dataclass(frozen=True)
class Look:
    """How a code is seen: `module` px a narrowest bar, `lean` share of the perspective pull, degrees, sigmas in px."""

    module: float = 5.0
    lean: float = 0.05
    tilt: float = 4.0
    blur: float = 0.7
    motion: int = 0
    noise: float = 3.0
    ink: int = 30
    paper: int = 225
    inverted: bool = False
    damage: float = 0.0
    glare: bool = False


QR_LOOKS: Mapping[str, Look] = {
    "plain": Look(),
    "perspective": Look(lean=0.28, tilt=15),
    "blur": Look(blur=2.4),
    "strong blur": Look(blur=3.6, module=6),
    "low contrast": Look(ink=105, paper=135, noise=4),
    "noise": Look(noise=45),
    "small": Look(module=2.2, blur=0.8),
    "inverted": Look(inverted=True, blur=1.5),
    "damaged": Look(damage=0.12),
    "motion": Look(motion=8),
    "glare": Look(glare=True, tilt=20),
}
BAR_LOOKS: Mapping[str, Look] = {
    "bars": Look(module=3),
    "bars tilted": Look(module=2.4, tilt=28, lean=0.1, blur=1.2),
    "bars far": Look(module=1.5, blur=0.7),
    "bars low contrast": Look(module=2.5, ink=110, paper=140, blur=1.2),
}


def _drawn(text: str, kind: str) -> np.ndarray:
    options = {"ec_level": "M"} if kind == "QRCode" else {}
    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind), **options)
    return np.array(barcode.to_image(scale=8))


def _placed(code: np.ndarray, look: Look, chance: np.random.Generator) -> np.ndarray:
    scale = look.module / 8
    height, width = code.shape[0] * scale, code.shape[1] * scale
    corners = np.array(((-width, -height), (width, -height), (width, height), (-width, height))) / 2
    angle = np.deg2rad(chance.uniform(-look.tilt, look.tilt))
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    pull = np.array([[chance.uniform(-1, 1), chance.uniform(-1, 1)] for _ in range(4)]) * look.lean * min(width, height)
    middle = (WIDTH / 2 + chance.uniform(-60, 60), HEIGHT / 2 + chance.uniform(-40, 40))
    target = ((corners + pull / 2) @ turn + middle).astype(np.float32)
    source = np.array(((0, 0), (code.shape[1], 0), code.shape[::-1], (0, code.shape[0])), np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    softened = cv2.GaussianBlur(code, (0, 0), max(0.1, 3 / look.module))
    return cv2.warpPerspective(softened, matrix, (WIDTH, HEIGHT), borderValue=255, flags=cv2.INTER_AREA)


def _damaged(code: np.ndarray, share: float, chance: np.random.Generator) -> np.ndarray:
    side = int(np.sqrt(share) * min(code.shape) * 0.7)
    left, top = (int(chance.integers(code.shape[n] // 3, code.shape[n] - side)) for n in (1, 0))
    torn = code.copy()
    torn[top : top + side, left : left + side] = 255
    return torn


def _seen(code: np.ndarray, look: Look, chance: np.random.Generator) -> np.ndarray:
    if look.damage:
        code = _damaged(code, look.damage, chance)
    scene = _placed(code, look, chance).astype(np.float32) / 255
    if look.inverted:
        scene = 1 - scene
    scene = look.ink + scene * (look.paper - look.ink)
    if look.glare:
        spot = cv2.circle(np.zeros_like(scene), (WIDTH // 2 + 40, HEIGHT // 2), 60, 120.0, -1)
        scene = scene + cv2.GaussianBlur(spot, (0, 0), 35)
    scene = cv2.GaussianBlur(scene, (0, 0), look.blur)
    if look.motion:
        scene = cv2.filter2D(scene, -1, np.full((1, look.motion), 1 / look.motion, np.float32))
    grain = chance.normal(0, look.noise, scene.shape)
    return np.repeat(np.clip(scene + grain, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def hard_codes(each: int, seed: int) -> Iterator[HardCode]:
    """`each` frames of every condition; the same seed gives the same frames."""
    chance = np.random.default_rng(seed)
    for kind, looks, texts in (("QRCode", QR_LOOKS, TEXTS), ("Code128", BAR_LOOKS, NUMBERS)):
        for condition, look in looks.items():
            for _ in range(each):
                text = str(chance.choice(texts))
                yield HardCode(condition, text, _seen(_drawn(text, kind), look, chance))

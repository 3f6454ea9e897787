"""Codes as a document camera sees them on a bad day, drawn at 1280×720; every one has a known text.

A condition is a `Look`: ranges its frames are drawn from, from just about ordinary to just about hopeless.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

WIDTH, HEIGHT = 1280, 720
DRAWN = 8  # px a module in the drawing that is then photographed
TEXTS = (
    "OEB1:M:social-insurance-certificate",
    "OEB1:C:330381-20260101-000042",
    "https://example.invalid/verify/7F3K-Q2WD",
    "瑞安市市民之家 社保参保证明",
    "城乡居民医保参保登记（示例）",
)
LONG_TEXTS = (
    "OEB1:P:" + "7F3KQ2WD" * 14,
    "示例文书：城乡居民基本医疗保险参保登记回执，办件编号 330381-20260101-000042，请妥善保管，凭此码查询办理进度。",
)
NUMBERS = ("330381202601010042", "OEB1-C-000042-7", "WZ20260101000042", "SAMPLE-7F3KQ2WD")
Range = tuple[float, float]
Chance = np.random.Generator


@dataclass(frozen=True)
class HardCode:
    condition: str
    text: str
    frame: np.ndarray


@dataclass(frozen=True)
class Look:
    """How a code is seen. `module`: px a narrowest bar; `lean`: share of its side that a corner is pulled; `tilt`:
    degrees either way; `blur`: sigma, `defocus`: radius, `motion`: length, all in px; `ink` and `paper`: grey 0 to 255;
    `damage`, `curl`: share of the side; `screen`: strength of a display's own grid; `jpeg`: quality, 0 is none.
    """

    module: Range = (4.0, 6.0)
    lean: Range = (0.0, 0.05)
    tilt: float = 5.0
    blur: Range = (0.5, 0.9)
    defocus: Range = (0.0, 0.0)
    motion: Range = (0.0, 0.0)
    noise: Range = (2.0, 5.0)
    ink: Range = (20.0, 45.0)
    paper: Range = (205.0, 235.0)
    inverted: bool = False
    damage: Range = (0.0, 0.0)
    glare: Range = (0.0, 0.0)
    shadow: Range = (0.0, 0.15)
    screen: Range = (0.0, 0.0)
    curl: Range = (0.0, 0.0)
    jpeg: Range = (0.0, 0.0)
    texts: tuple[str, ...] = TEXTS


QR_LOOKS: Mapping[str, Look] = {
    "plain": Look(),
    "turned": Look(tilt=180.0),
    "perspective": Look(lean=(0.15, 0.35), tilt=20),
    "blur": Look(blur=(1.5, 3.0)),
    "out of focus": Look(defocus=(2.5, 5.5)),
    "motion": Look(motion=(4, 10)),
    "low contrast": Look(ink=(95, 110), paper=(130, 150), noise=(3, 5)),
    "noise": Look(noise=(25, 50)),
    "small": Look(module=(1.7, 2.6), blur=(0.4, 0.8)),
    "inverted": Look(inverted=True, blur=(0.8, 1.8)),
    "damaged": Look(damage=(0.08, 0.26)),
    "glare": Look(glare=(80, 200), tilt=20),
    "shadow": Look(shadow=(0.5, 0.85)),
    "telephone": Look(screen=(0.25, 0.6), module=(3.0, 5.0), glare=(0, 60), tilt=20),
    "curled": Look(curl=(0.04, 0.14)),
    "compressed": Look(jpeg=(6, 16)),
    "dense": Look(module=(2.5, 3.5), texts=LONG_TEXTS),
}
BAR_LOOKS: Mapping[str, Look] = {
    "bars": Look(module=(2.5, 3.5), texts=NUMBERS),
    "bars tilted": Look(module=(2.0, 3.0), tilt=40, lean=(0, 0.1), blur=(0.7, 1.2), texts=NUMBERS),
    "bars far": Look(module=(1.4, 2.0), blur=(0.4, 0.8), texts=NUMBERS),
    "bars low contrast": Look(
        module=(2.0, 3.0), ink=(95, 110), paper=(135, 155), blur=(0.7, 1.2), noise=(2, 4), texts=NUMBERS
    ),
    "bars blurred": Look(module=(2.0, 3.0), blur=(1.0, 1.9), texts=NUMBERS),
    "bars on a telephone": Look(module=(2.0, 3.0), screen=(0.2, 0.5), glare=(0, 60), tilt=10, texts=NUMBERS),
}


def _drawn(text: str, kind: str) -> np.ndarray:
    options = {"ec_level": "M"} if kind == "QRCode" else {}
    barcode = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind), **options)
    return np.array(barcode.to_image(scale=DRAWN))


def _sheet(chance: Chance) -> np.ndarray:
    """A page of print, 1 paper and 0 ink, for the code to stand on: a decoder has other things to look at."""
    sheet = np.ones((HEIGHT, WIDTH), np.float32)
    for y in range(40, HEIGHT, int(chance.integers(34, 60))):
        words = "".join(chr(int(letter)) for letter in chance.integers(65, 91, int(chance.integers(10, 50))))
        at = (int(chance.integers(20, 200)), y)
        cv2.putText(sheet, words, at, cv2.FONT_HERSHEY_SIMPLEX, float(chance.uniform(0.5, 0.9)), 0.0, 2, cv2.LINE_AA)
    return sheet


def _placed(code: np.ndarray, look: Look, chance: Chance) -> np.ndarray:
    scale = chance.uniform(*look.module) / DRAWN
    height, width = code.shape[0] * scale, code.shape[1] * scale
    corners = np.array(((-width, -height), (width, -height), (width, height), (-width, height))) / 2
    angle = np.deg2rad(chance.uniform(-look.tilt, look.tilt))
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    pull = chance.uniform(-1, 1, (4, 2)) * chance.uniform(*look.lean) * min(width, height)
    middle = (WIDTH / 2 + chance.uniform(-120, 120), HEIGHT / 2 + chance.uniform(-60, 60))
    target = ((corners + pull / 2) @ turn + middle).astype(np.float32)
    source = np.array(((0, 0), (code.shape[1], 0), code.shape[::-1], (0, code.shape[0])), np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    softened = cv2.GaussianBlur(code, (0, 0), max(0.1, 0.35 / scale))
    label = cv2.warpPerspective(softened, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    place = cv2.warpPerspective(np.ones_like(code, np.float32), matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(_sheet(chance) * (1 - place) + label * place)


def _damaged(code: np.ndarray, share: float, chance: Chance) -> np.ndarray:
    """A torn corner of the middle, a few scratches and blots."""
    side = int(share * min(code.shape))
    left, top = (int(chance.integers(code.shape[n] // 3, code.shape[n] - side)) for n in (1, 0))
    torn = code.copy()
    torn[top : top + side, left : left + side] = int(chance.choice((0, 255)))
    for _ in range(3):
        ends = [tuple(int(n) for n in chance.integers(0, min(code.shape), 2)) for _ in range(2)]
        cv2.line(torn, ends[0], ends[1], int(chance.choice((0, 255))), DRAWN // 2)
    return torn


def _curled(scene: np.ndarray, share: float) -> np.ndarray:
    """Paper that rolls: rows bend by a sine, columns bunch up to one side."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    across = (x - WIDTH / 2) / 300
    return cv2.remap(scene, x + share * 60 * across**3, y + share * 300 * (np.cos(across) - 1), cv2.INTER_LINEAR)


def _lit(scene: np.ndarray, look: Look, chance: Chance) -> np.ndarray:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    towards = chance.uniform(0, 2 * np.pi)
    away = (x - WIDTH / 2) * np.cos(towards) + (y - HEIGHT / 2) * np.sin(towards)
    scene = scene * (1 - chance.uniform(*look.shadow) / (1 + np.exp(-away / chance.uniform(10, 150))))
    strength = chance.uniform(*look.screen)
    if strength:  # the display's lines against the sensor's: bars that drift in width and lean
        pitch, lean = chance.uniform(3, 12), chance.uniform(-0.4, 0.4)
        scene = scene * (1 - strength * (0.5 + 0.5 * np.sin((x * lean + y) * 2 * np.pi / pitch + x * y * 2e-6)))
    spot_at = (WIDTH // 2 + int(chance.uniform(-90, 90)), HEIGHT // 2 + int(chance.uniform(-90, 90)))
    spot = cv2.circle(np.zeros((HEIGHT, WIDTH), np.float32), spot_at, 50, 1.0, -1)
    return np.asarray(scene + chance.uniform(*look.glare) * cv2.GaussianBlur(spot, (0, 0), 30))


def _filmed(scene: np.ndarray, look: Look, chance: Chance) -> np.ndarray:
    scene = cv2.GaussianBlur(scene, (0, 0), chance.uniform(*look.blur))
    radius = chance.uniform(*look.defocus)
    if radius:
        y, x = np.mgrid[-8:9, -8:9]
        disk = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
        scene = cv2.filter2D(scene, -1, disk / disk.sum())
    length = chance.uniform(*look.motion)
    if length:
        path = np.zeros((31, 31), np.float32)
        angle = chance.uniform(0, np.pi)
        reach = np.array((np.cos(angle), np.sin(angle))) * length / 2
        ends = [tuple(int(n) for n in np.rint((15 + sign * reach) * 16)) for sign in (-1, 1)]
        cv2.line(path, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
        scene = cv2.filter2D(scene, -1, path / path.sum())
    frame = np.clip(scene + chance.normal(0, chance.uniform(*look.noise), scene.shape), 0, 255).astype(np.uint8)
    quality = round(chance.uniform(*look.jpeg))
    if quality:
        packed = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        frame = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return np.repeat(frame[..., None], 3, axis=2)


def _seen(code: np.ndarray, look: Look, chance: Chance) -> np.ndarray:
    share = chance.uniform(*look.damage)
    scene = _placed(_damaged(code, share, chance) if share else code, look, chance)
    curl = chance.uniform(*look.curl)
    if curl:
        scene = _curled(scene, curl)
    ink, paper = chance.uniform(*look.ink), chance.uniform(*look.paper)
    scene = ink + (1 - scene if look.inverted else scene) * (paper - ink)
    return _filmed(_lit(scene, look, chance), look, chance)


def hard_codes(each: int, seed: int) -> Iterator[HardCode]:
    """`each` frames of every condition; the same seed gives the same frames."""
    chance = np.random.default_rng(seed)
    for kind, looks in (("QRCode", QR_LOOKS), ("Code128", BAR_LOOKS)):
        for condition, look in looks.items():
            for _ in range(each):
                text = str(chance.choice(look.texts))
                yield HardCode(condition, text, _seen(_drawn(text, kind), look, chance))


def empty_frames(each: int, seed: int) -> Iterator[np.ndarray]:
    """Frames without a code: a bare table, a page of print, the same in noise and out of focus."""
    chance = np.random.default_rng(seed)
    plain, soft = Look(), Look(defocus=(3, 6), noise=(10, 20))
    for _ in range(each):
        for look in (plain, soft):
            yield _filmed(_lit(40 + _sheet(chance) * 180, look, chance), look, chance)
            yield _filmed(
                _lit(np.full((HEIGHT, WIDTH), chance.uniform(60, 200), np.float32), look, chance), look, chance
            )

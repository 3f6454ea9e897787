"""The camera twin: a document camera and a face camera as two MJPEG streams, and what stands before them."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from devices.camera import twin_scenes
from devices.camera.contract import Frame
from devices.camera.twin_stream import MjpegStream
from devices.clock import Clock
from devices.twin import TwinState, UnknownVerb

CAMERAS = ("document", "face")
GRAINS = 3  # noisy copies of a scene, sent in turn, so that a still scene is a living picture


def _url_file(folder: Path, camera: str) -> Path:
    return folder / f"{camera}_camera.url"


def _encoded(scene: Frame) -> tuple[bytes, ...]:
    grains = (twin_scenes.with_noise(scene, seed) for seed in range(GRAINS))
    return tuple(cv2.imencode(".jpg", grain, (cv2.IMWRITE_JPEG_QUALITY, 88))[1].tobytes() for grain in grains)


@dataclass
class _View:
    """What one camera sees, and its wire while plugged."""

    scene: str = "empty"
    code: str = ""
    symbology: str = ""
    frozen: bool = False
    jpegs: tuple[bytes, ...] = ()
    stream: MjpegStream | None = None

    def picture(self, number: int) -> bytes | None:
        return None if self.frozen else self.jpegs[number % len(self.jpegs)]


@dataclass(frozen=True)
class _Arguments:
    """A verb's arguments, each asked for by name; what nobody asked for is refused."""

    verb: str
    given: Mapping[str, str]
    known: tuple[str, ...] = field(default=("camera",))

    def check(self) -> None:
        for name in self.given:
            if name not in self.known:
                raise UnknownVerb(f"{self.verb} has no argument {name!r}; known: {', '.join(self.known)}")

    @property
    def camera(self) -> str:
        camera = self.given.get("camera", "document")
        if camera not in CAMERAS:
            raise UnknownVerb(f"no camera {camera!r}; known: {', '.join(CAMERAS)}")
        return camera


class CameraTwin:
    """Verbs: show (camera, scene | image), hold_code (text, symbology, blur, camera), remove_code, unplug, plug,
    freeze, thaw (each: camera = document or face, document when not told)."""

    name = "camera"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._folder: Path | None = None
        self._views = {camera: _View() for camera in CAMERAS}
        self._working = threading.RLock()  # the desk and a test may both work the twin
        self._verbs: Mapping[str, tuple[Callable[[_Arguments], None], tuple[str, ...]]] = {
            "show": (self._show, ("camera", "scene", "image")),
            "hold_code": (self._hold_code, ("camera", "text", "symbology", "blur")),
            "remove_code": (self._remove_code, ("camera",)),
            "unplug": (lambda arguments: self._unplug(arguments.camera), ("camera",)),
            "plug": (lambda arguments: self._plug(arguments.camera), ("camera",)),
            "freeze": (lambda arguments: self._freeze(arguments.camera, True), ("camera",)),
            "thaw": (lambda arguments: self._freeze(arguments.camera, False), ("camera",)),
        }

    @property
    def port(self) -> str:
        """The URL file of the document camera; the face camera's lies beside it."""
        return str(_url_file(self._folder, "document")) if self._folder else ""

    def start(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        for camera, view in self._views.items():
            view.jpegs = _encoded(twin_scenes.SCENES[camera]["empty"]())
            self._plug(camera)

    def stop(self) -> None:
        for camera in CAMERAS:
            self._unplug(camera)

    def state(self) -> TwinState:
        """Per camera: its scene and those it knows, the code held up, plugged, frozen, how many look through it."""
        state: dict[str, str | int | float | bool | list[str] | None] = {}
        for camera, view in self._views.items():
            state[f"{camera}_scene"] = view.scene
            state[f"{camera}_code"] = view.code
            state[f"{camera}_plugged"] = view.stream is not None
            state[f"{camera}_frozen"] = view.frozen
            state[f"{camera}_viewers"] = view.stream.viewers if view.stream else 0
            state[f"{camera}_scenes"] = list(twin_scenes.SCENES[camera])
        return state

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        if verb not in self._verbs:
            raise UnknownVerb(f"the camera twin has no verb {verb!r}; known: {', '.join(self._verbs)}")
        act, known = self._verbs[verb]
        asked = _Arguments(verb, arguments, known)
        asked.check()
        with self._working:
            act(asked)

    def _show(self, arguments: _Arguments) -> None:
        camera, given = arguments.camera, arguments.given
        try:
            picture = twin_scenes.read_picture(Path(given["image"])) if "image" in given else None
        except ValueError as error:
            raise UnknownVerb(str(error)) from error
        scenes = twin_scenes.SCENES[camera]
        scene = given.get("scene", "empty")
        if picture is None and scene not in scenes:
            raise UnknownVerb(f"the {camera} camera has no scene {scene!r}; known: {', '.join(scenes)}")
        view = self._views[camera]
        view.jpegs = _encoded(scenes[scene]() if picture is None else twin_scenes.draw_picture(picture))
        view.scene, view.code, view.symbology = scene if picture is None else "image", "", ""

    def _hold_code(self, arguments: _Arguments) -> None:
        given = arguments.given
        text, symbology = given.get("text", ""), given.get("symbology", "QRCode")
        if not text:
            raise UnknownVerb("hold_code needs text=…")
        try:
            picture = twin_scenes.draw_code(text, symbology, float(given.get("blur", "0.6")))
        except ValueError as error:
            reason = (str(error).splitlines() or [""])[0]
            raise UnknownVerb(f"cannot draw that as {symbology}: {reason}") from error
        view = self._views[arguments.camera]
        view.jpegs = _encoded(picture)
        view.scene, view.code, view.symbology = "code", text, symbology

    def _remove_code(self, arguments: _Arguments) -> None:
        self._show(_Arguments("show", {"camera": arguments.camera, "scene": "empty"}))

    def _freeze(self, camera: str, frozen: bool) -> None:
        self._views[camera].frozen = frozen

    def _plug(self, camera: str) -> None:
        view = self._views[camera]
        if view.stream is not None or self._folder is None:
            return
        view.stream = MjpegStream(f"/{camera}.mjpg", view.picture)
        fresh = _url_file(self._folder, camera).with_suffix(".new")
        fresh.write_text(view.stream.url + "\n", encoding="ascii")
        fresh.replace(_url_file(self._folder, camera))

    def _unplug(self, camera: str) -> None:
        view = self._views[camera]
        if view.stream is None or self._folder is None:
            return
        _url_file(self._folder, camera).unlink(missing_ok=True)
        view.stream.close()
        view.stream = None

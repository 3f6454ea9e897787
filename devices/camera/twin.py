"""The camera twin: a document camera and a face camera as two MJPEG streams, what stands before them, and faults."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from devices.camera import twin_scenes
from devices.camera.contract import Frame
from devices.camera.twin_faults import ALWAYS, FAULTS, Fault, times_of
from devices.camera.twin_stream import RATE, MjpegStream
from devices.clock import Clock
from devices.twin import TwinState, UnknownVerb

CAMERAS = ("document", "face")
SWITCH = ("yes", "no")
VERBS: Mapping[str, Mapping[str, tuple[str, ...] | None]] = {  # verb → argument → what it may be; None: free
    "show": {"camera": CAMERAS, "scene": None, "image": None},
    "hold_code": {"camera": CAMERAS, "text": None, "symbology": None, "blur": None},
    "remove_code": {"camera": CAMERAS},
    "unplug": {"camera": CAMERAS},
    "plug": {"camera": CAMERAS},
    "silent": {"camera": CAMERAS, "on": SWITCH},
    "freeze": {"camera": CAMERAS},
    "thaw": {"camera": CAMERAS},
    "fault": {"camera": CAMERAS, "kind": FAULTS, "times": None},
    "delay": {"camera": CAMERAS, "seconds": None},
}
LASTING = {  # see devices.twin_memory
    **{"show": "scene", "hold_code": "code", "remove_code": "code", "unplug": "cable", "plug": "cable"},
    **{"silent": "silent", "freeze": "silent", "thaw": "silent", "delay": "delay"},
}
GRAINS = 3  # noisy copies of a scene, sent in turn, so that a still scene is a living picture


def _url_file(folder: Path, camera: str) -> Path:
    return folder / f"{camera}_camera.url"


def _encoded(scene: Frame) -> tuple[bytes, ...]:
    grains = (twin_scenes.with_noise(scene, seed) for seed in range(GRAINS))
    return tuple(cv2.imencode(".jpg", grain, (cv2.IMWRITE_JPEG_QUALITY, 88))[1].tobytes() for grain in grains)


def _encoded_scene(camera: str, scene: str) -> tuple[bytes, ...]:
    """Of a scene that moves, one picture a frame; the same in turn for ever."""
    acts = twin_scenes.MOVING[camera].get(scene, ((scene, GRAINS),))
    pictures = {name: _encoded(twin_scenes.SCENES[camera][name]()) for name, _ in acts}
    return tuple(pictures[name][number % GRAINS] for name, frames in acts for number in range(frames))


@dataclass
class _View:
    """What one camera sees, and its wire while plugged."""

    scene: str = "empty"
    code: str = ""
    symbology: str = ""
    silent: bool = False
    jpegs: tuple[bytes, ...] = ()
    stream: MjpegStream | None = None
    fault: Fault = field(default_factory=Fault)

    def part(self, number: int) -> bytes | None:
        return None if self.silent else self.fault.part(self.jpegs[number % len(self.jpegs)])


@dataclass(frozen=True)
class _Arguments:
    """A verb's arguments, each asked for by name; what nobody asked for is refused."""

    verb: str
    given: Mapping[str, str]

    def check(self) -> None:
        known = VERBS[self.verb]
        for name, value in self.given.items():
            if name not in known:
                raise UnknownVerb(f"{self.verb} has no argument {name!r}; known: {', '.join(known)}")
            allowed = known[name] if name != "camera" else None
            if allowed is not None and value not in allowed:
                raise UnknownVerb(f"{self.verb} knows no {name}={value!r}; known: {', '.join(allowed)}")

    @property
    def camera(self) -> str:
        camera = self.given.get("camera", "document")
        if camera not in CAMERAS:
            raise UnknownVerb(f"no camera {camera!r}; known: {', '.join(CAMERAS)}")
        return camera


class CameraTwin:
    """Verbs: see VERBS; each takes camera = document or face, document when not told. freeze and thaw are silent's
    older names."""

    name = "camera"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._folder: Path | None = None
        self._views = {camera: _View() for camera in CAMERAS}
        self._working = threading.RLock()  # the desk and a test may both work the twin
        self._verbs: Mapping[str, Callable[[_Arguments], None]] = {
            "show": self._show,
            "hold_code": self._hold_code,
            "remove_code": self._remove_code,
            "unplug": lambda asked: self._unplug(asked.camera),
            "plug": lambda asked: self._plug(asked.camera),
            "freeze": lambda asked: self._silence(asked.camera, True),
            "thaw": lambda asked: self._silence(asked.camera, False),
            "silent": lambda asked: self._silence(asked.camera, asked.given.get("on", "yes") == "yes"),
            "fault": self._arm,
            "delay": self._slow_down,
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
            state[f"{camera}_frozen"] = view.silent
            state[f"{camera}_fault"] = view.fault.kind
            state[f"{camera}_viewers"] = view.stream.viewers if view.stream else 0
            state[f"{camera}_scenes"] = [*twin_scenes.SCENES[camera], *twin_scenes.MOVING[camera]]
        return state

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        if verb not in self._verbs:
            raise UnknownVerb(f"the camera twin has no verb {verb!r}; known: {', '.join(self._verbs)}")
        asked = _Arguments(verb, arguments)
        asked.check()
        with self._working:
            self._verbs[verb](asked)

    def _show(self, arguments: _Arguments) -> None:
        camera, given = arguments.camera, arguments.given
        try:
            picture = twin_scenes.read_picture(Path(given["image"])) if "image" in given else None
        except ValueError as error:
            raise UnknownVerb(str(error)) from error
        scenes = [*twin_scenes.SCENES[camera], *twin_scenes.MOVING[camera]]
        scene = given.get("scene", "empty")
        if picture is None and scene not in scenes:
            raise UnknownVerb(f"the {camera} camera has no scene {scene!r}; known: {', '.join(scenes)}")
        view = self._views[camera]
        laid = _encoded_scene(camera, scene) if picture is None else _encoded(twin_scenes.draw_picture(picture))
        view.jpegs = laid
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

    def _silence(self, camera: str, silent: bool) -> None:
        self._views[camera].silent = silent

    def _arm(self, asked: _Arguments) -> None:
        kind = asked.given.get("kind", "none")
        self._views[asked.camera].fault.arm(kind, times_of(asked.given.get("times", ALWAYS)))

    def _slow_down(self, asked: _Arguments) -> None:
        try:
            every = round(float(asked.given.get("seconds", "0")) * RATE)
        except (ValueError, OverflowError) as error:
            raise UnknownVerb("delay seconds=… is a number of seconds between two pictures") from error
        self._views[asked.camera].fault.every = max(1, every)

    def _plug(self, camera: str) -> None:
        view = self._views[camera]
        if view.stream is not None or self._folder is None:
            return
        view.stream = MjpegStream(f"/{camera}.mjpg", view.part, self.clock)
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

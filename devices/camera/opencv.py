"""A camera through OpenCV: an index, /dev/videoN, a network stream's URL, or a `.url` file that holds one."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from devices.camera.contract import Challenge, FaceCheck, Frame, Still
from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    DeviceError,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.port_node import PortNode

if TYPE_CHECKING:
    from devices.camera.capture import Capture
    from devices.camera.mjpeg import MjpegCapture

SHARED = 0.030  # s; who asks again sooner gets the same frame, so that preview and decoder do not halve the rate
LIVENESS = ("none", "blink", "turn")
REST = 5.0  # s; a camera nobody looks through for so long is released: its lamp goes out, nobody is filmed unasked


@dataclass(frozen=True)
class Options:
    """`source`: 0, /dev/video0, http://… (MJPEG), rtsp://…, or a file that ends in .url and holds such a URL.

    `detector_model`, `recogniser_model`: ONNX files of YuNet and SFace, both or none; with them a face is compared
    with the card's portrait. `liveness`: none, blink or turn; what the person is asked to do before the picture of the
    face: a hint that somebody is there, no proof.
    """

    source: str | int
    width: int = 1280  # px, asked of a USB camera
    height: int = 720
    open_timeout: float = 3.0  # s
    read_timeout: float = 2.0  # s
    detector_model: str = ""
    recogniser_model: str = ""
    liveness: str = "none"

    def __post_init__(self) -> None:
        if self.liveness not in LIVENESS:
            raise ValueError(f"liveness = '{self.liveness}' is not known; known: {', '.join(LIVENESS)}")
        models = {"detector_model": self.detector_model, "recogniser_model": self.recogniser_model}
        given = {option: path for option, path in models.items() if path}
        if len(given) == 1:
            lacking = next(option for option in models if option not in given)
            raise ValueError(f"missing key '{lacking}': faces are compared with both models or with none")
        for option, path in given.items():
            if not Path(path).is_file():
                raise ValueError(f"{option} = {path}: there is no such file; check its path")
        if given:
            from devices.camera.comparison import check_models

            check_models(**given)


class OpenCvCamera:
    """`frame` may be called from several threads: preview and code reading share one document camera."""

    def __init__(self, name: str, options: Options, clock: Clock) -> None:
        self.name = name
        self._source = str(options.source)
        self._options = options
        self._clock = clock
        self._looking = threading.Lock()
        self._capture: Capture | MjpegCapture | None = None
        self._newest: Frame | None = None
        self._taken = 0.0
        self._opened = False
        self._node = PortNode(self._source)

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("Camera", "OpenCV video source", frozenset({"preview", "document", "face"}))

    def open(self) -> None:
        """Looks that the source is there; films nobody before a frame is wanted. Raises DeviceLost."""
        from devices.camera.presence import is_present

        self._node.note()
        if not is_present(self._source, self._options.open_timeout):
            raise DeviceLost(f"{self._source}: no camera there; check the cable")
        self._opened = True

    def close(self) -> None:
        with self._looking:
            self._opened = False
            self._release()

    def reset(self) -> None:
        """Opens the source anew. Raises DeviceLost, DeviceTimeout."""
        with self._looking:
            self._release()
        self.open()

    def cancel(self) -> None:
        """Nothing to do: no command outlasts its time limit of a few seconds."""

    def glance(self) -> bool:
        """Whether the node went, came or is another one; a network camera has none."""
        return self._node.changed

    def status(self) -> DeviceStatus:
        """Cheap; films nobody: looks whether the source is still there, and rests a camera not in use."""
        from devices.camera.presence import is_present

        self._node.note()
        present = is_present(self._source, self._options.open_timeout)
        with self._looking:
            if self._capture is not None and self._capture.idle > REST:
                self._release()
            if present:
                return DeviceStatus(DeviceState.ONLINE if self._opened else DeviceState.STARTING)
            self._release()
            return DeviceStatus(DeviceState.NO_DEVICE, f"{self._source}: no camera there", Action.CONFIGURE)

    def check_health(self, level: HealthLevel) -> HealthReport:
        """Beyond `STATUS` takes a picture and looks at its light."""
        from devices.camera.quality import light_problems

        try:
            findings = light_problems(self.frame()) if level is not HealthLevel.STATUS else ()
        except DeviceError as error:
            return HealthReport(level, False, (str(error),), error.action)
        status = self.status()
        healthy = status.state is DeviceState.ONLINE
        return HealthReport(level, healthy, findings if healthy else (status.message,), status.action)

    def frame(self) -> Frame:
        """The newest frame, (height, width, 3) BGR, read-only. Raises DeviceLost, DeviceTimeout."""
        with self._looking:
            if not self._opened:
                raise DeviceLost(f"{self.name} is not opened")
            if self._newest is not None and self._clock.monotonic() - self._taken < SHARED:
                return self._newest
            try:
                self._newest = self._live_capture().newest()
            except DeviceError:
                self._release()
                raise
            self._taken = self._clock.monotonic()
            return self._newest

    def take(self, purpose: str, seen: Callable[[Frame], None] | None = None) -> Still:
        """For `document` the sheet cut out and laid flat where one is found; for `face` the best of a burst."""
        if purpose == "document":
            from devices.camera.document_still import take_document

            return take_document(self.frame)
        from devices.camera.face_still import take_burst

        return take_burst(self.frame, self._clock, seen)

    def hints_for(self, purpose: str) -> Callable[[Frame], tuple[str, ...]]:
        if purpose == "document":
            from devices.camera.document_live import DocumentLook

            return DocumentLook(self._clock)
        from devices.camera.face_live import FaceLook

        return FaceLook(self._clock)

    def challenge(self) -> Challenge | None:
        if self._options.liveness == "none":
            return None
        from devices.camera.liveness import FaceChallenge

        return FaceChallenge(self._options.liveness, self._clock)

    @property
    def comparison(self) -> Callable[[Frame, Frame], FaceCheck] | None:
        if not self._options.detector_model:
            return None
        from devices.camera.comparison import FaceComparison

        return FaceComparison(self._options.detector_model, self._options.recogniser_model)

    def _live_capture(self) -> "Capture | MjpegCapture":
        from devices.camera.capture import PAUSE, is_network, url_in

        address = url_in(self._source)
        held = self._capture
        if held is not None and (held.address != address or (is_network(address) and held.idle > PAUSE)):
            self._release()
        if self._capture is None:
            self._capture = self._captured(address)
        return self._capture

    def _captured(self, address: str) -> "Capture | MjpegCapture":
        """A stream of JPEG pictures is read as such, at half the cost; whatever else there is goes to OpenCV."""
        from devices.camera.capture import Capture
        from devices.camera.mjpeg import MjpegCapture, NotMjpeg

        options = self._options
        limits = (options.open_timeout, options.read_timeout)
        if address.startswith("http://"):
            with contextlib.suppress(NotMjpeg):
                return MjpegCapture(address, limits, self._clock)
        return Capture(address, (options.width, options.height), limits, self._clock)

    def _release(self) -> None:
        if self._capture is not None:
            self._capture.close()
        self._capture, self._newest = None, None


def create(name: str, options: Options, clock: Clock) -> OpenCvCamera:
    return OpenCvCamera(name, options, clock)

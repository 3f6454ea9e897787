"""Reads codes held under another device's camera, looking the harder the more happens there."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.camera.contract import Camera
from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.scanner.contract import Code
from devices.scanner.intake import Intake

if TYPE_CHECKING:
    from devices.scanner.code_watch import CodeWatch

RHYTHM = 0.08  # s from one frame to the next, so that looking for codes leaves the processor to the screen
STILL_RHYTHM = 0.16  # s, the same where nothing has moved for a while: taking a frame costs more than looking at it


@dataclass(frozen=True)
class Options:
    """`camera`: the device whose frames are looked at."""

    camera: str = "document_camera"


class CameraCodes:
    """Opens and closes nothing: the camera is the hub's, and is only looked through."""

    def __init__(self, name: str, options: Options, clock: Clock, camera: Camera) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._camera = camera
        self._intake = Intake(clock)
        self._watch: CodeWatch | None = None
        self._cancelled = threading.Event()

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("BarcodeReader", f"codes in the frames of {self._options.camera}", frozenset({"camera"}))

    def open(self) -> None:
        """Loads the decoders, so that the first code does not wait for them."""
        self._watching()

    def close(self) -> None:
        """Waits for a look under way; the camera is left as it is."""
        if self._watch is not None:
            self._watch.close()

    def reset(self) -> None:
        """Forgets what was seen so far; the camera's own reset is the camera's. Raises DeviceLost."""
        self._watching().forget()
        self._intake = Intake(self._clock)
        status = self.status()
        if status.state is not DeviceState.ONLINE:
            raise DeviceLost(status.message or f"{self._options.camera} is not opened")

    def cancel(self) -> None:
        """Ends a wait with the next frame; where nobody waits, nothing."""
        self._cancelled.set()

    def glance(self) -> bool:
        """The camera's."""
        return self._camera.glance()

    def status(self) -> DeviceStatus:
        """The camera's."""
        return self._camera.status()

    def check_health(self, level: HealthLevel) -> HealthReport:
        """`INTERACTIVE` waits 10 s for somebody to hold up a code."""
        status = self.status()
        if status.state is not DeviceState.ONLINE:
            return HealthReport(level, False, (status.message,), status.action)
        if level is HealthLevel.INTERACTIVE and self.read_code(10) is None:
            return HealthReport(level, False, ("no code was seen within 10 s",), Action.CALL_MAINTENANCE)
        return HealthReport(level, True)

    def read_code(self, timeout: float) -> Code | None:
        """Waits up to `timeout` s for one code. Raises DeviceLost, DeviceTimeout, CommandCancelled."""
        self._cancelled.clear()
        started, watch = self._clock.monotonic(), self._watching()
        while True:
            begun = self._clock.monotonic()
            for code in watch.look(self._camera.frame()):
                if self._intake.admit(code.text) is not None:
                    return code  # another code in the same frame is still there in the next one
            if self._cancelled.is_set():
                raise CommandCancelled(f"{self.name}: reading was cancelled")
            now = self._clock.monotonic()
            if now - started >= timeout:
                return None
            rhythm = STILL_RHYTHM if watch.still else RHYTHM
            self._clock.sleep(max(0.0, rhythm - (now - begun)))

    def _watching(self) -> "CodeWatch":
        if self._watch is None:
            from devices.scanner.code_watch import CodeWatch

            self._watch = CodeWatch(self._clock)
        return self._watch


def create(name: str, options: Options, clock: Clock, camera: Camera) -> CameraCodes:
    return CameraCodes(name, options, clock, camera)

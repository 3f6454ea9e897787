"""Reads codes held under another device's camera: zxing-cpp on every frame, the whole cascade now and then."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.camera.contract import Camera
from devices.clock import Clock
from devices.device import (
    Action,
    Capabilities,
    CommandCancelled,
    DeviceState,
    DeviceStatus,
    HealthLevel,
    HealthReport,
)
from devices.scanner.contract import Code
from devices.scanner.intake import Intake

if TYPE_CHECKING:
    from devices.camera.contract import Frame

RHYTHM = 0.08  # s from one decoded frame to the next, so that looking for codes leaves the processor to the screen


@dataclass(frozen=True)
class Options:
    """`camera`: the device whose frames are looked at; `cascade_each`: frames from one full try to the next."""

    camera: str = "document_camera"
    cascade_each: int = 5


class CameraCodes:
    """Opens and closes nothing: the camera is the hub's, and is only looked through."""

    def __init__(self, name: str, options: Options, clock: Clock, camera: Camera) -> None:
        self.name = name
        self._options = options
        self._clock = clock
        self._camera = camera
        self._intake = Intake(clock)
        self._frames = 0
        self._cancelled = threading.Event()

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities("BarcodeReader", f"codes in the frames of {self._options.camera}", frozenset({"camera"}))

    def open(self) -> None:
        """Loads the decoders, so that the first code does not wait for them."""
        import devices.scanner.decode  # noqa: F401

    def close(self) -> None:
        """Nothing to do."""

    def reset(self) -> None:
        """Nothing to do: no frame is kept."""

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
        started = self._clock.monotonic()
        while True:
            begun = self._clock.monotonic()
            for code in self._look(self._camera.frame()):
                if self._intake.admit(code.text) is not None:
                    return code  # another code in the same frame is still there in the next one
            if self._cancelled.is_set():
                raise CommandCancelled(f"{self.name}: reading was cancelled")
            now = self._clock.monotonic()
            if now - started >= timeout:
                return None
            self._clock.sleep(max(0.0, RHYTHM - (now - begun)))

    def _look(self, frame: "Frame") -> tuple[Code, ...]:
        from devices.scanner.decode import decode, decode_fast

        self._frames += 1
        thorough = self._frames % max(1, self._options.cascade_each) == 0
        return decode(frame) if thorough else decode_fast(frame)


def create(name: str, options: Options, clock: Clock, camera: Camera) -> CameraCodes:
    return CameraCodes(name, options, clock, camera)

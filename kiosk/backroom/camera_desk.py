"""Live pictures while a page shows them, and stills when it asks; a picture that is late is dropped, never queued."""

import threading
from collections import deque
from collections.abc import Callable, Sequence

from devices.camera.contract import Frame, Still
from devices.clock import Clock
from devices.device import CommandCancelled, DeviceError, DeviceState
from devices.hub import Hub
from kiosk.backroom.messages import CaptureFailed, FromBackroom, PreviewFrame, StillTaken, TakeStill
from kiosk.backroom.rounds import Rounds

FRAME_INTERVAL = 1 / 12  # s; enough to hold a paper still by, and leaves the processor to the screen
HINTS_EVERY = 4  # frames
FRAME_LIMIT = 6.0  # s
STILL_LIMIT = 8.0  # s
LOST_PAUSE = 0.5  # s; the hub looks again in the meantime

Send = Callable[[FromBackroom, bytes], None]


class CameraDesk:
    """`offer` takes pictures that may be dropped, `send` the stills that were asked for."""

    def __init__(self, hub: Hub, cameras: Sequence[str], clock: Clock, send: Send, offer: Send) -> None:
        self._hub = hub
        self._cameras = cameras
        self._clock = clock
        self._send = send
        self._offer = offer
        self._lock = threading.Lock()
        self._shown = ""  # face or document; empty: no page shows a picture
        self._orders: deque[TakeStill] = deque()
        self._frames = 0
        self._hints: tuple[str, ...] = ()
        self._rounds = Rounds("camera", self._turn)

    def start(self) -> None:
        self._rounds.start()

    def preview(self, purpose: str) -> None:
        with self._lock:
            self._shown, self._frames, self._hints = purpose, 0, ()
        self._rounds.wake()

    def take(self, order: TakeStill) -> None:
        self._orders.append(order)
        self._rounds.wake()

    def leave(self) -> None:
        with self._lock:
            self._shown = ""
            self._orders.clear()

    def stop(self) -> None:
        self.leave()
        self._rounds.stop()

    def _turn(self) -> float | None:
        if self._orders:
            self._take(self._orders.popleft())
            return 0.0
        purpose = self._shown
        name = self._name(purpose)
        if not purpose or name is None:
            return None
        if self._hub.status(name).state is not DeviceState.ONLINE:
            return 0.2
        begun = self._clock.monotonic()
        try:
            frame: Frame = self._hub.run(name, lambda camera: camera.frame(), FRAME_LIMIT)
        except CommandCancelled:
            return 0.0
        except DeviceError:
            return LOST_PAUSE
        self._show(purpose, frame)
        return max(0.0, FRAME_INTERVAL - (self._clock.monotonic() - begun))

    def _show(self, purpose: str, frame: Frame) -> None:
        from devices.camera.still import hints, preview_jpeg

        if self._frames % HINTS_EVERY == 0:
            self._hints = hints(frame, purpose)
        self._frames += 1
        jpeg = preview_jpeg(frame)
        with self._lock:
            if self._shown == purpose:
                self._offer(PreviewFrame(camera=purpose, hints=self._hints), jpeg)

    def _take(self, order: TakeStill) -> None:
        name = self._name(order.camera)
        if name is None:
            self._send(CaptureFailed(request=order.request, code="deviceNotReady"), b"")
            return
        try:
            still: Still = self._hub.run(name, lambda camera: camera.take(order.camera), STILL_LIMIT)
        except DeviceError as error:
            self._send(CaptureFailed(request=order.request, code=error.code), b"")
            return
        self._send(StillTaken(request=order.request, problems=still.problems), still.jpeg)

    def _name(self, purpose: str) -> str | None:
        """`face_camera` for face; the only camera where there is but one."""
        wanted = f"{purpose}_camera"
        if wanted in self._cameras:
            return wanted
        return self._cameras[0] if len(self._cameras) == 1 else None

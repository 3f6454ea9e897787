"""Live pictures while a page shows them, and stills when it asks; a picture that is late is dropped, never queued."""

import base64
import threading
from collections import deque
from collections.abc import Callable, Sequence

from devices.camera.contract import Camera, Challenge, Frame, Still
from devices.clock import Clock
from devices.device import CommandCancelled, DeviceError, DeviceState
from devices.hub import Hub
from kiosk.backroom.hint_watch import HintWatch, Look
from kiosk.backroom.likeness import Compare, Likeness
from kiosk.backroom.rounds import Rounds
from kiosk.memory import hold_pictures
from kiosk.messages.from_backroom import CaptureFailed, FromBackroom, PreviewFrame, StillTaken
from kiosk.messages.live_picture import LivePicture, pack
from kiosk.messages.to_backroom import TakeStill

FRAME_INTERVAL = 1 / 25  # s
FRAME_LIMIT = 6.0  # s
STILL_LIMIT = 8.0  # s
_JPEG = "data:image/jpeg;base64,"
CHALLENGE_LIMIT = 8.0  # s; then it goes on, and staff are told
LOST_PAUSE = 0.5  # s; the hub looks again in the meantime

Send = Callable[[FromBackroom, bytes], None]


class CameraDesk:
    """`offer` takes pictures that may be dropped, `send` the stills that were asked for."""

    def __init__(
        self, hub: Hub, cameras: Sequence[str], clock: Clock, likeness: Likeness, send: Send, offer: Send
    ) -> None:
        self._hub = hub
        self._cameras = cameras
        self._clock = clock
        self._likeness = likeness
        self._send = send
        self._offer = offer
        self._lock = threading.Lock()
        self._shown = ""  # face or document; empty: no page shows a picture
        self._leavings = 0  # pages left so far
        self._orders: deque[TakeStill] = deque()
        self._next = 0.0  # when the next picture is due
        self._filming = False
        self._watch = HintWatch(clock)
        self._watched = ""  # the purpose that the watch looks for
        self._rounds = Rounds("camera", self._turn)

    def start(self) -> None:
        self._rounds.start()
        self._watch.start()

    def preview(self, purpose: str) -> None:
        with self._lock:
            self._shown, self._watched = purpose, ""
        self._rounds.wake()

    def take(self, order: TakeStill) -> None:
        self._orders.append(order)
        self._rounds.wake()

    def leave(self) -> None:
        with self._lock:
            self._shown = self._watched = ""
            self._leavings += 1
            self._orders.clear()
        self._watch.begin(None)
        self._rounds.wake()

    def stop(self) -> None:
        self.leave()
        self._rounds.stop()
        self._watch.stop()

    def _turn(self) -> float | None:
        if self._orders:
            self._take(self._orders.popleft())
            return 0.0
        purpose = self._shown
        name = self._name(purpose)
        self._hold(bool(purpose and name))
        if not purpose or name is None:
            return None
        if self._hub.status(name).state is not DeviceState.ONLINE:
            return 0.2
        try:
            self._begin_watch(purpose, name)
            frame: Frame = self._hub.run(name, lambda camera: camera.frame(), FRAME_LIMIT)
        except CommandCancelled:
            return 0.0
        except DeviceError:
            return LOST_PAUSE
        self._show(purpose, frame)
        return self._pause()

    def _hold(self, filming: bool) -> None:
        """Between previews the backroom keeps nothing of them."""
        if filming == self._filming:
            return
        self._filming = filming
        hold_pictures(filming)
        if filming:
            import cv2

            cv2.setNumThreads(1)  # a second thread spins while it waits, and brings nothing at this size

    def _pause(self) -> float:
        """Until the next picture is due; what was missed is not made up for."""
        now = self._clock.monotonic()
        self._next = max(self._next + FRAME_INTERVAL, now)
        return self._next - now

    def _begin_watch(self, purpose: str, name: str) -> None:
        if self._watched == purpose:
            return
        camera: Camera = self._hub.run(name, lambda camera: camera, FRAME_LIMIT)
        look: Look = camera.hints_for(purpose)
        with self._lock:
            if self._shown == purpose:
                self._watched = purpose
                self._watch.begin(look)

    def _show(self, purpose: str, frame: Frame, asked: str = "") -> None:
        """`asked` of the person takes the place of advice."""
        from devices.camera.preview import small_picture

        if not asked:
            self._watch.offer(frame)
        small = small_picture(frame, purpose)
        blob = pack(LivePicture(small.shape[1], small.shape[0], small.tobytes()))
        with self._lock:
            if self._shown == purpose:
                self._offer(PreviewFrame(camera=purpose, hints=(asked,) if asked else self._watch.hints), blob)

    def _take(self, order: TakeStill) -> None:
        name = self._name(order.camera)
        if name is None:
            self._send(CaptureFailed(request=order.request, code="deviceNotReady"), b"")
            return

        def seen(frame: Frame) -> None:
            self._show(order.camera, frame)

        def job(camera: Camera) -> tuple[Still, Compare | None]:
            return camera.take(order.camera, seen), camera.comparison

        leavings = self._leavings
        try:
            shown = self._challenged(order, name)
            if leavings != self._leavings:
                return
            still, compare = self._hub.run(name, job, STILL_LIMIT)
        except DeviceError as error:
            self._send(CaptureFailed(request=order.request, code=error.code), b"")
            return
        self._told(order, still, compare, shown)

    def _challenged(self, order: TakeStill, name: str) -> str:
        """Whether the person did what the camera's section asks for; empty where it asks for nothing."""
        challenge = self._hub.run(name, _challenge, FRAME_LIMIT) if order.camera == "face" else None
        if challenge is None:
            return ""
        until, leavings = self._clock.monotonic() + CHALLENGE_LIMIT, self._leavings
        while self._clock.monotonic() < until and leavings == self._leavings:
            frame: Frame = self._hub.run(name, lambda camera: camera.frame(), FRAME_LIMIT)
            self._show(order.camera, frame, challenge.asked)
            if challenge(frame):
                return f"{challenge.asked} shown"
            self._clock.sleep(self._pause())
        return f"{challenge.asked} not shown"

    def _told(self, order: TakeStill, still: Still, compare: Compare | None, shown: str) -> None:
        def told(compared: str) -> None:
            face_check = "" if still.problems else "; ".join(part for part in (compared, shown) if part)
            small = f"{_JPEG}{base64.b64encode(still.thumbnail).decode()}" if still.thumbnail else ""
            problems = still.problems
            taken = StillTaken(request=order.request, problems=problems, face_check=face_check, thumbnail=small)
            self._send(taken, still.jpeg)

        if order.camera == "face" and not still.problems:
            self._likeness.check(still.jpeg, compare, told)
        else:
            told("")

    def _name(self, purpose: str) -> str | None:
        """`face_camera` for face; the only camera where there is but one."""
        wanted = f"{purpose}_camera"
        if wanted in self._cameras:
            return wanted
        return self._cameras[0] if len(self._cameras) == 1 else None


def _challenge(camera: Camera) -> Challenge | None:
    return camera.challenge()

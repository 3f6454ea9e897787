"""One open OpenCV video source: bounded in time, silent on stderr, and never showing the past."""

import os
from pathlib import Path

from devices.camera.contract import Frame
from devices.clock import Clock
from devices.device import DeviceLost, DeviceTimeout

# OpenCV reads these when it is loaded and when it opens a source; what an integrator has set stays.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "fflags;nobuffer|flags;low_delay|threads;1")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")  # s; V4L2 knows no time limit per source

import cv2

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

WAITED = 0.010  # s; a grab that took longer had to wait for the camera, so it is at the live edge
MOST_STALE = 30  # frames thrown away in one go
PAUSE = 1.0  # s; a network stream nobody read for so long is opened anew instead of caught up with


def is_network(source: str) -> bool:
    return "://" in source


def url_in(source: str) -> str:
    """What to open: a `.url` file's one line, else the source itself. Raises DeviceLost."""
    if not source.endswith(".url") or is_network(source):
        return source
    try:
        return Path(source).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DeviceLost(f"{source}: no camera there; check the cable") from error


class Capture:
    """Raises DeviceLost where nothing can be opened, DeviceTimeout where the source stays silent."""

    def __init__(self, address: str, size: tuple[int, int], limits: tuple[float, float], clock: Clock) -> None:
        self.address = address
        self._limits = limits  # s; to open, to read one frame
        self._clock = clock
        started = clock.monotonic()
        self._video = self._opened(size)
        self._last = clock.monotonic()
        if not self._video.isOpened():
            self._fail(started, limits[0])

    def _opened(self, size: tuple[int, int]) -> cv2.VideoCapture:
        opening, reading = (round(limit * 1000) for limit in self._limits)
        if is_network(self.address):
            timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, opening, cv2.CAP_PROP_READ_TIMEOUT_MSEC, reading]
            return cv2.VideoCapture(self.address, cv2.CAP_FFMPEG, timeouts)
        place = int(self.address) if self.address.isdigit() else self.address
        try:
            video = cv2.VideoCapture(place, cv2.CAP_V4L2)
        except cv2.error as error:
            raise DeviceLost(f"{self.address}: cannot be opened as a camera") from error
        wanted = {
            cv2.CAP_PROP_FOURCC: cv2.VideoWriter.fourcc(*"MJPG"),  # raw pictures of this size do not fit through USB 2
            cv2.CAP_PROP_FRAME_WIDTH: size[0],
            cv2.CAP_PROP_FRAME_HEIGHT: size[1],
            cv2.CAP_PROP_BUFFERSIZE: 1,
        }
        for setting, value in wanted.items():
            if video.isOpened():
                video.set(setting, value)  # a camera without it keeps what it has
        return video

    def close(self) -> None:
        self._video.release()

    @property
    def idle(self) -> float:
        """Seconds since the last frame."""
        return self._clock.monotonic() - self._last

    def newest(self) -> Frame:
        """Throws away what had queued up while nobody looked, then decodes the frame at the live edge."""
        for _ in range(MOST_STALE):
            started = self._clock.monotonic()
            if not self._video.grab():
                self._fail(started, self._limits[1])
            if self._clock.monotonic() - started > WAITED:
                break
        decoded, frame = self._video.retrieve()
        if not decoded or frame is None or frame.ndim != 3:
            self._fail(self._clock.monotonic(), self._limits[1])
        self._last = self._clock.monotonic()
        frame.flags.writeable = False  # two threads may look at the same frame
        return frame  # type: ignore[return-value]  # cv2's stubs know no dtype

    def _fail(self, started: float, limit: float) -> None:
        self.close()
        if self._clock.monotonic() - started > 0.9 * limit:
            raise DeviceTimeout(f"{self.address}: the camera sends no picture")
        raise DeviceLost(f"{self.address}: no camera answers; check the cable and `source`")

"""Keeps one device: opens it, watches it, opens it again, and gives it one command at a time, all on one thread."""

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from devices.clock import Clock
from devices.device import (
    Action,
    CommandCancelled,
    Device,
    DeviceError,
    DeviceLost,
    DeviceState,
    DeviceStatus,
    DeviceTimeout,
    StatusListener,
)

WATCH_INTERVAL = 0.7  # s between two status polls of an idle device
LATEST_POLL = 1.5  # s a poll waits at most for commands that keep coming
REOPEN_INTERVAL = 0.3  # s between two tries to open a lost device
REMOVAL_DEBOUNCE = 0.5  # s a device has to be away before anyone is told
OWN_LIMIT = 15.0  # s for an open or a status poll; a driver's own limits are far shorter
GRACE = 1.5  # s a cancelled command has to end
NUDGE = 0.1  # s between two cancels of a command that goes on

AWAY = (DeviceState.OFFLINE, DeviceState.NO_DEVICE)


@dataclass
class Job:
    """One command: `function` gets the device; `done` is set when `result` or `error` is there."""

    function: Callable[[Any], object]
    until: float
    done: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)
    result: object = None
    error: BaseException | None = None


class Keeper:
    """`on_status` hears changes only, from this keeper's thread or the caller's, one at a time."""

    def __init__(self, name: str, device: Device, clock: Clock, on_status: StatusListener) -> None:
        self.name = name
        self.device = device
        self.status = DeviceStatus(DeviceState.STARTING)
        self._clock = clock
        self._on_status = on_status
        self._telling = threading.RLock()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._current: Job | None = None
        self._busy_until: float | None = None  # when the call under way is overdue
        self._is_open = False
        self._away_since: float | None = None
        self._poll_at = clock.monotonic()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"keeper {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Cancels what is under way, closes the device; a call that never returns stays behind on its daemon thread."""
        self._stopping.set()
        self.cancel()
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(GRACE)

    def cancel(self) -> None:
        """Ends the command under way; the caller of `run` gets CommandCancelled."""
        job = self._current
        if job is not None:
            job.cancelled.set()
            self.device.cancel()

    def run(self, function: Callable[[Any], object], timeout: float) -> object:
        """Raises what `function` raises; DeviceTimeout after `timeout` s; CommandCancelled."""
        if self._overdue():
            raise DeviceTimeout(f"{self.name}: an earlier command never returned; restart the terminal program")
        job = Job(function, self._clock.monotonic() + timeout)
        self._jobs.put(job)
        self._wait_for(job)
        if job.error is not None:
            raise job.error
        return job.result

    def look_at_clock(self) -> None:
        """Called now and then by the hub: a call that is overdue makes the device known as broken."""
        if self._overdue():
            words = "a call to its driver does not return; restart the terminal program"
            self._tell(DeviceStatus(DeviceState.HARDWARE_ERROR, words, Action.CALL_MAINTENANCE))

    def _wait_for(self, job: Job) -> None:
        while not job.done.wait(NUDGE):
            late = self._clock.monotonic() - job.until
            if late > 0:
                job.cancelled.set()
            if job.cancelled.is_set() and self._current is job:
                self.device.cancel()
            if self._stopping.is_set():
                raise CommandCancelled(f"{self.name}: the terminal program is ending")
            if late > GRACE:
                raise DeviceTimeout(f"{self.name}: the command did not end within its time")
        if isinstance(job.error, CommandCancelled) and self._clock.monotonic() > job.until:
            raise DeviceTimeout(f"{self.name}: the command did not end within its time") from job.error

    def _overdue(self) -> bool:
        until = self._busy_until
        return until is not None and self._clock.monotonic() > until + GRACE

    def _keep(self) -> None:
        while not self._stopping.is_set():
            job = self._next_job()
            if job is not None:
                self._do(job)
            if self._clock.monotonic() >= self._poll_at + (LATEST_POLL if job else 0.0):
                self._poll()
                self._poll_at = self._clock.monotonic() + self._pause()
        self._close()

    def _next_job(self) -> Job | None:
        pause = self._poll_at - self._clock.monotonic()
        try:
            return self._jobs.get(timeout=pause) if pause > 0 else self._jobs.get_nowait()
        except queue.Empty:
            return None

    def _pause(self) -> float:
        """Until the next poll; shorter while an absence is not yet told, so that it is told in time."""
        if self._away_since is not None and self.status.state not in AWAY:
            return 0.1
        return WATCH_INTERVAL if self._is_open else REOPEN_INTERVAL

    def _do(self, job: Job) -> None:
        self._current, self._busy_until = job, job.until
        try:
            if job.cancelled.is_set():
                raise CommandCancelled(f"{self.name}: cancelled before it began")
            self._open()
            job.result = job.function(self.device)
        except DeviceLost as error:
            job.error = error
            self._lose(error)
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller, on whose thread it is raised again
            job.error = error
        finally:
            self._current = self._busy_until = None
            job.done.set()

    def _poll(self) -> None:
        self._busy_until = self._clock.monotonic() + OWN_LIMIT
        try:
            self._open()
            status = self.device.status()
        except DeviceLost as error:
            self._lose(error)
            return
        except DeviceError as error:
            status = DeviceStatus(DeviceState.HARDWARE_ERROR, str(error), error.action)
        except Exception as error:  # noqa: BLE001 - a driver's mistake costs its own device only
            words = f"the driver failed ({type(error).__name__})"
            status = DeviceStatus(DeviceState.HARDWARE_ERROR, words, Action.CALL_MAINTENANCE)
        finally:
            self._busy_until = None
        self._heard(status)

    def _open(self) -> None:
        if not self._is_open:
            self.device.open()
            self._is_open = True

    def _close(self) -> None:
        self._is_open = False
        with contextlib.suppress(Exception):  # closing what is gone already
            self.device.close()

    def _lose(self, error: DeviceLost) -> None:
        self._close()
        self._poll_at = self._clock.monotonic()
        self._heard(DeviceStatus(DeviceState.OFFLINE, str(error), error.action))

    def _heard(self, status: DeviceStatus) -> None:
        """Tells a presence at once, an absence when it lasts; the first thing heard is told either way."""
        now = self._clock.monotonic()
        if status.state not in AWAY:
            self._away_since = None
        elif self._away_since is None:
            self._away_since = now
        fresh = self.status.state in (DeviceState.STARTING, *AWAY)
        if self._away_since is None or fresh or now - self._away_since >= REMOVAL_DEBOUNCE:
            self._tell(status)

    def _tell(self, status: DeviceStatus) -> None:
        with self._telling:
            if status != self.status:
                self.status = status
                self._on_status(self.name, status)

"""Keeps one device: opens it, watches it, opens it again, and gives it one command at a time, all on one thread."""

import contextlib
import queue
import threading
from collections.abc import Callable
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
from devices.job import Job

GLANCE_INTERVAL = 0.05  # s between two glances at an idle device
WATCH_INTERVAL = 0.25  # s between two status polls of an idle device; what no glance shows is known this soon
LATEST_POLL = 1.5  # s a poll waits at most for commands that keep coming
REOPEN_INTERVAL = 0.3  # s between two tries to open a lost device whose node nobody saw come
REMOVAL_DEBOUNCE = 0.18  # s a device has to be away before anyone is told; a loose contact lasts 100 to 150 ms
OWN_LIMIT = 10.0  # s for an open or a status poll; a driver's own limits are far shorter
GRACE = 1.5  # s a cancelled command has to end
NUDGE = 0.1  # s between two cancels of a command that goes on

AWAY = (DeviceState.OFFLINE, DeviceState.NO_DEVICE)
UNSEEN = DeviceStatus(DeviceState.STARTING)


def _nobody() -> None:
    """Nobody listens."""


class Keeper:
    """`on_status` hears changes only, from this keeper's thread or the caller's, one at a time.

    `on_notice` is called as soon as something may be going on, before it is certain enough to be told.
    """

    def __init__(
        self,
        name: str,
        device: Device,
        clock: Clock,
        on_status: StatusListener,
        on_notice: Callable[[], None] = _nobody,
        first: DeviceStatus = UNSEEN,
    ) -> None:
        self.name = name
        self.device = device
        self.status = first
        self._clock = clock
        self._on_status = on_status
        self._on_notice = on_notice
        self._telling = threading.RLock()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._waiting: set[Job] = set()
        self._current: Job | None = None
        self._busy_until: float | None = None  # when the call under way is overdue
        self._is_open = self._looked = False
        self._away_since: float | None = None
        self._poll_at = clock.monotonic()
        self._poked = False
        self._stopping = threading.Event()
        self._abandoned = False
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

    def abandon(self) -> None:
        """Lets go of a call that never returns: nothing it still does is heard of, its port is closed under it."""
        self._abandoned = True
        self._stopping.set()
        for job in tuple(self._waiting):
            job.fail(DeviceTimeout(f"{self.name}: an earlier command never returned; its driver is started anew"))
        threading.Thread(target=self._close, name=f"abandoned {self.name}", daemon=True).start()

    def poke(self) -> None:
        """Asks for a status poll at the next occasion; from any thread."""
        self._poked = True

    def cancel(self) -> None:
        """Ends the command under way and those that wait; the callers of `run` get CommandCancelled."""
        for job in tuple(self._waiting):
            job.cancelled.set()
        if self._current is not None:
            self._cancel_device()

    def run(self, function: Callable[[Any], object], timeout: float) -> object:
        """Raises what `function` raises; DeviceTimeout after `timeout` s; CommandCancelled."""
        if self.overdue_for > 0:
            raise DeviceTimeout(f"{self.name}: an earlier command never returned; {self.status.message}")
        job = Job(function, self._clock.monotonic() + timeout)
        self._waiting.add(job)
        try:
            self._jobs.put(job)
            self._wait_for(job)
        finally:
            self._waiting.discard(job)
        if job.error is not None:
            raise job.error
        return job.result

    @property
    def overdue_for(self) -> float:
        """s since the call under way should have been over, its grace included; at most 0 where all is well."""
        until = self._busy_until
        return 0.0 if until is None else self._clock.monotonic() - until - GRACE

    def tell_stuck(self, words: str) -> None:
        """A call that does not return makes the device known as broken."""
        self._tell(DeviceStatus(DeviceState.HARDWARE_ERROR, words, Action.CALL_MAINTENANCE))

    def _wait_for(self, job: Job) -> None:
        while not job.done.wait(NUDGE):
            late = self._clock.monotonic() - job.until
            if late > 0:
                job.cancelled.set()
            if job.cancelled.is_set() and self._current is job:
                self._cancel_device()
            if self._stopping.is_set() and not self._abandoned:
                raise CommandCancelled(f"{self.name}: the terminal program is ending")
            if late > GRACE:
                raise DeviceTimeout(f"{self.name}: the command did not end within its time")
        if isinstance(job.error, CommandCancelled) and self._clock.monotonic() > job.until:
            raise DeviceTimeout(f"{self.name}: the command did not end within its time") from job.error

    def _cancel_device(self) -> None:
        with contextlib.suppress(Exception):  # a driver's mistake costs its own device only
            self.device.cancel()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            job = self._next_job()
            slow = job is not None and self._do(job)
            if slow or self._is_due(working=job is not None):
                self._poked = False
                self._poll()
                self._poll_at = self._clock.monotonic() + self._pause()
        self._close()

    def _next_job(self) -> Job | None:
        pause = min(self._poll_at - self._clock.monotonic(), GLANCE_INTERVAL)
        try:
            return self._jobs.get(timeout=pause) if pause > 0 else self._jobs.get_nowait()
        except queue.Empty:
            return None

    def _is_due(self, *, working: bool) -> bool:
        late = self._clock.monotonic() - self._poll_at
        return self._poked or late >= (LATEST_POLL if working else 0.0) or self._glance()

    def _glance(self) -> bool:
        try:
            return self.device.glance()
        except Exception:  # noqa: BLE001 - a driver's mistake costs its own device only: it is asked in its turn
            return False

    def _pause(self) -> float:
        """Until the next poll; an absence that is not yet told is looked at again just when it is to be told."""
        if self._away_since is not None and self.status.state not in AWAY:
            return max(0.01, self._away_since + REMOVAL_DEBOUNCE - self._clock.monotonic())
        return WATCH_INTERVAL if self._is_open else REOPEN_INTERVAL

    def _do(self, job: Job) -> bool:
        """Whether it took so long that the device is to be looked at again."""
        self._current, self._busy_until = job, job.until
        begun = self._clock.monotonic()
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
        return self._clock.monotonic() - begun > WATCH_INTERVAL

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
        if status.state is DeviceState.OFFLINE:
            self._close()  # a driver may have lost its port within a command; it is opened anew by the next poll
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
            if self.status.state in AWAY:
                self._on_notice()
        elif self._away_since is None:
            self._away_since = now
            self._on_notice()
        fresh = not self._looked or self.status.state in AWAY
        self._looked = True
        if self._away_since is None or fresh or now - self._away_since >= REMOVAL_DEBOUNCE:
            self._tell(status)

    def _tell(self, status: DeviceStatus) -> None:
        with self._telling:
            if status != self.status and not self._abandoned:
                self.status = status
                self._on_status(self.name, status)

"""The hub owns a terminal's devices: opened, watched, opened again when they come back, commanded one at a time."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from devices.clock import Clock
from devices.device import Device, DeviceStatus, StatusListener
from devices.keeper import Keeper

LOOK_INTERVAL = 0.5  # s between two looks for calls that do not return

Result = TypeVar("Result")


class Hub:
    """Each device lives on a daemon thread of its own: a driver that never returns costs that device and no other.

    `on_status(name, status)` hears changes only, on those threads; it returns quickly.
    """

    def __init__(self, devices: Mapping[str, Device], clock: Clock, on_status: StatusListener) -> None:
        self._keepers = {name: Keeper(name, device, clock, on_status) for name, device in devices.items()}
        self._stopping = threading.Event()
        self._looking = threading.Thread(target=self._look, name="hub", daemon=True)

    def start(self) -> None:
        """Returns at once; the devices open in the background."""
        for keeper in self._keepers.values():
            keeper.start()
        self._looking.start()

    def stop(self) -> None:
        """Cancels commands under way and closes the devices."""
        self._stopping.set()
        for keeper in self._keepers.values():
            keeper.stop()
        if self._looking.ident is not None:
            self._looking.join()

    def run(self, name: str, function: Callable[[Any], Result], timeout: float) -> Result:
        """`function(device)` on the device's own thread, after the commands before it; blocks until it is done.

        `timeout` in s, waiting included. Raises what the function raises (DeviceLost where the device is away),
        DeviceTimeout, CommandCancelled, and KeyError for a device that is not configured.
        """
        return cast(Result, self._keepers[name].run(function, timeout))

    def cancel(self, name: str) -> None:
        """Ends the device's command under way, if there is one; from any thread."""
        self._keepers[name].cancel()

    def status(self, name: str) -> DeviceStatus:
        """The last known; STARTING until the device was looked at for the first time."""
        return self._keepers[name].status

    def statuses(self) -> dict[str, DeviceStatus]:
        return {name: keeper.status for name, keeper in self._keepers.items()}

    def _look(self) -> None:
        while not self._stopping.wait(LOOK_INTERVAL):
            for keeper in self._keepers.values():
                keeper.look_at_clock()

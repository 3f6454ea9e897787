"""The hub owns a terminal's devices: opened, watched, opened again when they come back, commanded one at a time."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from devices.clock import Clock
from devices.device import Capabilities, Device, DeviceStatus, StatusListener
from devices.keeper import Keeper

LOOK_INTERVAL = 0.5  # s between two looks for calls that do not return
PATIENCE = 5.0  # s a call that does not return is still waited for before its driver is started anew
MOST_RENEWALS = 3  # per device and run; each leaves a thread behind, and a fourth would not help either

Result = TypeVar("Result")
Renew = Callable[[str], Mapping[str, Device]]


class Hub:
    """Each device lives on a daemon thread of its own: a driver that never returns costs that device and no other.

    `on_status(name, status)` hears changes only, on those threads; it returns quickly. `renew(name)` builds the device
    anew, and those that look through it, or nothing:
    a driver that never returns is left behind, and the new one takes its place.
    """

    def __init__(
        self,
        devices: Mapping[str, Device],
        clock: Clock,
        on_status: StatusListener,
        renew: Renew | None = None,
    ) -> None:
        self._clock = clock
        self._on_status = on_status
        self._renew = renew
        self._renewals: Counter[str] = Counter()
        self._keepers = {name: self._keeper(name, device) for name, device in devices.items()}
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
        if self._looking.ident is not None:
            self._looking.join()
        for keeper in self._keepers.values():
            keeper.stop()

    def run(self, name: str, function: Callable[[Any], Result], timeout: float) -> Result:
        """`function(device)` on the device's own thread, after the commands before it; blocks until it is done.

        `timeout` in s, waiting included. Raises what the function raises (DeviceLost where the device is away),
        DeviceTimeout, CommandCancelled, and KeyError for a device that is not configured.
        """
        return cast(Result, self._keepers[name].run(function, timeout))

    def cancel(self, name: str) -> None:
        """Ends the device's commands, the one under way and those that wait for it; from any thread."""
        self._keepers[name].cancel()

    def status(self, name: str) -> DeviceStatus:
        """The last known; STARTING until the device was looked at for the first time."""
        return self._keepers[name].status

    def capabilities(self, name: str) -> Capabilities:
        return self._keepers[name].device.capabilities

    def statuses(self) -> dict[str, DeviceStatus]:
        return {name: keeper.status for name, keeper in self._keepers.items()}

    def _keeper(self, name: str, device: Device, **first: DeviceStatus) -> Keeper:
        return Keeper(name, device, self._clock, self._on_status, lambda: self._poke_others(name), **first)

    def _poke_others(self, name: str) -> None:
        """One cable or plug may carry several devices, and one device may look through another."""
        for other, keeper in self._keepers.items():
            if other != name:
                keeper.poke()

    def _look(self) -> None:
        while not self._stopping.wait(LOOK_INTERVAL):
            for name, keeper in tuple(self._keepers.items()):
                if keeper.overdue_for > 0:
                    self._deal_with(name, keeper)

    def _deal_with(self, name: str, stuck: Keeper) -> None:
        renewable = self._renew is not None and self._renewals[name] < MOST_RENEWALS
        way_out = "its driver is started anew" if renewable else "restart the terminal program"
        stuck.tell_stuck(f"a call to its driver does not return; {way_out}")
        if renewable and self._renew is not None and stuck.overdue_for > PATIENCE:
            fresh = self._renew(name)
            self._renewals[name] += 1 if fresh else MOST_RENEWALS
            for other, device in fresh.items():
                self._replace(other, device)

    def _replace(self, name: str, device: Device) -> None:
        before = self._keepers[name]
        before.abandon()
        keeper = self._keeper(name, device, first=before.status)
        self._keepers[name] = keeper
        keeper.start()

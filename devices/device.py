"""What every device has in common: XFS4IoT states, capabilities, health, one tree of errors that carry an action."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class DeviceState(StrEnum):
    """XFS4IoT Common.Status `device`."""

    ONLINE = "online"
    OFFLINE = "offline"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    BUSY = "busy"
    STARTING = "starting"


class Action(StrEnum):
    """What to do about an error: drives the citizen's words, the technician's hint and the center's alert."""

    RETRY = "retry"
    RESET = "reset"
    CLEAR = "clear"
    REFILL = "refill"
    CONFIGURE = "configure"
    CALL_MAINTENANCE = "callMaintenance"
    SUSPEND = "suspend"


class HealthLevel(StrEnum):
    """How far check_health goes: ask the device, exercise it unseen, or with a person watching."""

    STATUS = "status"
    SELF_TEST = "selfTest"
    INTERACTIVE = "interactive"


class DeviceError(Exception):
    """A surprise. `code` is XFS4IoT's completion code, `action` what to do; the text is one line for a technician."""

    code = "hardwareError"
    action = Action.CALL_MAINTENANCE

    def __init__(self, message: str, *, code: str | None = None, action: Action | None = None) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.action = action or type(self).action


class DeviceLost(DeviceError):
    """The port is gone or never was: unplugged, no such path, connection refused."""

    code = "deviceNotReady"
    action = Action.CONFIGURE


class DeviceTimeout(DeviceError):
    code = "timeOut"
    action = Action.RETRY


class ProtocolError(DeviceError):
    """The device answered something its protocol does not allow."""

    code = "hardwareError"
    action = Action.RESET


class CommandCancelled(DeviceError):
    code = "cancelled"
    action = Action.RETRY


@dataclass(frozen=True)
class DeviceStatus:
    """A class of device with more to say subclasses this."""

    state: DeviceState
    message: str = ""
    action: Action | None = None


@dataclass(frozen=True)
class Capabilities:
    """What this device is and can do; `features` are names of the class's own contract."""

    device_class: str
    model: str
    features: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HealthReport:
    level: HealthLevel
    healthy: bool
    findings: tuple[str, ...] = ()
    action: Action | None = None


class Device(Protocol):
    """Plain blocking Python; the hub owns the threads. One command at a time; `cancel` may come from another thread."""

    name: str

    @property
    def capabilities(self) -> Capabilities: ...
    def open(self) -> None: ...
    def close(self) -> None: ...
    def status(self) -> DeviceStatus: ...

    def glance(self) -> bool:
        """Cheap, never blocking or raising, open or not: whether something may have changed since the last `status`
        or `open` (bytes came unasked, the node went or came); False where only asking would tell."""
        ...

    def reset(self) -> None: ...
    def check_health(self, level: HealthLevel) -> HealthReport: ...
    def cancel(self) -> None: ...


StatusListener = Callable[[str, DeviceStatus], None]

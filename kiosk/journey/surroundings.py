"""What the journey knows of the machine around it: devices, center, service. Nothing here is personal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo

from devices.clock import Clock
from kiosk.messages.from_backroom import DeviceChanged, FromBackroom, MattersUsed, Ready, ServiceChanged, SyncChanged

STARTING_GRACE = 8.0  # s after Ready in which a device that was not heard of may still be starting
BACKROOM_GRACE = 20.0  # s from the start of the program until the backroom must have come up
_GONE = frozenset({"offline", "noDevice", "hardwareError", "userError"})
_THERE = frozenset({"online", "busy"})
_NO_PAPER = frozenset({"out", "jammed"})


class Surroundings:
    def __init__(self, clock: Clock, zone: tzinfo) -> None:
        self._clock = clock
        self._zone = zone
        self._devices: dict[str, DeviceChanged] = {}
        self._gone: set[str] = set()  # devices that cannot be used; one that starts again is gone until it is online
        self._service = ServiceChanged(in_service=True)
        self._unwell_since = ""
        self._waiting_since = clock.monotonic()
        self._lost = False
        self._ready_at: float | None = None
        self.terminal_id = ""
        self.site = ""
        self.reachable = True
        self.used: Mapping[str, int] = {}  # cases of each matter taken here lately

    def hear(self, message: FromBackroom) -> None:
        match message:
            case Ready():
                self.terminal_id, self.site = message.terminal_id, message.site
                self._ready_at = self._clock.monotonic()
                self._lost = False
                self._serve(replace(self._service, in_service=True) if message.enrolled else _NOT_ENROLLED)
            case DeviceChanged():
                self._devices[message.device] = message
                self._note(message)
            case SyncChanged():
                self.reachable = message.reachable
            case MattersUsed():
                self.used = message.cases
            case ServiceChanged():
                self._serve(message)
            case _:
                pass

    def lose_backroom(self) -> None:
        self._lost = True
        self._ready_at = None
        self._devices.clear()
        self._gone.clear()
        self._unwell_since = f"{self.local_time():%H:%M}"

    @property
    def connected(self) -> bool:
        return self._ready_at is not None

    @property
    def trouble_code(self) -> str:
        """Why the whole machine cannot serve: a word of `service.*`, or empty."""
        late = self._clock.monotonic() - self._waiting_since > BACKROOM_GRACE
        if not self.connected and (self._lost or late):
            return "restarting"
        if not self._service.in_service:
            return self._service.code or "unknown"
        return ""

    @property
    def unwell_since(self) -> str:
        """Local time of day, HH:MM."""
        return self._unwell_since or f"{self.local_time():%H:%M}"

    def lacks(self, need: str) -> bool:
        """No device for this need can be used now: a class of device, or `document_camera`, `face_camera`."""
        named = self._devices.get(need)
        if named:
            return need in self._gone
        wanted = "camera" if need.endswith("_camera") else need
        known = [device for device in self._devices.values() if device.device_class == wanted]
        return all(device.device in self._gone for device in known) if known else self._settled

    @property
    def printer_trouble(self) -> str:
        """Why no receipt can be printed: paper, jam, cover, absent; empty when it can."""
        return self._paper_trouble("printer") or ("absent" if self.lacks("printer") else "")

    @property
    def document_trouble(self) -> str:
        """The same of A4 documents. What is no part of every terminal is there only once it was seen online."""
        printers = [device for device in self._devices.values() if device.device_class == "document_printer"]
        ready = any(printer.state in _THERE for printer in printers)
        return self._paper_trouble("document_printer") or ("" if ready else "absent")

    def _paper_trouble(self, device_class: str) -> str:
        for printer in self._devices.values():
            if printer.device_class != device_class:
                continue
            if printer.cover == "open":
                return "cover"
            if printer.paper in _NO_PAPER:
                return "paper" if printer.paper == "out" else "jam"
        return ""

    def _note(self, device: DeviceChanged) -> None:
        if device.state in _GONE:
            self._gone.add(device.device)
        elif device.state != "starting":
            self._gone.discard(device.device)

    @property
    def _settled(self) -> bool:
        return self._ready_at is not None and self._clock.monotonic() - self._ready_at > STARTING_GRACE

    def _serve(self, service: ServiceChanged) -> None:
        if self._service.in_service or service.in_service:
            self._unwell_since = "" if service.in_service else f"{self.local_time():%H:%M}"
        self._service = service

    def local_time(self) -> datetime:
        """The time on this place's wall."""
        return self._clock.now().astimezone(self._zone)


_NOT_ENROLLED = ServiceChanged(in_service=False, code="notEnrolled")

"""The terminal's devices as the backroom works them: one desk for each concern, all over one hub."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from devices.clock import Clock
from devices.device import CommandCancelled, Device, DeviceError, DeviceStatus, DeviceTimeout, HealthLevel
from devices.drivers import build_anew, build_devices
from devices.history import DeviceHistory
from devices.hub import Hub
from devices.printer.contract import DocumentPrinter, PrinterStatus, PrintPhase, ReceiptDocument, ReceiptPrinter
from flows.heartbeats import LONGEST_WORDS, DeviceReport
from kiosk.backroom.camera_desk import CameraDesk
from kiosk.backroom.card_desk import CardDesk
from kiosk.backroom.code_desk import CodeDesk
from kiosk.backroom.hatch import Hatch
from kiosk.backroom.likeness import Likeness
from kiosk.backroom.link import Link
from kiosk.messages.from_backroom import DeviceChanged

PRINT_LIMIT = 45.0  # s; the driver gives up earlier by itself
DOCUMENT_LIMIT = 110.0  # s; the same for A4: the printer is asked, a page sent, waited for and taken back
HEALTH_LIMITS = {HealthLevel.STATUS: 8.0, HealthLevel.SELF_TEST: 20.0, HealthLevel.INTERACTIVE: 45.0}  # s
DOCUMENT_PRINTER = "document_printer"  # the class told of a printer of A4 documents
HISTORY = "devices.jsonl"  # in the state folder

Sections = Mapping[str, Mapping[str, object]]


class Machine:
    """Raises DriverConfigError where a section is wrong."""

    def __init__(self, sections: Sections, clock: Clock, link: Link, folder: Path) -> None:
        self._classes = {name: str(section.get("driver", "")).partition(".")[0] for name, section in sections.items()}
        self._sections = sections
        self._clock = clock
        self._link = link
        self._history = DeviceHistory(folder / HISTORY, clock)
        self._hatch = Hatch(folder, self._answer)
        self._devices: dict[str, Device] = dict(build_devices(sections, clock))
        for name, device in self._devices.items():
            if "documents" in device.capabilities.features:
                self._classes[name] = DOCUMENT_PRINTER  # its paper is no concern of a receipt
        self.hub = Hub(self._devices, clock, self._changed, self._renew)
        self.likeness = Likeness()
        self.cards = {name: CardDesk(self.hub, name, self.likeness, link.send) for name in self._of_class("idcard")}
        scanners = {name: "camera" in self.hub.capabilities(name).features for name in self._of_class("scanner")}
        self.codes = CodeDesk(self.hub, scanners, link.send)
        self.cameras = CameraDesk(self.hub, self._of_class("camera"), clock, self.likeness, link.send, link.offer)

        self._desks: tuple[CardDesk | CodeDesk | CameraDesk, ...] = (*self.cards.values(), self.codes, self.cameras)

    def start(self) -> None:
        self.hub.start()
        for desk in self._desks:
            desk.start()
        self._hatch.open()

    def tell_all(self) -> None:
        for name, status in self.hub.statuses().items():
            self._tell(name, status)

    def reports(self) -> Sequence[DeviceReport]:
        """The state of each device as the center is told it."""
        return [self._report(name, status) for name, status in self.hub.statuses().items()]

    def await_card(self) -> None:
        for desk in self.cards.values():
            desk.await_card()

    def leave_page(self) -> None:
        """Cancel card, code and preview."""
        for desk in self._desks:
            desk.leave()
        self._link.withdraw()

    def print_receipt(self, document: ReceiptDocument, command_id: str) -> PrintPhase:
        """Raises DeviceError only where nothing was sent."""

        def job(printer: ReceiptPrinter) -> PrintPhase:
            return printer.print_receipt(document, command_id)

        return self._printed(self._first("printer"), job, PRINT_LIMIT)

    def print_document(self, pdf: bytes, command_id: str, title: str) -> PrintPhase:
        """On A4. Raises DeviceError only where nothing was sent."""

        def job(printer: DocumentPrinter) -> PrintPhase:
            return printer.print_document(pdf, command_id, title)

        return self._printed(self._first(DOCUMENT_PRINTER), job, DOCUMENT_LIMIT)

    def ask_printed(self, command_id: str) -> PrintPhase:
        """How far an earlier print got, also one from before a restart; prints nothing. Raises DeviceError."""
        return self.hub.run(self._first("printer"), lambda printer: _asked(printer, command_id), PRINT_LIMIT)

    def ask_document_printed(self, command_id: str) -> PrintPhase:
        """The same of an A4 document. Raises DeviceError."""
        return self.hub.run(self._first(DOCUMENT_PRINTER), lambda printer: _asked(printer, command_id), PRINT_LIMIT)

    def _printed(self, name: str, job: Callable[[Any], PrintPhase], limit: float) -> PrintPhase:
        """A print that was begun and not seen to its end is unknown."""
        begun: list[str] = []
        nothing_sent: list[DeviceError] = []

        def noted(printer: object) -> PrintPhase:
            begun.append(name)
            try:
                return job(printer)
            except DeviceError as error:
                nothing_sent.append(error)
                raise

        try:
            return self.hub.run(name, noted, limit)
        except (DeviceTimeout, CommandCancelled):
            if begun and not nothing_sent:
                return PrintPhase.UNKNOWN
            raise

    def _first(self, device_class: str) -> str:
        names = self._of_class(device_class)
        if not names:
            raise DeviceError(f"no {device_class.replace('_', ' ')} is configured", code="deviceNotReady")
        return names[0]

    def stop(self) -> None:
        self._hatch.close()
        for desk in self._desks:
            desk.stop()
        self.likeness.stop()
        self.hub.stop()

    def _of_class(self, device_class: str) -> list[str]:
        return [name for name, kind in self._classes.items() if kind == device_class]

    def _changed(self, name: str, status: DeviceStatus) -> None:
        self._tell(name, status)
        self._history.note(name, status, _paper_words(status))

    def _tell(self, name: str, status: DeviceStatus) -> None:
        told = self._report(name, status).model_dump() | {"message": status.message}
        self._link.send(DeviceChanged(**told, action=str(status.action or "")))

    def _report(self, name: str, status: DeviceStatus) -> DeviceReport:
        printer = status if isinstance(status, PrinterStatus) else None
        return DeviceReport(
            device=name,
            device_class=self._classes[name],
            state=str(status.state),
            message=status.message[:LONGEST_WORDS],
            paper=str(printer.paper) if printer else "",
            cover=str(printer.cover) if printer else "",
        )

    def _renew(self, name: str) -> dict[str, Device]:
        """Not a printer: what it was given to print, only the driver that is stuck may know."""
        if self._classes[name] in ("printer", DOCUMENT_PRINTER):
            return {}
        fresh = build_anew(name, self._sections, self._clock, self._devices)
        self._devices.update(fresh)
        return fresh

    # --- for the technician beside the running terminal

    def _answer(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        match question:
            case {"ask": "list"}:
                return {"devices": [self._row(name, status) for name, status in self.hub.statuses().items()]}
            case {"ask": "test", "device": str(name), "level": str(level)} if name in self._classes:
                return self._health(name, level)
            case _:
                return {"error": "known questions: list, test"}

    def _row(self, name: str, status: DeviceStatus) -> dict[str, Any]:
        told = self.hub.capabilities(name)
        return {
            "device": name,
            "class": told.device_class,
            "model": told.model,
            "features": sorted(told.features),
            "state": str(status.state),
            "action": str(status.action or "") or None,
            "message": "; ".join(part for part in (_paper_words(status), status.message) if part),
        }

    def _health(self, name: str, level: str) -> dict[str, Any]:
        try:
            asked = HealthLevel(level)
            report = self.hub.run(name, lambda device: device.check_health(asked), HEALTH_LIMITS[asked])
            healthy, findings, action = report.healthy, report.findings, report.action
        except DeviceError as error:
            healthy, findings, action = False, (str(error),), error.action
        except ValueError:
            return {"error": f"unknown level '{level}'; known: {', '.join(HealthLevel)}"}
        return {"healthy": healthy, "findings": list(findings), "action": str(action or "") or None}


def _asked(printer: ReceiptPrinter | DocumentPrinter, command_id: str) -> PrintPhase:
    return printer.ask_printed(command_id)


def _paper_words(status: DeviceStatus) -> str:
    """What a printer's state says of paper and cover where that is not as it should be."""
    if not isinstance(status, PrinterStatus):
        return ""
    said = {"paper": status.paper, "cover": status.cover}
    return ", ".join(f"{what} {state}" for what, state in said.items() if state not in ("full", "closed", "unknown"))

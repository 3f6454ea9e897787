"""The terminal's devices as the backroom works them: one desk for each concern, all over one hub."""

from collections.abc import Mapping

from devices.clock import Clock
from devices.device import DeviceError, DeviceStatus, DeviceTimeout
from devices.drivers import build_devices
from devices.hub import Hub
from devices.printer.contract import PrinterStatus, PrintPhase, ReceiptDocument
from kiosk.backroom.camera_desk import CameraDesk
from kiosk.backroom.card_desk import CardDesk
from kiosk.backroom.code_desk import CodeDesk
from kiosk.backroom.link import Link
from kiosk.backroom.messages import DeviceChanged

PRINT_LIMIT = 45.0  # s; the driver gives up earlier by itself

Sections = Mapping[str, Mapping[str, object]]


class Machine:
    """Raises DriverConfigError where a section is wrong."""

    def __init__(self, sections: Sections, clock: Clock, link: Link) -> None:
        self._classes = {name: str(section.get("driver", "")).partition(".")[0] for name, section in sections.items()}
        self._link = link
        devices = build_devices(sections, clock)
        self.hub = Hub(devices, clock, self._changed)
        self.cards = {name: CardDesk(self.hub, name, link.send) for name in self._of_class("idcard")}
        scanners = {name: "camera" in devices[name].capabilities.features for name in self._of_class("scanner")}
        self.codes = CodeDesk(self.hub, scanners, link.send)
        self.cameras = CameraDesk(self.hub, self._of_class("camera"), clock, link.send, link.offer)

        self._desks: tuple[CardDesk | CodeDesk | CameraDesk, ...] = (*self.cards.values(), self.codes, self.cameras)

    def start(self) -> None:
        self.hub.start()
        for desk in self._desks:
            desk.start()

    def tell_all(self) -> None:
        for name, status in self.hub.statuses().items():
            self._changed(name, status)

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
        printers = self._of_class("printer")
        if not printers:
            raise DeviceError("no printer is configured", code="deviceNotReady")
        begun: list[str] = []
        nothing_sent: list[DeviceError] = []

        def job(printer: "object") -> PrintPhase:
            begun.append(command_id)
            try:
                return printer.print_receipt(document, command_id)  # type: ignore[attr-defined,no-any-return]
            except DeviceError as error:
                nothing_sent.append(error)
                raise

        try:
            return self.hub.run(printers[0], job, PRINT_LIMIT)
        except DeviceTimeout:
            if begun and not nothing_sent:
                return PrintPhase.UNKNOWN
            raise

    def stop(self) -> None:
        for desk in self._desks:
            desk.stop()
        self.hub.stop()

    def _of_class(self, device_class: str) -> list[str]:
        return [name for name, kind in self._classes.items() if kind == device_class]

    def _changed(self, name: str, status: DeviceStatus) -> None:
        printer = status if isinstance(status, PrinterStatus) else None
        self._link.send(
            DeviceChanged(
                device=name,
                device_class=self._classes[name],
                state=str(status.state),
                message=status.message,
                action=str(status.action or ""),
                paper=str(printer.paper) if printer else "",
                cover=str(printer.cover) if printer else "",
            )
        )

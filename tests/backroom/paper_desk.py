"""An enrolled terminal with an A4 printer at the other end of IPP, and what a person orders at it."""

from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.outbox import Outbox
from kiosk.identity import load_identity
from kiosk.messages.from_backroom import Delivered, DeviceChanged, PrintProgress
from kiosk.messages.to_backroom import PrintDocument
from tests.backroom.running import CLOCK, Backroom, make_case

DEVICES = """
[devices.document_printer]
driver = "printer.ipp"
url = "{twins}/a4_printer.url"
"""


class Desk:
    """An enrolled terminal with an A4 printer, and what a person orders at it."""

    def __init__(self, config, twins, center):
        self.config, self.twins, self.center = config, twins, center
        self.backroom = Backroom(config).start()
        self.is_online(self.backroom)

    def is_online(self, backroom):
        told = backroom.expect(DeviceChanged, lambda m: m.device == "document_printer" and m.state == "online")
        assert told.device_class == "document_printer"

    def gets_certificate(self):
        self.backroom.submit(make_case(self.backroom.ready.terminal_id, instant=True))
        told = self.backroom.expect(Delivered, lambda m: m.decision)
        assert told.decision["outcome"] == "issued"
        return told

    def orders(self, told, command_id="", pdf_sha256=""):
        order = PrintDocument(
            command_id=command_id or f"{told.case_id}-a4-1",
            case_id=told.case_id,
            pdf_sha256=pdf_sha256 or told.decision["pdf_sha256"],
            title="示例证明",
        )
        self.backroom.send(order)
        return order

    def restarts(self):
        self.backroom.kill()
        self.backroom = Backroom(self.config).start()
        self.is_online(self.backroom)

    def died_at(self, phase, told):
        """As a kill leaves the disk right after this phase was written."""
        self.backroom.kill()
        outbox = Outbox(self.config.parent / "terminal", CLOCK, lambda _: None)
        outbox.prints.note(f"{told.case_id}-a4-1", phase)
        outbox.close()
        self.backroom = Backroom(self.config).start()
        self.is_online(self.backroom)

    def hears(self, *phases):
        for phase in phases:
            told = self.backroom.expect(PrintProgress, within=40.0)
            assert told.phase == phase, told
        return told

    def waits_for_job(self):
        until = CLOCK.monotonic() + 20.0
        while not self.twins.state("a4_printer")["jobs"]:
            assert CLOCK.monotonic() < until

    @property
    def papers(self):
        return [path.read_bytes() for path in sorted((self.twins.folder / "printed").glob("*.pdf"))]

    def document(self, told):
        identity = load_identity(self.config.parent / "terminal")
        link = CenterLink(self.center.url, identity, CLOCK, 5.0)
        try:
            return link.document(told.case_id)
        finally:
            link.close()

"""An issued document on its way to A4 paper: only when a person wishes it, and no wish prints twice."""

from typing import Literal

from kiosk.backroom.messages import FromBackroom, PrintDocument, PrintProgress
from kiosk.journey.page import Setting, Wait

PRINTED_WITHIN = 125.0  # s; the backroom knows how it ended before that
MOST_DOUBTS = 2  # further tries after an unknown outcome
State = Literal["none", "printing", "printed", "failed", "unknown"]


class DocumentPrinting:
    """`trouble` says what keeps it from being printed: a word of `result.paper.*`."""

    def __init__(self, setting: Setting, case_id: str) -> None:
        self._setting = setting
        self._case_id = case_id
        self._tries = self._doubts = 0
        self._order: PrintDocument | None = None
        self._reason = ""
        self._wait: Wait | None = None
        self.state: State = "none"

    @property
    def trouble(self) -> str:
        return self._setting.surroundings.document_trouble or self._reason or "refused"

    @property
    def offered(self) -> bool:
        """There is a printer for it, and asking for it makes sense."""
        if self._setting.surroundings.document_trouble:
            return False
        return self.state in ("none", "failed") or (self.state == "unknown" and self._doubts <= MOST_DOUBTS)

    def begin(self, pdf_sha256: str, title: str) -> None:
        """The person's wish; every one is a new command: what was refused keeps its name at the printer."""
        if not self.offered:
            return
        self._tries += 1
        self._order = PrintDocument(
            command_id=f"{self._case_id}-a4-{self._tries}", case_id=self._case_id, pdf_sha256=pdf_sha256, title=title
        )
        self._send()

    def _send(self) -> None:
        if self._order is not None:
            self.state, self._reason = "printing", ""
            self._wait = Wait(self._setting, "document", PRINTED_WITHIN)
            self._setting.send(self._order)

    def find_out(self) -> None:
        """The backroom restarted: the same order again only asks the printer how far that print got."""
        if self.state == "printing":
            self._send()

    def hear(self, message: FromBackroom) -> None:
        if isinstance(message, PrintProgress) and self._order and message.command_id == self._order.command_id:
            self._progress(message)

    def _progress(self, message: PrintProgress) -> None:
        match message.phase:
            case "printed" | "taken":
                self.state = "printed"
            case "refused" if self.state == "printing":
                self.state, self._reason = "failed", "center" if message.code == "centerAway" else ""
            case "unknown" if self.state == "printing":
                self._doubt()
            case _:
                return
        self._wait = None

    def tick(self) -> None:
        if self.state == "printing" and self._wait and self._wait.over:
            self._doubt()
            self._wait = None

    def _doubt(self) -> None:
        self.state = "unknown"
        self._doubts += 1

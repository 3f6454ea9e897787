"""An issued document or a filled form on its way to A4 paper: when a person wishes it, never twice for one wish."""

from collections.abc import Callable
from typing import Literal

from kiosk.journey.page import Setting, Wait
from kiosk.messages.from_backroom import FromBackroom, PrintProgress
from kiosk.messages.to_backroom import PrintDocument, PrintForm

PRINTED_WITHIN = 125.0  # s; the backroom knows how it ended before that
MOST_DOUBTS = 2  # further tries after an unknown outcome
State = Literal["none", "printing", "printed", "failed", "unknown"]


class DocumentPrinting:
    """`name` begins the names of its orders."""

    def __init__(self, setting: Setting, name: str) -> None:
        self._setting = setting
        self._name = name
        self._tries = self._doubts = 0
        self._order: PrintDocument | PrintForm | None = None
        self._blob = b""
        self._reason = ""
        self._wait: Wait | None = None
        self.state: State = "none"

    @property
    def label(self) -> str:
        """Of the button; empty where it cannot be pressed now."""
        if not self.offered:
            return ""
        return self._words("offer" if self.state == "none" else "again")

    @property
    def message(self) -> str:
        """How far it got, or what keeps it from being printed."""
        name = self._trouble if self.state == "failed" else self.state
        return "" if self.state == "none" else self._words(name)

    @property
    def coming_out(self) -> bool:
        """A page comes, came, or may have come."""
        return self.state in ("printing", "printed", "unknown")

    def _words(self, name: str) -> str:
        return self._setting.say(f"result.paper.{name}")

    @property
    def _trouble(self) -> str:
        return self._setting.surroundings.document_trouble or self._reason or "refused"

    @property
    def offered(self) -> bool:
        """There is a printer for it, and asking for it makes sense."""
        if self._setting.surroundings.document_trouble:
            return False
        return self.state in ("none", "failed") or (self.state == "unknown" and self._doubts <= MOST_DOUBTS)

    def begin(self, order: Callable[[str], PrintDocument | PrintForm], blob: bytes = b"") -> None:
        """The person's wish, given its name; every one has its own: what was refused keeps its name at the printer."""
        if not self.offered:
            return
        self._tries += 1
        self._order, self._blob = order(f"{self._name}-{self._tries}"), blob
        self._send()

    def _send(self) -> None:
        if self._order is not None:
            self.state, self._reason = "printing", ""
            self._wait = Wait(self._setting, "document", PRINTED_WITHIN)
            self._setting.send(self._order, self._blob)

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

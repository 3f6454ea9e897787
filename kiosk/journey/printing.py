"""One receipt on its way to paper: the same command never prints twice, an unknown one is not repeated blindly."""

from typing import Literal

from kiosk.journey.page import Setting, Wait
from kiosk.journey.receipt import Receipt
from kiosk.messages.from_backroom import DeviceChanged, FromBackroom, PrintProgress
from kiosk.messages.to_backroom import PrintReceipt

PRINTED_WITHIN = 60.0  # s
MOST_COPIES = 3  # a person's own tries after an unknown outcome
State = Literal["none", "printing", "printed", "failed", "unknown"]


class Printing:
    """`trouble` says what keeps a refused receipt from being printed: a word of `result.print.*`."""

    def __init__(self, setting: Setting, case_id: str) -> None:
        self._setting = setting
        self._case_id = case_id
        self._copy = 1
        self._doubtful = False  # an earlier copy may have come out: this one says so
        self._receipt: Receipt | None = None
        self._wait: Wait | None = None
        self.state: State = "none"

    @property
    def trouble(self) -> str:
        return self._setting.surroundings.printer_trouble or "refused"

    @property
    def _command_id(self) -> str:
        return f"{self._case_id}-{self._copy}"

    def begin(self, receipt: Receipt) -> None:
        self._receipt = receipt
        self._send()

    def again(self, receipt: Receipt) -> None:
        """The person's own wish; a new command unless the one before is known not to have printed anything."""
        if self.state in ("printed", "unknown") and self._copy < MOST_COPIES:
            self._doubtful = self._doubtful or self.state == "unknown"
            self._copy += 1
            self.begin(receipt)
        elif self.state == "failed":
            self.begin(receipt)

    def _send(self) -> None:
        if self._receipt is None or self._setting.surroundings.printer_trouble:
            self.state = "failed"
            return
        self.state = "printing"
        self._wait = Wait(self._setting, "print", PRINTED_WITHIN)
        order = PrintReceipt(
            command_id=self._command_id,
            template=self._receipt.template,
            values={**self._receipt.values, "reprint": True} if self._doubtful else self._receipt.values,
            language=self._receipt.language,
        )
        self._setting.send(order)

    def find_out(self) -> None:
        """The backroom restarted: the same order again only asks the printer how far that print got."""
        if self.state == "printing":
            self._send()

    def hear(self, message: FromBackroom) -> None:
        match message:
            case PrintProgress() if message.command_id == self._command_id:
                self._progress(message.phase)
            case DeviceChanged() if self.state == "failed" and not self._setting.surroundings.printer_trouble:
                if message.device_class == "printer":
                    self._send()
            case _:
                pass

    def _progress(self, phase: str) -> None:
        match phase:
            case "printed" | "taken":
                self.state = "printed"
            case "refused":
                self.state = "failed"
            case "unknown":
                self.state = "unknown"
            case _:
                return
        self._wait = None

    def tick(self) -> None:
        if self.state == "printing" and self._wait and self._wait.over:
            self.state, self._wait = "unknown", None

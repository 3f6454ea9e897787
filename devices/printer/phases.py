"""How far the newest prints got, by the ids of their commands."""

from collections import UserDict

from devices.printer.contract import PrintPhase

REMEMBERED = 4096  # command ids; days of receipts


class Phases(UserDict[str, PrintPhase]):
    """Of what this run of the program sent; the oldest are forgotten first."""

    def __setitem__(self, command_id: str, phase: PrintPhase) -> None:
        super().__setitem__(command_id, phase)
        while len(self.data) > REMEMBERED:
            self.data.pop(next(iter(self.data)))

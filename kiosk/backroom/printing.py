"""Prints each receipt once: the intent is on disk before the first byte, what is in doubt is asked, not reprinted."""

import sqlite3
from collections.abc import Callable

from devices.device import DeviceError
from devices.printer.contract import PrintPhase, ReceiptDocument
from kiosk.backroom.print_intents import PrintIntents
from kiosk.messages.from_backroom import PrintProgress
from kiosk.messages.to_backroom import PrintReceipt

PrintIt = Callable[[ReceiptDocument, str], PrintPhase]
AskIt = Callable[[str], PrintPhase]
_NOTHING_SENT = frozenset({PrintPhase.ACCEPTED, PrintPhase.REFUSED})
_ON_PAPER = frozenset({PrintPhase.PRINTED, PrintPhase.TAKEN})


class Printing:
    """Belongs to one thread. `print_it` raises DeviceError only before transmission; `ask_it` never prints."""

    def __init__(
        self,
        intents: PrintIntents | None,
        print_it: PrintIt,
        ask_it: AskIt,
        report: Callable[[PrintProgress], None],
    ) -> None:
        self._intents = intents
        self._print_it = print_it
        self._ask_it = ask_it
        self._report = report

    def print_receipt(self, order: PrintReceipt) -> None:
        """Reports accepted, then how far it got; the same command_id never prints twice, whatever happened between."""
        if self._intents is None:
            self._tell(order, PrintPhase.REFUSED, "the disk cannot be used, so nothing is printed")
            return
        try:
            known = self._intents.phase(order.command_id)
            if known is None or known in _NOTHING_SENT:
                self._begin(order, self._intents)
            elif known in _ON_PAPER:
                self._tell(order, PrintPhase(known))
            else:
                self._ask(order, self._intents)
        except sqlite3.Error as error:
            self._tell(order, PrintPhase.UNKNOWN, f"the disk fails: {error}")
        except DeviceError as error:  # of the template
            self._tell(order, PrintPhase.REFUSED, str(error))

    def _begin(self, order: PrintReceipt, intents: PrintIntents) -> None:
        document = _document(order)
        intents.note(order.command_id, PrintPhase.ACCEPTED)
        self._tell(order, PrintPhase.ACCEPTED)
        intents.note(order.command_id, PrintPhase.TRANSMITTED)
        self._settle(order, intents, document)

    def _settle(self, order: PrintReceipt, intents: PrintIntents, document: ReceiptDocument) -> None:
        try:
            phase, message = self._print_it(document, order.command_id), ""
        except DeviceError as error:
            phase, message = PrintPhase.REFUSED, str(error)
        intents.note(order.command_id, phase)
        self._tell(order, phase, message)

    def _ask(self, order: PrintReceipt, intents: PrintIntents) -> None:
        """In doubt, from this run of the program or an earlier one: the printer is asked, and nothing is printed."""
        try:
            phase, message = self._ask_it(order.command_id), ""
        except DeviceError as error:
            phase, message = PrintPhase.UNKNOWN, str(error)
        intents.note(order.command_id, phase)
        self._tell(order, phase, message)

    def _tell(self, order: PrintReceipt, phase: PrintPhase, message: str = "") -> None:
        self._report(PrintProgress(command_id=order.command_id, phase=phase, message=message))


def _document(order: PrintReceipt) -> ReceiptDocument:
    """Raises ReceiptError."""
    from kiosk.receipts import render_receipt

    return render_receipt(order.template, order.values, order.language)

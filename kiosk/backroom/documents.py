"""Prints each A4 page once: a document fetched and proven, or a form drawn here; the intent is on disk first."""

import hmac
import sqlite3
from collections.abc import Callable
from typing import Literal

from devices.device import DeviceError
from devices.printer.contract import PrintPhase
from flows.canonical import sha256_hex
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.print_intents import PrintIntents
from kiosk.messages.from_backroom import PrintProgress
from kiosk.messages.to_backroom import PrintDocument, PrintForm

FetchIt = Callable[[str], bytes]
PrintIt = Callable[[bytes, str, str], PrintPhase]
AskIt = Callable[[str], PrintPhase]
Reason = Literal["", "centerAway"]
Order = PrintDocument | PrintForm
_ENDED = frozenset({PrintPhase.PRINTED, PrintPhase.TAKEN, PrintPhase.REFUSED})


class Documents:
    """Belongs to one thread. What was refused stays refused: another try is another command, for the printer may know
    the one that was taken back by its name. `fetch_it` raises CenterFailed.
    """

    def __init__(
        self,
        intents: PrintIntents | None,
        fetch_it: FetchIt | None,
        print_it: PrintIt,
        ask_it: AskIt,
        report: Callable[[PrintProgress], None],
    ) -> None:
        self._intents = intents
        self._fetch_it = fetch_it
        self._print_it = print_it
        self._ask_it = ask_it
        self._report = report

    def print_order(self, order: Order, signature: bytes = b"") -> None:
        """Reports accepted, then how far it got; the same command_id never prints twice, whatever happened between."""
        if self._intents is None:
            self._tell(order, PrintPhase.REFUSED, "the disk cannot be used, so nothing is printed")
            return
        try:
            known = self._intents.phase(order.command_id)
            if known is None or known == PrintPhase.ACCEPTED:
                self._begin(order, self._intents, signature)
            elif known in _ENDED:
                self._tell(order, PrintPhase(known))
            else:
                self._ask(order, self._intents)
        except sqlite3.Error as error:
            self._tell(order, PrintPhase.UNKNOWN, f"the disk fails: {error}")

    def _begin(self, order: Order, intents: PrintIntents, signature: bytes) -> None:
        intents.note(order.command_id, PrintPhase.ACCEPTED)
        self._tell(order, PrintPhase.ACCEPTED)
        try:
            pdf = self._fetched(order) if isinstance(order, PrintDocument) else _drawn(order, signature)
        except CenterFailed as error:
            intents.note(order.command_id, PrintPhase.REFUSED)
            self._tell(order, PrintPhase.REFUSED, str(error), "" if error.answered else "centerAway")
            return
        except (ValueError, OSError) as error:
            intents.note(order.command_id, PrintPhase.REFUSED)
            self._tell(order, PrintPhase.REFUSED, f"the form cannot be drawn: {type(error).__name__}")
            return
        intents.note(order.command_id, PrintPhase.TRANSMITTED)
        try:
            phase, message = self._print_it(pdf, order.command_id, order.title), ""
        except DeviceError as error:
            phase, message = PrintPhase.REFUSED, str(error)
        self._settle(order, intents, phase, message)

    def _fetched(self, order: PrintDocument) -> bytes:
        """Raises CenterFailed, also where the bytes are not those that the center's decision names."""
        if self._fetch_it is None:
            raise CenterFailed("this terminal is not enrolled")
        pdf = self._fetch_it(order.case_id)
        if not hmac.compare_digest(sha256_hex(pdf), order.pdf_sha256):
            raise CenterFailed("the document is not the one that was decided on", answered=True)
        return pdf

    def _ask(self, order: Order, intents: PrintIntents) -> None:
        """In doubt, from this run of the program or an earlier one: the printer is asked, and nothing is printed."""
        try:
            phase, message = self._ask_it(order.command_id), ""
            if phase is PrintPhase.TRANSMITTED:
                # The printer holds the job: by its name it is followed to its end, and taken back where it stands
                # still. Without bytes, so that even a printer that forgets it just now has nothing to print.
                phase = self._print_it(b"", order.command_id, order.title)
        except DeviceError as error:
            phase, message = PrintPhase.UNKNOWN, str(error)
        self._settle(order, intents, phase, message)

    def _settle(self, order: Order, intents: PrintIntents, phase: PrintPhase, message: str) -> None:
        intents.note(order.command_id, phase)
        self._tell(order, phase, message)

    def _tell(self, order: Order, phase: PrintPhase, message: str = "", code: Reason = "") -> None:
        self._report(PrintProgress(command_id=order.command_id, phase=phase, message=message, code=code))


def _drawn(order: PrintForm, signature: bytes) -> bytes:
    """In memory, and nowhere else. Raises ValueError for what is no form, OSError for what is no picture."""
    from kiosk.backroom.form_page import drawn

    return drawn(order.form, signature)

"""Reads cards while a page awaits one: found, read or failed, then lifted before the next is read."""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from devices.device import CommandCancelled, DeviceError, DeviceState
from devices.hub import Hub
from kiosk.backroom.likeness import Likeness
from kiosk.backroom.rounds import Rounds
from kiosk.messages.from_backroom import CardFailed, CardFound, CardRead, FromBackroom
from kiosk.messages.json_value import Json

if TYPE_CHECKING:
    from devices.idcard.contract import CardRecord
    from devices.idcard.photo import Portrait

FIND_LIMIT = 6.0  # s for one find, waiting for the reader included
READ_LIMIT = 10.0  # s
DECODE_LIMIT = 6.0  # s for the portrait; the decoder gives up earlier by itself
BETWEEN = 0.3  # s; so long a card needs between two finds: the rest is had here, where the hub can watch the port
NEED_NO_LIFT = ("invalidMedia", "deviceNotReady")  # the card was lifted already; the reader was unplugged under it
LOST_PAUSE = 0.8  # s; the hub looks again in the meantime


class CardDesk:
    """`report` is called from this desk's thread."""

    def __init__(self, hub: Hub, reader: str, likeness: Likeness, report: Callable[[FromBackroom], None]) -> None:
        self._hub = hub
        self._reader = reader
        self._likeness = likeness
        self._report = report
        self._lock = threading.Lock()
        self._armed = 0  # number of the waiting under way; 0: nobody waits
        self._waits = 0
        self._lift_first = False
        self._rounds = Rounds("card", self._turn)

    def start(self) -> None:
        self._rounds.start()

    def await_card(self) -> None:
        """Waits for the next card; where it waits already it goes on."""
        with self._lock:
            if not self._armed:
                self._waits += 1
                self._armed = self._waits
        self._rounds.wake()

    def leave(self) -> None:
        """Nobody waits any more; what is read now is forgotten."""
        with self._lock:
            armed, self._armed = self._armed, 0
            self._lift_first = False
        if armed:
            self._hub.cancel(self._reader)

    def stop(self) -> None:
        self.leave()
        self._rounds.stop()

    def _turn(self) -> float | None:
        waiting = self._armed
        if not waiting:
            return None
        if self._hub.status(self._reader).state is not DeviceState.ONLINE:
            return 0.1
        try:
            present = self._hub.run(self._reader, lambda reader: bool(reader.card_present()), FIND_LIMIT)
        except CommandCancelled:
            return BETWEEN
        except DeviceError as error:
            return self._failed(waiting, error) if _of_the_card(error) else LOST_PAUSE
        if not present:
            self._lift_first = False
        elif not self._lift_first:
            self._read(waiting)
        return BETWEEN

    def _read(self, waiting: int) -> None:
        self._tell(waiting, CardFound())
        self._lift_first = True
        try:
            record = self._hub.run(self._reader, lambda reader: reader.read(), READ_LIMIT)
        except CommandCancelled:
            return
        except DeviceError as error:
            self._lift_first = error.code not in NEED_NO_LIFT
            self._tell(waiting, CardFailed(code=error.code, action=str(error.action)))
            return
        from devices.idcard.records import card_json

        card = cast("Mapping[str, Json]", card_json(record))
        with self._lock:
            if self._armed == waiting:
                self._armed = 0
                self._likeness.keep(lambda: self._portrait(record))
                self._report(CardRead(card=card))

    def _portrait(self, record: "CardRecord") -> "Portrait":
        return self._hub.run(self._reader, lambda reader: cast("Portrait", reader.portrait(record)), DECODE_LIMIT)

    def _failed(self, waiting: int, error: DeviceError) -> float:
        """Such as two cards at once: told once per laying."""
        if not self._lift_first:
            self._lift_first = True
            self._tell(waiting, CardFailed(code=error.code, action=str(error.action)))
        return BETWEEN

    def _tell(self, waiting: int, message: FromBackroom) -> None:
        with self._lock:
            if self._armed == waiting:
                self._report(message)


def _of_the_card(error: DeviceError) -> bool:
    return error.code in ("invalidMedia", "cardCollision", "securityFail")

"""A SAM asked through a vendor's library with the usual SDT functions; their return codes are the reader's SW3."""

import contextlib
import sys
from collections.abc import Mapping

from devices.clock import Clock
from devices.device import DeviceLost, DeviceTimeout, ProtocolError
from devices.idcard.exchange import CommandTime
from devices.idcard.frames import Answer, Command, Reply
from devices.idcard.payload import SIZE, packed_sam_id
from devices.idcard.records import ADDRESS_SIZE, PHOTO_SIZE, TEXT_SIZE
from devices.idcard.wire import CutReply, DamagedReply
from devices.vendor_process import Room, VendorProcess

OPENED_BEFORE = 0  # `iIfOpen`: the function need not open the port itself
NO_PORT, NO_REPLY, BAD_TRANSFER, NO_SAM = 1, 2, 3, 5  # return codes that are not the reader's (library's manual)
OWN_TIME = 3.0  # s a library may take on top of the reader's own, before it is held to hang
OPEN_TIME = 5.0  # s; looking through a USB bus takes some libraries seconds
CLOSE_TIME = 1.0  # s
CANCEL_TIME = 0.5  # s a call under way has to return once it is cancelled; then its process is ended
LENGTH = Room(4)  # an unsigned int
SPARE = 4  # times the room a function needs: libraries differ in what they write
SELECTED = 8  # bytes a select gives
READS = (Command.READ, Command.READ_NEWEST_ADDRESS)
FUNCTIONS: Mapping[Command, tuple[str, tuple[Room, ...]]] = {
    Command.RESET: ("SDT_ResetSAM", ()),
    Command.SAM_STATUS: ("SDT_GetSAMStatus", ()),
    Command.SAM_ID: ("SDT_GetSAMIDToStr", (Room(64 * SPARE),)),
    Command.FIND: ("SDT_StartFindIDCard", (Room(4 * SPARE),)),
    Command.SELECT: ("SDT_SelectIDCard", (Room(SELECTED * SPARE),)),
    Command.READ: ("SDT_ReadBaseMsg", (Room(TEXT_SIZE * SPARE), LENGTH, Room(PHOTO_SIZE * SPARE), LENGTH)),
    Command.READ_NEWEST_ADDRESS: ("SDT_ReadNewAppMsg", (Room(ADDRESS_SIZE * SPARE), LENGTH)),
}


class SdtLibrary(CommandTime):
    """The exchange with the reader at the library's port `number`.

    A call that hangs or crashes costs the process it is in; with the next question the port is opened anew.
    """

    def __init__(self, library: str, number: int, clock: Clock) -> None:
        super().__init__(f"{library} port {number}", clock)
        self._process = VendorProcess(library, clock)
        self._number = number
        self._wanted = False  # the driver is open
        self._opened = False  # the library's port is

    @property
    def is_open(self) -> bool:
        return self._wanted

    def open(self) -> None:
        """Raises DeviceLost where library or reader is not there, ProtocolError where the library hangs or crashes."""
        self.begin(OPEN_TIME)
        self._open_port()
        self._wanted = True

    def close(self) -> None:
        self._wanted = False
        self._close_port()
        self._process.close()

    def is_there(self) -> bool:
        """Only asking would tell."""
        return True

    def cancel(self) -> None:
        """Ends the exchange under way within `CANCEL_TIME`; from any thread."""
        super().cancel()
        self._process.hurry(CANCEL_TIME)

    def ask(self, command: Command, limit: float) -> Reply:
        """A port that was lost is opened again, once. Raises as Wire's, and ProtocolError, to reset, for a call that
        hangs or crashes."""
        try:
            return self._asked(command, limit)
        except DeviceLost:
            self._close_port()
            return self._asked(command, limit)

    def listen(self, limit: float) -> Reply:
        """A library gives one reply a call."""
        raise DeviceTimeout(f"{self.port}: the library gave no further reply within {limit:g} s; try again")

    def more_follows(self) -> bool:
        return False

    def distrust(self) -> None:
        """What a library reads away is its own affair."""

    def _asked(self, command: Command, limit: float) -> Reply:
        if not self._opened:
            self._open_port()
        function, rooms = FUNCTIONS[command]
        code, given = self._call(function, (self._number, *rooms, OPENED_BEFORE), limit + OWN_TIME)
        self._look_at(command, code)
        return Reply(code, _data(command, given) if code == Answer.OK else b"")

    def _look_at(self, command: Command, code: int) -> None:
        """Raises where the code is not the reader's."""
        if code == NO_PORT:
            self._opened = False
            raise DeviceLost(f"{self.port}: the library lost the reader; check its cable and the port number")
        if code == NO_REPLY:
            raise DeviceTimeout(f"{self.port}: the card reader does not answer; check its power and cable")
        if code == BAD_TRANSFER and command in READS:
            raise CutReply(f"{self.port}: the card reader's reply broke off")
        if code == BAD_TRANSFER:
            raise DamagedReply(f"{self.port}: the card reader's reply was damaged; check its cable")
        if code == NO_SAM:
            raise ProtocolError(f"{self.port}: the library cannot tell the state of the reader's SAM; reset the reader")

    def _open_port(self) -> None:
        code, _ = self._call("SDT_OpenPort", (self._number,), OPEN_TIME)
        if code != Answer.OK:
            raise DeviceLost(
                f"{self.port}: the library finds no reader there (code {code}); check its cable and the port number"
            )
        self._opened = True

    def _close_port(self) -> None:
        opened, self._opened = self._opened, False
        if opened:
            with contextlib.suppress(DeviceLost, ProtocolError):
                self._process.call("SDT_ClosePort", (self._number,), CLOSE_TIME)

    def _call(self, function: str, arguments: tuple[int | Room, ...], limit: float) -> tuple[int, tuple[bytes, ...]]:
        limit = min(limit, self.time_left())
        try:
            returned = self._process.call(function, arguments, limit)
        except ProtocolError:
            self._opened = False
            self.check_cancelled()
            raise
        return returned.result, returned.rooms


def _data(command: Command, rooms: tuple[bytes, ...]) -> bytes:
    """What the reader's own reply would carry."""
    match command:
        case Command.SAM_ID:
            printed = rooms[0].partition(b"\0")[0].decode("ascii", errors="replace").strip()
            return packed_sam_id(printed) or b""
        case Command.SELECT:
            return rooms[0][:SELECTED]
        case Command.READ:
            text, photo = _filled(rooms[0], rooms[1]), _filled(rooms[2], rooms[3])
            return b"".join(len(part).to_bytes(SIZE, "big") for part in (text, photo)) + text + photo
        case Command.READ_NEWEST_ADDRESS:
            return _filled(rooms[0], rooms[1]).ljust(ADDRESS_SIZE, b"\0")
    return b""


def _filled(room: bytes, length: bytes) -> bytes:
    return room[: int.from_bytes(length, sys.byteorder)]

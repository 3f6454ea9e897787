"""What a reader does behind its serial port: a card laid, found, selected, read; requests in, replies out."""

from devices.idcard.cards import Card
from devices.idcard.frames import PREAMBLE, Answer, Command, checksum, reply
from devices.idcard.rates import COMMANDS, FASTEST

SAM_ID = bytes.fromhex("0500010087EE33014E61BC0015CD5B07")  # 05.01-20180615-0012345678-123456789
SHORTEST_REQUEST = 3  # LEN: CMD PARA CHK
LONGEST_REQUEST = 64  # LEN; more is noise
BAUDS = {command: baud for baud, command in COMMANDS.items()}


class Requests:
    """Cuts what a terminal wrote into requests, bytes that belong to none dropped."""

    def __init__(self) -> None:
        self._heard = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The requests that are whole now: each from LEN up to and including CHK, checksum right or wrong."""
        self._heard += data
        found: list[bytes] = []
        while (at := self._heard.find(PREAMBLE)) >= 0:
            rest = self._heard[at + len(PREAMBLE) :]
            length = int.from_bytes(rest[:2], "big") if len(rest) >= 2 else 0
            if len(rest) >= 2 and length > LONGEST_REQUEST:
                self._heard = rest
            elif len(rest) < 2 or len(rest) < 2 + length:
                self._heard = self._heard[at:]
                return found
            else:
                found.append(rest[: 2 + length])
                self._heard = rest[2 + length :]
        self._heard = self._heard[-len(PREAMBLE) + 1 :]
        return found


class VirtualSam:
    """Answers as readers do: a card that was read, or that failed, is found again only after it was lifted and laid."""

    def __init__(self) -> None:
        self.card: Card | None = None
        self.baud = self.first_baud = FASTEST  # now, and whenever it is plugged in
        self._found = self._selected = self._read = self._spent = False

    def lay(self, card: Card) -> None:
        self.lift()
        self.card = card

    def lift(self) -> None:
        self.card = None
        self.power_up()

    def answer(self, asked: bytes) -> bytes:
        """`asked` is one request from LEN up to CHK; the reply is a whole frame."""
        if checksum(asked[:-1]) != asked[-1]:
            return reply(Answer.WRONG_CHECKSUM)
        if len(asked) < 2 + SHORTEST_REQUEST:
            return reply(Answer.WRONG_LENGTH)
        try:
            command = Command(int.from_bytes(asked[2:4], "big"))
        except ValueError:
            return reply(Answer.WRONG_COMMAND)
        return self._do(command)

    def _do(self, command: Command) -> bytes:
        match command:
            case Command.FIND:
                return self._find()
            case Command.SELECT:
                return self._select()
            case Command.READ | Command.READ_WITH_FINGERPRINT:
                return self._text_and_photo(with_prints=command is Command.READ_WITH_FINGERPRINT)
            case Command.READ_NEWEST_ADDRESS:
                return self._newest_address()
            case Command.RESET:
                self.power_up()
        self.baud = BAUDS.get(command, self.baud)
        return reply(Answer.OK, SAM_ID if command is Command.SAM_ID else b"")

    def power_up(self) -> None:
        """A card in the field is new again."""
        self._found = self._selected = self._read = self._spent = False

    def plug_in(self) -> None:
        self.power_up()
        self.baud = self.first_baud

    def _find(self) -> bytes:
        if self.card is None or self._spent:
            return reply(Answer.NOT_FOUND)
        self._found, self._selected = True, False
        return reply(Answer.FOUND, bytes(4))

    def _select(self) -> bytes:
        if self.card is None or not self._found:
            return reply(Answer.SELECT_FAILED)
        self._selected = True
        return reply(Answer.OK, bytes(8))

    def _text_and_photo(self, *, with_prints: bool) -> bytes:
        self._spent = True
        if self.card is None or not self._selected:
            return reply(Answer.READ_FAILED)
        self._read = True
        card, prints = self.card, self.card.fingerprint if with_prints else b""
        sizes = [len(card.text), len(card.photo)] + ([len(prints)] if with_prints else [])
        head = b"".join(size.to_bytes(2, "big") for size in sizes)
        return reply(Answer.OK, head + card.text + card.photo + prints)

    def _newest_address(self) -> bytes:
        if self.card is None or not self._read:
            return reply(Answer.READ_FAILED)
        address = self.card.newest_address
        return reply(Answer.NO_SUCH_CONTENT) if address is None else reply(Answer.OK, address)

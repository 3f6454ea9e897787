"""A question to the reader and the answer to that very question, though replies do not say what they answer."""

from enum import Enum

from devices.device import DeviceTimeout, ProtocolError
from devices.idcard.exchange import Exchange
from devices.idcard.frames import Answer, Command, Reply
from devices.idcard.payload import SAM_ID, unpack
from devices.idcard.records import ADDRESS_SIZE
from devices.idcard.wire import CutReply, DamagedReply, EndlessReply

LIMIT = 1.0  # s to the first byte of the reply (vendor code)
READS = (Command.READ, Command.READ_WITH_FINGERPRINT)
LIMITS = dict.fromkeys((*READS, Command.READ_NEWEST_ADDRESS), 3.0)
CARRY_DATA = (*READS, Command.READ_NEWEST_ADDRESS, Command.SAM_ID)
DATA_SIZES = {Command.SELECT: 8, Command.SAM_ID: SAM_ID.size, Command.READ_NEWEST_ADDRESS: ADDRESS_SIZE}  # with 90
SMALL_TALK = 8  # bytes; as much data may come with a 90 that says yes and no more
TRIES = 3
FAILURES = 2  # the second damaged reply is told
PASSED_OVER = 8  # replies to something else, before the reader is held to be confused

KNOWN = frozenset(Answer)
HOME = {  # the refusals that belong to some commands only
    Answer.NOT_FOUND: (Command.FIND,),
    Answer.SELECT_FAILED: (Command.SELECT,),
    Answer.READ_FAILED: (*READS, Command.READ_NEWEST_ADDRESS),
    Answer.NO_SUCH_CONTENT: (Command.READ_NEWEST_ADDRESS,),
}


class ForeignReply(ProtocolError):
    """Whole replies came, and none of them answers what was asked."""


class Fit(Enum):
    """Whether a reply can be the answer to a command; a `PERHAPS` is taken when nothing better comes."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


def fit(command: Command, reply: Reply) -> Fit:
    """A late or repeated reply to an earlier command is told by its status and by what it carries."""
    match reply.status:
        case Answer.FOUND:
            return Fit.YES if command is Command.FIND else Fit.NO
        case Answer.OK:
            return _fit_of_success(command, reply.data)
        case Answer.NOT_FOUND | Answer.SELECT_FAILED | Answer.READ_FAILED | Answer.NO_SUCH_CONTENT:
            return Fit.YES if command in HOME[Answer(reply.status)] else Fit.PERHAPS
        case _:
            return Fit.YES  # something is wrong with the reader or the card, whatever was asked


def _fit_of_success(command: Command, data: bytes) -> Fit:
    if command in READS:
        return Fit.YES if unpack(data) else Fit.NO
    if command is not Command.FIND and len(data) == DATA_SIZES.get(command, 0):
        return Fit.YES
    says_yes_only = command in (Command.FIND, Command.SELECT) and len(data) <= SMALL_TALK
    return Fit.PERHAPS if says_yes_only else Fit.NO


def ask(wire: Exchange, command: Command) -> Reply:
    """Asks again where bytes were damaged on the way; what carries data is believed when it came clean, or twice alike.

    Raises DeviceTimeout, DamagedReply, CutReply, EndlessReply, ForeignReply, DeviceLost, CommandCancelled.
    """
    doubted: Reply | None = None
    failures = 0
    for _ in range(TRIES):
        try:
            reply = _answer(wire, command)
            if _is_damage(reply.status) and not failures:
                failures += 1
                wire.distrust()
                continue
            if command not in CARRY_DATA or not wire.more_follows() or reply == doubted:
                return reply
            doubted = reply
        except (DamagedReply, CutReply, ForeignReply):
            failures += 1
            if failures == FAILURES:
                raise
    raise DamagedReply(f"{wire.port}: the card reader answers the same question in different ways; check its cable")


def _is_damage(status: int) -> bool:
    """Of the question, as the reader says; or of its reply, shifted so that the checksum is right again."""
    return status == Answer.WRONG_CHECKSUM or status not in KNOWN


def _answer(wire: Exchange, command: Command) -> Reply:
    """The first reply that fits; replies to something else are passed over."""
    limit = LIMITS.get(command, LIMIT)
    reply = wire.ask(command, limit)
    perhaps: Reply | None = None
    for _ in range(PASSED_OVER):
        fits = fit(command, reply)
        if fits is Fit.YES:
            return reply
        perhaps = reply if fits is Fit.PERHAPS else perhaps
        try:
            reply = wire.listen(limit)
        except (DeviceTimeout, DamagedReply, CutReply, EndlessReply):
            break
    if perhaps is not None:
        return perhaps
    wire.distrust()
    raise ForeignReply(f"{wire.port}: the card reader answers what it was not asked; reset it")

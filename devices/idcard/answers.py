"""What a reader's refusals (SW3) mean: XFS4IoT's code, what to do, and words for a technician."""

from devices.device import Action, DeviceError, ProtocolError
from devices.idcard.contract import CardError
from devices.idcard.frames import Answer

MEDIA = {
    Answer.NOT_FOUND: ("noMedia", "no card in the field"),
    Answer.SELECT_FAILED: ("invalidMedia", "the card could not be selected; it moved, or more than one lies there"),
    Answer.READ_FAILED: ("invalidMedia", "the card could not be read; lift it and lay it again"),
    Answer.WRONG_CARD_TYPE: ("invalidMedia", "not an identity card"),
    Answer.NO_SUCH_CONTENT: ("invalidMedia", "the card has no such content"),
    Answer.SAM_NOT_TRUSTED: ("securityFail", "the card does not trust the reader; lift it and lay it again"),
    Answer.CARD_NOT_TRUSTED: ("securityFail", "the reader does not trust the card; it may be forged"),
    Answer.INFORMATION_CHECK: ("securityFail", "what is on the card failed its check"),
}
READER = {
    Answer.NO_PERMISSION: ("securityFail", Action.CALL_MAINTENANCE, "no permission for this command"),
    Answer.SAM_UNAUTHORISED: ("securityFail", Action.CALL_MAINTENANCE, "the reader's SAM is not authorised"),
    Answer.SELF_TEST_FAILED: ("hardwareError", Action.CALL_MAINTENANCE, "self-test failed; the reader is broken"),
    Answer.RANDOM_FAILED: ("hardwareError", Action.RESET, "the reader's random numbers failed; reset it"),
}


def refusal(port: str, status: int) -> DeviceError:
    """The error for an SW3 that is not success; never one that quotes what is on a card."""
    said = f"{port}: the card reader answered {status:02X}"
    if status in MEDIA:
        code, words = MEDIA[Answer(status)]
        return CardError(f"{said}: {words}", code=code, action=Action.RETRY)
    if status in READER:
        code, action, words = READER[Answer(status)]
        return CardError(f"{said}: {words}", code=code, action=action)
    return ProtocolError(f"{said}, which the command does not allow; reset the reader or check its cable")

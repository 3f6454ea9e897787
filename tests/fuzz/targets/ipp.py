"""Whatever a printer answers: a message whose states can be told, or a named error."""

import contextlib

from devices.device import DeviceError
from devices.printer.contract import PrinterStatus, PrintPhase
from devices.printer.ipp_message import Group, IppDamaged, Kind, attribute, decode, encode
from devices.printer.ipp_states import phase_of, status_of

_PRINTER = [
    attribute("printer-state", Kind.ENUM, 5),
    attribute("printer-state-reasons", Kind.KEYWORD, "media-empty-error", "toner-low-warning"),
    attribute("printer-is-accepting-jobs", Kind.BOOLEAN, True),
]
_JOB = [attribute("job-id", Kind.INTEGER, 1), attribute("job-state", Kind.ENUM, 8)]
SEEDS = (encode(0, 1, [(Group.OPERATION, []), (Group.PRINTER, _PRINTER)]), encode(0, 1, [(Group.JOB, _JOB)]))


def check(data: bytes) -> None:
    try:
        message = decode(data)
    except IppDamaged:
        return
    with contextlib.suppress(DeviceError):
        assert isinstance(status_of(message.first(Group.PRINTER)), PrinterStatus)
    for job in message.all(Group.JOB):
        assert isinstance(phase_of(job), PrintPhase)

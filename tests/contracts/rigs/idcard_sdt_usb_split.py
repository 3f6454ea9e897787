"""The SDT reader on USB, head and body on two pipes."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from devices.clock import SystemClock
from devices.idcard.sdt import Options, create
from devices.idcard.twin import IdCardTwin
from devices.lines.usb_descriptors import SPLIT_READER
from devices.lines.usb_port import UsbPort
from tests.contracts.rig import CardRig
from tests.contracts.rigs.idcard_sdt import card_rig

DRIVER = "idcard.sdt"


@contextmanager
def rig(folder: Path) -> Iterator[CardRig]:
    twin = IdCardTwin(SystemClock(), partial(UsbPort, model=SPLIT_READER))
    twin.start(folder)
    device = create("card_reader", Options(port=twin.port), SystemClock())
    try:
        yield card_rig(twin, device)
    finally:
        device.close()
        twin.stop()

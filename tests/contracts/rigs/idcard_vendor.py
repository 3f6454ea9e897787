"""The reader on a pseudo-terminal, behind a vendor's library that is compiled for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.idcard.twin import IdCardTwin
from devices.idcard.vendor import Options, create
from tests.contracts.rig import CardRig
from tests.contracts.rigs.idcard_sdt import card_rig
from tests.devices.vendor.build import built

DRIVER = "idcard.vendor"


@contextmanager
def rig(folder: Path) -> Iterator[CardRig]:
    twin = IdCardTwin(SystemClock())
    twin.start(folder)
    device = create("card_reader", Options(library=built("sdtapi", folder)), SystemClock())
    try:
        yield card_rig(twin, device)
    finally:
        device.close()
        twin.stop()

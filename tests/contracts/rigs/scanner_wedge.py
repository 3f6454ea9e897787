"""The keyboard wedge on the twin's event socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.scanner.twin import ScannerTwin
from devices.scanner.wedge import Options, create
from tests.contracts.rig import ScannerRig
from tests.contracts.rigs.scanner_serial_engine import engine_rig

DRIVER = "scanner.wedge"


@contextmanager
def rig(folder: Path) -> Iterator[ScannerRig]:
    twin = ScannerTwin(SystemClock())
    twin.start(folder)
    device = create("code_scanner", Options(device=str(folder / "scanner.events")), SystemClock())
    try:
        yield engine_rig(twin, device)
    finally:
        device.close()
        twin.stop()

"""The serial scan engine on a pseudo-terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.scanner.contract import BarcodeReader
from devices.scanner.serial_engine import Options, create
from devices.scanner.twin import ScannerTwin
from tests.contracts.rig import ScannerRig

DRIVER = "scanner.serial_engine"


@contextmanager
def rig(folder: Path) -> Iterator[ScannerRig]:
    twin = ScannerTwin(SystemClock())
    twin.start(folder)
    device = create("code_scanner", Options(port=twin.port), SystemClock())
    try:
        yield engine_rig(twin, device)
    finally:
        device.close()
        twin.stop()


def engine_rig(twin: ScannerTwin, device: BarcodeReader) -> ScannerRig:
    """For every scan engine that the twin can stand behind."""
    numbers = iter(range(1000))

    def work() -> None:
        text = f"OEB1:M:work-{next(numbers)}"  # the same code again is the same presentation
        twin.do("scan", {"text": text})
        code = device.read_code(3.0)
        assert code is not None
        assert code.text == text

    return ScannerRig(
        device=device,
        pull=lambda: twin.do("unplug", {}),
        plug=lambda: twin.do("plug", {}),
        mute=lambda on: twin.do("silent", {"on": "yes" if on else "no"}),
        garble=None,  # an engine that says rubbish is an engine that has read rubbish: refused, not a fault
        work=work,
        linger=lambda: device.read_code(20.0),
        hold=lambda text: twin.do("scan", {"text": text}),
        remove=lambda: None,
    )

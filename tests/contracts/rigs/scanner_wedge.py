"""The keyboard wedge on the twin's event socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.scanner.twin import ScannerTwin
from devices.scanner.wedge import Options, create
from tests.contracts.rig import ScannerRig

DRIVER = "scanner.wedge"


@contextmanager
def rig(folder: Path) -> Iterator[ScannerRig]:
    twin = ScannerTwin(SystemClock())
    twin.start(folder)
    device = create("code_scanner", Options(device=str(folder / "scanner.events")), SystemClock())
    numbers = iter(range(1000))

    def work() -> None:
        text = f"OEB1:M:work-{next(numbers)}"
        twin.do("scan", {"text": text})
        code = device.read_code(3.0)
        assert code is not None
        assert code.text == text

    try:
        yield ScannerRig(
            device=device,
            pull=lambda: twin.do("unplug", {}),
            plug=lambda: twin.do("plug", {}),
            mute=lambda on: twin.do("silent", {"on": "yes" if on else "no"}),
            garble=None,  # what an engine types wrongly is refused, not a fault
            work=work,
            linger=lambda: device.read_code(20.0),
            hold=lambda text: twin.do("scan", {"text": text}),
            remove=lambda: None,
        )
    finally:
        device.close()
        twin.stop()

"""Codes read from a camera's frames."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.camera import opencv
from devices.camera.twin import CameraTwin
from devices.clock import SystemClock
from devices.scanner.camera_codes import Options, create
from tests.contracts.rig import ScannerRig

DRIVER = "scanner.camera_codes"


@contextmanager
def rig(folder: Path) -> Iterator[ScannerRig]:
    twin = CameraTwin(SystemClock())
    twin.start(folder)
    options = opencv.Options(source=str(folder / "document_camera.url"), open_timeout=1.0, read_timeout=1.0)
    camera = opencv.create("document_camera", options, SystemClock())
    device = create("code_camera", Options(camera="document_camera"), SystemClock(), camera)
    numbers = iter(range(1000))

    def work() -> None:
        text = f"OEB1:M:work-{next(numbers)}"
        twin.do("hold_code", {"text": text})
        code = device.read_code(6.0)
        twin.do("remove_code", {})
        assert code is not None
        assert code.text == text

    try:
        camera.open()
        yield ScannerRig(
            device=device,
            pull=lambda: twin.do("unplug", {}),
            plug=lambda: twin.do("plug", {}),
            mute=lambda on: twin.do("freeze" if on else "thaw", {}),
            garble=None,  # a picture without a code is no fault
            work=work,
            linger=lambda: device.read_code(20.0),
            hold=lambda text: twin.do("hold_code", {"text": text}),
            remove=lambda: twin.do("remove_code", {}),
        )
    finally:
        device.close()
        camera.close()
        twin.stop()

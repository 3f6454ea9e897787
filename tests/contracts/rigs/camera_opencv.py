"""The OpenCV camera on a network stream."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.camera.opencv import Options, create
from devices.camera.twin import CameraTwin
from devices.clock import SystemClock
from tests.contracts.rig import CameraRig

DRIVER = "camera.opencv"


@contextmanager
def rig(folder: Path) -> Iterator[CameraRig]:
    twin = CameraTwin(SystemClock())
    twin.start(folder)
    options = Options(source=str(folder / "document_camera.url"), open_timeout=1.0, read_timeout=1.0)
    device = create("document_camera", options, SystemClock())

    def work() -> None:
        """Three pictures, each a new one: what is on its way when a camera falls silent is fewer."""
        seen = [device.frame()]
        while len(seen) < 3:
            frame = device.frame()
            assert frame.shape == (720, 1280, 3)
            if frame is not seen[-1]:
                seen.append(frame)

    try:
        yield CameraRig(
            device=device,
            pull=lambda: twin.do("unplug", {}),
            plug=lambda: twin.do("plug", {}),
            mute=lambda on: twin.do("freeze" if on else "thaw", {}),
            garble=None,  # garbage in a stream is skipped by the decoder; hostile streams have tests of their own
            work=work,
            linger=None,  # every command ends within its limit of a few seconds
            show=lambda scene: twin.do("show", {"scene": scene}),
        )
    finally:
        device.close()
        twin.stop()

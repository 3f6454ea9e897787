"""What the live preview costs at 25 frames a second: `python -m benchmarks.preview [--seconds 10] [--camera face]`.

The real chain: the twin's MJPEG over HTTP → driver → camera desk → socket → the terminal's own screen process, which
shows the capture page on a virtual X screen. Processor time is the kernel's, a process at a time; the twin's own is
not counted. The limit holds for the backroom, the screen's is printed beside it. Exit code 1 where it is missed.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.framebuffer import stop, virtual_screen
from devices.clock import SystemClock
from devices.twins import TwinClient

LIMIT = 25.0  # % of one core, the backroom's
LEAST_RATE = 24.0  # frames a second that reach the screen
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
WARM_UP = 3.0  # s; what is imported with the first picture is not the preview's running cost
SCENES = {"face": "face", "document": "sheet"}
CONFIG = """\
[terminal]
state_folder = "{folder}/terminal"
[devices.document_camera]
driver = "camera.opencv"
source = "{folder}/twins/document_camera.url"
[devices.face_camera]
driver = "camera.opencv"
source = "{folder}/twins/face_camera.url"
"""


def cpu_seconds(pid: int) -> float:
    """User and system time of a process with all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(config: Path, camera: str, seconds: float, size: tuple[int, int]) -> None:
    """The screen's side, in a process of its own: prints what it and its backroom used."""
    from PySide6.QtCore import QTimer

    from kiosk.messages.from_backroom import FromBackroom, PreviewFrame
    from kiosk.messages.to_backroom import StartPreview
    from kiosk.ui.app import ScreenSettings, application, open_window
    from kiosk.ui.backroom_process import BackroomProcess
    from kiosk.ui.samples import samples
    from kiosk.ui.shell import Shell

    clock = SystemClock()
    app = application(ScreenSettings(*size))
    shell = Shell(4.03)
    window = open_window(shell, ScreenSettings(*size))
    shell.show(samples("zh")[f"capture_{camera}"])
    frames: list[float] = []
    painted: list[float] = []
    window.frameSwapped.connect(lambda: painted.append(clock.monotonic()))

    def hear(message: FromBackroom, blob: bytes) -> None:
        if isinstance(message, PreviewFrame):
            shell.show_preview(camera, blob)
            frames.append(clock.monotonic())

    backroom = BackroomProcess(config, hear, lambda: app.exit(1))
    backroom.start()
    backroom.send(StartPreview(camera=camera))
    assert backroom.pid is not None
    pids = {"backroom": backroom.pid, "screen": os.getpid()}
    before: dict[str, float] = {}

    def begin() -> None:
        before.update({name: cpu_seconds(pid) for name, pid in pids.items()} | {"at": clock.monotonic()})
        frames.clear()
        painted.clear()

    def end() -> None:
        took = clock.monotonic() - before["at"]
        used = {name: 100 * (cpu_seconds(pid) - before[name]) / took for name, pid in pids.items()}
        gaps = [later - earlier for earlier, later in itertools.pairwise(frames)]
        worst = 1000 * max(gaps, default=0.0)
        print(json.dumps(used | {"rate": len(frames) / took, "painted": len(painted) / took, "worst": worst}))
        app.exit()  # quit asks the window, which does not close

    QTimer.singleShot(round(WARM_UP * 1000), begin)
    QTimer.singleShot(round((WARM_UP + seconds) * 1000), end)
    app.exec()
    backroom.stop()


def measured(folder: Path, camera: str, seconds: float, way: str) -> dict[str, float]:
    config = folder / "terminal.toml"
    config.write_text(CONFIG.format(folder=folder))
    command = [sys.executable, "-m", "benchmarks.preview", "--screen", str(config), "--camera", camera]
    command += ["--seconds", str(seconds), "--way", way]
    with virtual_screen(*SIZES[way]) as screen:
        environment = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment).stdout
    told: dict[str, float] = json.loads(printed.splitlines()[-1])
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--camera", choices=tuple(SCENES))
    parser.add_argument("--way", choices=tuple(SIZES), default="portrait")
    parser.add_argument("--screen", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.screen:
        show(options.screen, options.camera, options.seconds, SIZES[options.way])
        return 0
    held = True
    with tempfile.TemporaryDirectory(prefix="oue-preview-") as name:
        folder = Path(name)
        command = [sys.executable, "-m", "devices.twins", "--folder", str(folder / "twins")]
        twins = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert twins.stdout is not None
        while "ready" not in twins.stdout.readline():
            pass
        client = TwinClient(folder / "twins")
        for camera in (options.camera,) if options.camera else tuple(SCENES):
            client.do("camera", "show", camera=camera, scene=SCENES[camera])
            told = measured(folder, camera, options.seconds, options.way)
            held = held and told["backroom"] <= LIMIT and told["rate"] >= LEAST_RATE
            print(
                f"{camera:8} {told['rate']:.1f} frames/s, longest gap {told['worst']:.0f} ms; backroom"
                f" {told['backroom']:.1f} % of a core (limit {LIMIT:.0f} %), screen {told['screen']:.1f} %"
                f" ({told['painted']:.1f} paints/s)",
                flush=True,
            )
        client.close()
        stop(twins)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())

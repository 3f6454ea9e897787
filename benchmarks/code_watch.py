"""What waiting for a code under the camera costs while none is there: `python -m benchmarks.code_watch [--seconds 20]`.

The real chain: the twin's 1280×720 MJPEG over HTTP, with grain → camera driver → code reader, as the list of matters
has it. Processor time is this process's with all its threads; the twin is another process. Also said, without a limit:
how soon a code is read that is held up after that rest, an easy one and one that only the cascade reads. Exit code 1
where the limit is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.framebuffer import stop
from devices.camera import opencv
from devices.clock import SystemClock
from devices.scanner.camera_codes import CameraCodes, Options, create
from devices.twins import TwinClient

LIMIT = 10.0  # % of one core
SETTLING = 3.0  # s; the decoders load and the picture comes to rest
PRESENTED = 6
BLURS = {"sharp": "0.6", "blurred": "6"}  # px of sigma
CLOCK = SystemClock()


def wait_for_nothing(reader: CameraCodes, seconds: float) -> float:
    """% of a core over so many seconds in which there is no code to read."""
    started, spent = CLOCK.monotonic(), time.process_time()
    while CLOCK.monotonic() - started < seconds:
        assert reader.read_code(1.0) is None
    return 100 * (time.process_time() - spent) / (CLOCK.monotonic() - started)


def read_after(reader: CameraCodes, twins: TwinClient, blur: str, number: int) -> float:
    """Seconds from a code held up over a picture at rest until it is read."""
    wait_for_nothing(reader, 2.5)
    twins.do("camera", "hold_code", text=f"OEB1:M:presented-{number}", blur=blur)
    started = CLOCK.monotonic()
    code = reader.read_code(10.0)
    took = CLOCK.monotonic() - started
    twins.do("camera", "remove_code")
    assert code is not None
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oue-codes-") as name:
        command = [sys.executable, "-m", "devices.twins", "--folder", name, "--classes", "camera"]
        host = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert host.stdout is not None
        while "ready" not in host.stdout.readline():
            pass
        twins = TwinClient(Path(name))
        source = opencv.Options(source=str(Path(name) / "document_camera.url"))
        camera = opencv.create("document_camera", source, CLOCK)
        camera.open()
        reader = create("code_camera", Options(), CLOCK, camera)
        reader.open()
        wait_for_nothing(reader, SETTLING)
        used = wait_for_nothing(reader, options.seconds)
        print(f"nothing held up: {used:.1f} % of a core, limit {LIMIT:.0f} %: {used / LIMIT:.2f} ×", flush=True)
        for words, blur in BLURS.items():
            took = [read_after(reader, twins, blur, number) for number in range(PRESENTED)]
            print(
                f"a {words} code: read after p50 {statistics.median(took):.2f} s, longest {max(took):.2f} s", flush=True
            )
        reader.close()
        camera.close()
        twins.close()
        stop(host)
    print(f"load {os.getloadavg()[0]:.1f}")
    return int(used > LIMIT)


if __name__ == "__main__":
    sys.exit(main())

"""What waiting for a card costs: `python -m benchmarks.card_polling` prints CPU time against time on the wall.

The real hub and driver find a card every 300 ms as the identify page has them do; the reader is a process of its own.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from devices.clock import SystemClock
from devices.device import DeviceState
from devices.hub import Hub
from devices.idcard.sam_reader import FIND_INTERVAL
from devices.idcard.sdt import Options, create

LIMIT = 0.01  # of a core
SECONDS = 15.0
FIND_LIMIT = 6.0  # s, as the terminal's
READER = "card_reader"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "devices.twins", "--folder", folder, "--classes", "idcard", "--with-parent"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as twins:
            assert twins.stdin is not None
            assert twins.stdout is not None
            assert b"ready" in twins.stdout.readline()
            share, finds = _waiting(Path(folder) / "idcard.tty")
            twins.stdin.close()
    words = f"waiting for a card, a find every {FIND_INTERVAL:g} s: {finds} finds in {SECONDS:g} s"
    print(f"{words}; {share:.2%} of a core (limit {LIMIT:.0%})")
    return 0 if share <= LIMIT else 1


def _waiting(port: Path) -> tuple[float, int]:
    clock = SystemClock()
    hub = Hub({READER: create(READER, Options(port=str(port)), clock)}, clock, lambda *_: None)
    hub.start()
    while hub.status(READER).state is not DeviceState.ONLINE:
        clock.sleep(0.1)
    begun, used, finds = time.monotonic(), time.process_time(), 0
    while time.monotonic() - begun < SECONDS:
        assert not hub.run(READER, lambda reader: reader.card_present(), FIND_LIMIT)
        finds += 1
    share = (time.process_time() - used) / (time.monotonic() - begun)
    hub.stop()
    assert finds >= SECONDS / FIND_INTERVAL / 2
    return share, finds


if __name__ == "__main__":
    sys.exit(main())

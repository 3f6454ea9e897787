"""Card read time against the wire time of its frames: `python -m benchmarks.card_read` prints the ratio."""

import statistics
import sys
import tempfile
from pathlib import Path

from devices.clock import SystemClock
from devices.idcard.sdt import Options, create
from devices.idcard.twin import BITS_PER_BYTE, IdCardTwin

LIMIT = 1.05
ROUNDS = 15
BAUD = 115200
FRAMES = 10 + 15 + 10 + 19 + 10 + 1295  # bytes: find, select, read, each with its reply


def main() -> int:
    clock = SystemClock()
    wire = FRAMES * BITS_PER_BYTE / BAUD
    with tempfile.TemporaryDirectory() as folder:
        twin = IdCardTwin(clock, paced=True)
        twin.start(Path(folder))
        reader = create("card_reader", Options(port=twin.port), clock)
        reader.open()
        took = []
        for _ in range(ROUNDS):
            twin.do("lay", {"card": "ceshijia"})
            clock.sleep(0.4)  # a find goes out at once only when the last is 0.3 s past
            begun = clock.monotonic()
            assert reader.card_present()
            assert reader.read().name == "测试甲"
            took.append(clock.monotonic() - begun)
        reader.close()
        twin.stop()
    ratio = statistics.median(took) / wire
    words = f"card read {statistics.median(took) * 1000:.1f} ms / wire time {wire * 1000:.1f} ms at {BAUD} baud"
    print(f"{words} = {ratio:.3f} (limit {LIMIT:.2f}, slowest of {ROUNDS}: {max(took) / wire:.3f})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())

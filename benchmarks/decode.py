"""How much of a hard set the cascade reads, against each decoder alone: `python -m benchmarks.decode [EACH]`."""

import statistics
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

sys.path.insert(0, str(Path(__file__).parents[1]))

from devices.clock import SystemClock
from devices.scanner.decode import decode
from tests.devices.scanner.hard_codes import HEIGHT, WIDTH, HardCode, hard_codes

Reader = Callable[[np.ndarray], set[str]]


def by_zxing(grey: np.ndarray) -> set[str]:
    return {barcode.text for barcode in zxingcpp.read_barcodes(grey)}


def by_zbar(grey: np.ndarray) -> set[str]:
    kinds = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]
    return {found.data.decode("utf-8", "replace") for found in pyzbar.decode(grey, symbols=kinds)}


def by_cascade(grey: np.ndarray) -> set[str]:
    return {code.text for code in decode(grey)}


def measured(name: str, read: Reader, frames: Iterable[HardCode]) -> set[int]:
    """Prints one line; returns which frames were read right."""
    clock, right, wrong, times = SystemClock(), set(), 0, []
    for number, hard in enumerate(frames):
        grey = cv2.cvtColor(hard.frame, cv2.COLOR_BGR2GRAY)
        started = clock.monotonic()
        texts = read(grey)
        times.append((clock.monotonic() - started) * 1000)
        wrong += bool(texts - {hard.text})
        if hard.text in texts:
            right.add(number)
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[18]
    print(f"{name:9} {len(right) / len(times):6.1%} read, {wrong} wrong, p50 {p50:.1f} ms, p95 {p95:.0f} ms")
    return right


def main() -> None:
    frames = tuple(hard_codes(each=int(sys.argv[1]) if len(sys.argv) > 1 else 8, seed=1))
    alone = measured("zxing-cpp", by_zxing, frames) | measured("pyzbar", by_zbar, frames)
    cascade = measured("cascade", by_cascade, frames)
    measured("no code", by_cascade, [HardCode("none", "", np.full((HEIGHT, WIDTH, 3), 90, np.uint8))] * 5)
    print(f"cascade against the union of both: {len(cascade) / max(1, len(alone)):.2f} ×")


if __name__ == "__main__":
    main()

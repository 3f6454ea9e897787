"""From a still to a cleaned page, and how well sheets are found: `python -m benchmarks.document_capture [EACH]`.

Exit code 1 when one page in twenty takes 0.7 s or more, a sheet is missed too often, or an empty desk has one.
"""

import statistics
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from devices.camera.document_pdf import bound
from devices.camera.document_still import document_still
from devices.camera.sheet import find_sheet
from devices.clock import SystemClock
from tests.devices.camera.document_scenes import corner_error, document_scenes, make_scene

LIMIT = 0.7  # s from still to cleaned page, p95
LEAST_FOUND = 0.97
LONGEST_PAGE = 250_000  # bytes
SIZES = {"1280×720": (1280, 720), "8 MP": (3264, 2448)}


def found(each: int) -> bool:
    errors, missed, false, times, clock = [], 0, 0, [], SystemClock()
    for scene in document_scenes(each):
        started = clock.monotonic()
        sheet = find_sheet(scene.frame)
        times.append((clock.monotonic() - started) * 1000)
        if scene.corners is None:
            false += sheet is not None
        elif sheet is None or corner_error(sheet.corners, scene.corners) > 6:
            missed += 1
        else:
            errors.append(corner_error(sheet.corners, scene.corners))
    share = len(errors) / (len(errors) + missed)
    p95 = float(np.percentile(errors, 95))
    print(f"sheets    {share:.1%} of {len(errors) + missed} found, {false} on empty desks (of {each * 14})")
    print(f"corners   median {statistics.median(errors):.2f} px, p95 {p95:.2f} px, worst {max(errors):.2f} px")
    print(f"search    p50 {statistics.median(times):.0f} ms, p95 {np.percentile(times, 95):.0f} ms")
    return share >= LEAST_FOUND and not false


def paged(name: str, size: tuple[int, int]) -> bool:
    clock, times, pages = SystemClock(), [], []
    document_still(make_scene("dark", "a4", 0, size).frame)  # once unmeasured: imports and first use
    for condition in ("dark", "white", "shadow", "wood", "steep"):
        for seed in range(4):
            frame = make_scene(condition, "a4", seed, size).frame
            started = clock.monotonic()
            pages.append(document_still(frame).jpeg)
            times.append(clock.monotonic() - started)
    p95, largest = float(np.percentile(times, 95)), max(map(len, pages))
    pdf = len(bound(pages[:2]))
    print(
        f"{name:9} p50 {statistics.median(times):.2f} s, p95 {p95:.2f} s ({p95 / LIMIT:.2f} of the limit), "
        f"worst {max(times):.2f} s, "
        f"page up to {largest / 1000:.0f} kB, PDF of two {pdf / 1000:.0f} kB"
    )
    return p95 < LIMIT and largest <= LONGEST_PAGE


def main() -> int:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    held = [paged(name, size) for name, size in SIZES.items()]
    return 0 if found(each) and all(held) else 1


if __name__ == "__main__":
    sys.exit(main())

"""How much of a hard set the cascade reads, against each decoder alone and both: `python -m benchmarks.decode [EACH]`.

EACH frames of every condition (default 24: 552 frames at 1280×720), twice: with the seed the cascade was made on, and
with one it was not. Exit code 1 where the cascade reads less than the union of both decoders, reads one code wrong, or
needs more than 33 ms for one in twenty of the frames it reads.
"""

import os
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from pyzbar import pyzbar

sys.path.insert(0, str(Path(__file__).parents[1]))

from devices.clock import SystemClock
from devices.scanner import decode as cascade
from devices.scanner.contract import Code
from tests.devices.scanner.hard_codes import empty_frames, hard_codes

SEEDS = {"made on": 77, "held out": 20261124}
LIMIT = 33.0  # ms; p95 on frames that hold a readable code
CLOCK = SystemClock()
Texts = set[str]


def by_zxing(grey: np.ndarray) -> Texts:
    return {barcode.text for barcode in zxingcpp.read_barcodes(grey)}


def by_zbar(grey: np.ndarray) -> Texts:
    """As it comes, and with its text put right where it guessed Big5 or Shift JIS for UTF-8."""
    kinds = [pyzbar.ZBarSymbol.QRCODE, pyzbar.ZBarSymbol.CODE128]
    found = [symbol.data.decode("utf-8", "replace") for symbol in pyzbar.decode(grey, symbols=kinds)]
    return {text for given in found for text in (given, *_mended(given))}


def _mended(text: str) -> Iterator[str]:
    for guess in ("big5", "shift_jis"):
        try:
            yield text.encode(guess).decode("utf-8")
        except UnicodeError:
            continue


def by_cascade(grey: np.ndarray) -> Texts:
    return {code.text for code in cascade.decode(grey)}


READERS = {"zxing-cpp": by_zxing, "pyzbar": by_zbar, "cascade": by_cascade}


@dataclass
class Tally:
    """What the readers made of a set. `ms`: of frames a reader read; `brought`: codes only a later look saw."""

    frames: Counter[str] = field(default_factory=Counter)
    right: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: Counter[str] = field(default_factory=Counter)
    ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    brought: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cost: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Watched:
    """One look of the cascade, timed, and known as the last one that saw something."""

    last = ""

    def __init__(self, name: str, look: cascade.Look, tally: Tally) -> None:
        self._name, self._look, self._tally = name, look, tally

    def __call__(self, grey: cascade.Grey) -> Iterable[Code]:
        started = CLOCK.monotonic()
        found = list(self._look(grey))
        self._tally.cost[self._name].append((CLOCK.monotonic() - started) * 1000)
        if found:
            Watched.last = self._name
        return found


def measured(each: int, seed: int) -> Tally:
    tally, looks = Tally(), dict(cascade.LOOKS)
    for hard in hard_codes(each, seed):
        grey = cv2.cvtColor(hard.frame, cv2.COLOR_BGR2GRAY)
        tally.frames[hard.condition] += 1
        read: Counter[str] = Counter()
        for name, reader in READERS.items():
            started = CLOCK.monotonic()
            texts = reader(grey)
            spent = (CLOCK.monotonic() - started) * 1000
            read[name] = hard.text in texts
            tally.wrong[name] += _is_wrong(name, texts, hard.text)
            if read[name]:
                tally.ms[name].append(spent)
        read["union"] = read["zxing-cpp"] | read["pyzbar"]
        for name, number in read.items():
            tally.right[name][hard.condition] += number
        if read["cascade"]:
            _explain(tally, looks, hard.condition, grey)
    cascade.LOOKS.update(looks)
    return tally


def _is_wrong(name: str, texts: Texts, text: str) -> bool:
    return bool(texts) and text not in texts if name == "pyzbar" else bool(texts - {text})


def _explain(tally: Tally, looks: dict[str, cascade.Look], condition: str, grey: np.ndarray) -> None:
    """Once more with every look watched: a second pass, so that watching costs the measured one nothing."""
    Watched.last = ""
    cascade.LOOKS.update({name: Watched(name, look, tally) for name, look in looks.items()})
    by_cascade(grey)
    cascade.LOOKS.update(looks)
    if Watched.last:
        tally.brought[Watched.last][condition] += 1


def by_condition(tally: Tally) -> None:
    columns = ("zxing-cpp", "pyzbar", "union", "cascade")
    print(f"{'condition':22}" + "".join(f"{name:>10}" for name in columns))
    for condition, frames in tally.frames.items():
        print(f"{condition:22}" + "".join(f"{tally.right[name][condition] / frames:10.0%}" for name in columns))
    total = tally.frames.total()
    print(f"{f'all {total} frames':22}" + "".join(f"{tally.right[name].total() / total:10.1%}" for name in columns))


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def by_look(tally: Tally) -> None:
    for name, times in tally.cost.items():
        won = ", ".join(f"{condition} {number}" for condition, number in tally.brought[name].items())
        print(f"  {name:16} {statistics.fmean(times):5.1f} ms, brought {tally.brought[name].total():3}  {won}")


def empty(each: int) -> None:
    times: dict[str, list[float]] = defaultdict(list)
    for frame in empty_frames(each, 5):
        grey = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
        for name, reader in (("one look", cascade.decode_fast), ("whole cascade", cascade.decode)):
            started = CLOCK.monotonic()
            assert reader(grey) == ()
            times[name].append((CLOCK.monotonic() - started) * 1000)
    words = ", ".join(f"{name} p50 {statistics.median(spent):.1f} ms" for name, spent in times.items())
    print(f"frames without a code: {words}")


def main() -> int:
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    cv2.setNumThreads(1)
    missed = 0
    for words, seed in SEEDS.items():
        print(f"\nset {words} (seed {seed})")
        tally = measured(each, seed)
        by_condition(tally)
        for name in READERS:
            times = tally.ms[name]
            print(
                f"{name:10} p50 {statistics.median(times):5.1f} ms, p95 {p95(times):5.1f} ms, {tally.wrong[name]} wrong"
            )
        by_look(tally)
        read, alone = tally.right["cascade"].total(), tally.right["union"].total()
        late = p95(tally.ms["cascade"])
        print(f"cascade / union {read / alone:.3f} ×, limit 1; p95 / {LIMIT:.0f} ms {late / LIMIT:.2f} ×, limit 1")
        missed += read < alone or tally.wrong["cascade"] > 0 or late > LIMIT
    empty(max(2, each // 4))
    print(f"load {os.getloadavg()[0]:.1f}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())

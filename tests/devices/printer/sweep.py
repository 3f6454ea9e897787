"""`python -m tests.devices.printer.sweep [--step N]`: a fault at every byte of a print, and what the paper shows then.

The oracle: a command's receipt is on paper at most once, exactly once where the driver says so, and the next receipt
comes out whole. Exit code 1 where that does not hold.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from devices.device import DeviceError
from devices.printer.contract import Line, ReceiptDocument
from devices.printer.escpos_receipt import EscposReceiptPrinter
from tests.devices.printer.memory_wire import Bench, Killed

END = "mark "  # with the command's id: the last line of its receipt


def receipt(command_id: str) -> ReceiptDocument:
    return ReceiptDocument((Line("回执 ABC"), Line("㛃", bold=True), Line(END + command_id)))


@dataclass(frozen=True)
class Fault:
    """`strike` at the chosen byte, `mend` afterwards; `kills`: the driver's own process ends there."""

    name: str
    strike: Callable[[Bench], None]
    mend: Callable[[Bench], None] = lambda _bench: None
    restarts: bool = False


def _kill(_bench: Bench) -> None:
    raise Killed


def _verb(name: str, **arguments: str) -> Callable[[Bench], None]:
    return lambda bench: bench.twin.do(name, arguments)


FAULTS = (
    Fault("cable pulled", _verb("unplug"), _verb("plug")),
    Fault("cable pulled, program restarted", _verb("unplug"), _verb("plug"), restarts=True),
    Fault("program killed", _kill, restarts=True),
    Fault("power dip", _verb("brown_out", after_bytes="0"), lambda bench: bench.clock.sleep(2)),
    Fault("power dip, restarted", _verb("brown_out", after_bytes="0"), lambda bench: bench.clock.sleep(2), True),
    Fault("paper out", _verb("paper", level="out"), _verb("paper", level="full")),
    Fault("paper out, restarted", _verb("paper", level="out"), _verb("paper", level="full"), restarts=True),
    Fault("cover opened", _verb("cover", state="open"), _verb("cover", state="closed")),
    Fault("cutter jammed", _verb("fault", kind="cutter"), _verb("fault", kind="none")),
    Fault("cutter jams at the cut", _verb("fault", kind="cutter_next"), _verb("fault", kind="none")),
    Fault("printer falls silent", _verb("silent", on="yes"), _verb("silent", on="no")),
)
MODELS = {"process": "none", "barrier": "no_process_id"}  # how the printer confirms: what the model lacks


@dataclass(frozen=True)
class Outcome:
    fault: str
    model: str
    at: int
    first: str
    later: str
    shown: int
    next_said: str
    next_shown: int
    restarted: bool

    @property
    def is_right(self) -> bool:
        said = "printed" in (self.first, self.later)
        once = self.shown == 1 if said else self.shown <= 1
        kept = self.restarted or not (self.first == "printed" and self.later != "printed")
        return once and kept and self.next_said == "printed" and self.next_shown == 1


def _said(job: Callable[[], object]) -> str:
    try:
        return str(job())
    except DeviceError as error:
        return error.code
    except Killed:
        return "killed"


def _open(driver: EscposReceiptPrinter) -> EscposReceiptPrinter:
    driver.open()
    return driver


def one(fault: Fault, model: str, at: int, folder: Path) -> Outcome:
    bench = Bench(folder)
    if MODELS[model] != "none":
        bench.twin.do("fault", {"kind": MODELS[model]})
    driver = _open(bench.driver())
    driver.print_receipt(receipt("zero"), "zero")
    bench.wire.strike_at = bench.wire.sent + at
    bench.wire.strike = lambda: fault.strike(bench)
    first = _said(lambda: driver.print_receipt(receipt("one"), "one"))
    bench.wire.strike_at = None
    if fault.restarts:
        driver = bench.driver()
    fault.mend(bench)
    if MODELS[model] != "none":
        bench.twin.do("fault", {"kind": MODELS[model]})
    if not bench.wire.is_open:
        driver.open()
    later = _said(lambda: driver.ask_printed("one"))
    again = _said(lambda: driver.ask_printed("one"))
    next_said = _said(lambda: driver.print_receipt(receipt("two"), "two"))
    shown, next_shown = bench.shown(END + "one"), bench.shown(END + "two")
    later = again if later == "unknown" else later
    return Outcome(fault.name, model, at, first, later, shown, next_said, next_shown, fault.restarts)


def length(folder: Path) -> int:
    """How many bytes the driver sends from the beginning of a print to its end."""
    bench = Bench(folder)
    driver = _open(bench.driver())
    driver.print_receipt(receipt("zero"), "zero")
    before = bench.wire.sent
    driver.print_receipt(receipt("one"), "one")
    return bench.wire.sent - before


def sweep(folder: Path, step: int = 1) -> Iterator[Outcome]:
    end = length(folder / "length")
    for fault in FAULTS:
        for model in MODELS:
            for at in range(0, end + 1, step):
                yield one(fault, model, at, folder / f"{fault.name}-{model}-{at}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.devices.printer.sweep", description=__doc__.split("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="try every N-th byte; default: every one")
    step = parser.parse_args().step
    wrong: list[Outcome] = []
    ends: dict[tuple[str, str], dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for outcome in sweep(Path(folder), step):
            counted = ends.setdefault((outcome.fault, outcome.model), {})
            end = f"{outcome.first}→{outcome.later} ×{outcome.shown}"
            counted[end] = counted.get(end, 0) + 1
            if not outcome.is_right:
                wrong.append(outcome)
    for (fault, model), counted in ends.items():
        print(f"{fault:32} {model:8} " + ", ".join(f"{end}: {count}" for end, count in counted.items()))
    print(f"points tried: {sum(sum(counted.values()) for counted in ends.values())}  violations: {len(wrong)}")
    for outcome in wrong[:20]:
        print(outcome)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

"""A fault at some bytes of a print; `python -m tests.devices.printer.sweep` tries every one."""

from functools import partial

import pytest

from tests.devices.printer.memory_wire import Bench
from tests.devices.printer.sweep import END, FAULTS, MODELS, length, one, receipt, sweep

STEP = 17  # a prime: other places in every kind of command
LATE = 1.2  # s; a machine with no time for the printer, or a driver with none for its answers
QUESTIONS = 12  # bytes of those before a print
IN_A_HEADER = range(36, 64)  # bytes: from the first text into the header of the first image


def test_no_fault_prints_a_receipt_twice_or_calls_one_printed_that_is_not(tmp_path):
    outcomes = list(sweep(tmp_path, STEP))
    assert len(outcomes) > len(FAULTS) * len(MODELS) * 10
    assert [outcome for outcome in outcomes if not outcome.is_right] == []


def test_a_command_cut_short_in_its_header_does_not_swallow_the_next_receipt(tmp_path):
    killed = next(fault for fault in FAULTS if fault.name == "program killed")
    outcomes = [one(killed, "process", at, tmp_path / str(at)) for at in IN_A_HEADER]
    assert [outcome for outcome in outcomes if not outcome.is_right] == []


@pytest.mark.parametrize("model", MODELS)
def test_a_printer_whose_answers_come_late_has_printed_and_printed_once(model, tmp_path):
    for at in range(QUESTIONS, length(tmp_path / "length"), STEP):
        bench = Bench(tmp_path / str(at))
        bench.twin.do("fault", {"kind": MODELS[model]})
        driver = bench.driver()
        driver.open()
        driver.print_receipt(receipt("zero"), "zero")
        bench.wire.strike_at = bench.wire.sent + at
        bench.wire.strike = partial(setattr, bench.wire, "late", LATE)
        assert driver.print_receipt(receipt("one"), "one") == "printed"
        assert bench.shown(END + "one") == 1

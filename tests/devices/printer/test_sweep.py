"""A fault at some bytes of a print; `python -m tests.devices.printer.sweep` tries every one."""

from tests.devices.printer.sweep import FAULTS, MODELS, one, sweep

STEP = 17  # a prime: other places in every kind of command
IN_A_HEADER = range(36, 64)  # bytes: from the first text into the header of the first image


def test_no_fault_prints_a_receipt_twice_or_calls_one_printed_that_is_not(tmp_path):
    outcomes = list(sweep(tmp_path, STEP))
    assert len(outcomes) > len(FAULTS) * len(MODELS) * 10
    assert [outcome for outcome in outcomes if not outcome.is_right] == []


def test_a_command_cut_short_in_its_header_does_not_swallow_the_next_receipt(tmp_path):
    killed = next(fault for fault in FAULTS if fault.name == "program killed")
    outcomes = [one(killed, "process", at, tmp_path / str(at)) for at in IN_A_HEADER]
    assert [outcome for outcome in outcomes if not outcome.is_right] == []

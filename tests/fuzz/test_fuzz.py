"""A short coverage-guided run over every parser; the long one is `python -m tests.fuzz`."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import fuzz
from tests.fuzz.running import known_targets

INPUTS = 120  # and no seconds: a busy machine would try fewer


@pytest.mark.parametrize("target", known_targets())
def test_no_input_knocks_a_parser_over(target: str, tmp_path: Path) -> None:
    run = fuzz(target, f"-runs={INPUTS}", tmp_path)
    assert not run.fell, run.said
    assert run.executions >= INPUTS, run.said
    assert run.edges > 1, run.said

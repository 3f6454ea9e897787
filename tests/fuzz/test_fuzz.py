"""A short coverage-guided run over every parser; the long one is `python -m tests.fuzz`."""

from pathlib import Path

import pytest

from tests.fuzz.__main__ import fuzz
from tests.fuzz.running import known_targets

SECONDS = 1
LEAST = 100  # inputs; fewer means the fuzzer did not run


@pytest.mark.parametrize("target", known_targets())
def test_no_input_knocks_a_parser_over(target: str, tmp_path: Path) -> None:
    run = fuzz(target, SECONDS, tmp_path)
    assert not run.fell, run.said
    assert run.executions > LEAST, run.said
    assert run.edges > 1, run.said

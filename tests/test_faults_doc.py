"""docs/faults.md names only tests and commands that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_test_and_command_of_the_page_exists():
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    there = {
        name for path in ROOT.glob("tests/**/test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) > 20
    assert named <= there, named - there
    for path in re.findall(r"`(tests/[\w/]+\.py)`", page):
        assert (ROOT / path).exists(), path
    for module in re.findall(r"`python -m (tests\.\w+)", page):
        assert (ROOT / module.replace(".", "/") / "__main__.py").exists(), module

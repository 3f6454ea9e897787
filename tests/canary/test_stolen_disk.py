"""With the whole disk of a terminal in hand, nobody learns who was there: no word, number or picture of the citizen."""

import re
from pathlib import Path

import pytest

from tests.canary.finding import ADDRESS, CANARIES, MOBILE, NAME, NUMBER, dresses, found_in, found_on_disk
from tests.canary.visiting import visited


def test_nothing_of_the_citizen_is_on_the_disk_after_done_and_after_the_visit(tmp_path):
    with visited(tmp_path) as visit:
        assert visit.says("done"), (tmp_path / "home" / "terminal.log").read_text()
        assert len(list((tmp_path / "terminal" / "attachments").iterdir())) > 0  # there is something to find
        assert found_on_disk(visit.folders) == []
        visit.goes_on()
        assert visit.says("over")
        assert found_on_disk(visit.folders) == []
        for process in visit.pids().values():
            limits = Path(f"/proc/{process}/limits").read_text()
            assert re.search(r"core file size +0 +0 ", limits), limits


@pytest.mark.parametrize("word", [NAME, NUMBER, ADDRESS, MOBILE])
def test_a_canary_is_found_in_every_dress(word):
    for pattern, how in dresses(word).items():
        assert found_in(b"\x00 before " + pattern + b" after", CANARIES), how

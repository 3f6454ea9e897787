"""A few random visits through every matter: nobody is stuck, Back is right, every step and condition is passed."""

import pytest

from flows.load import load_matter
from tests.flows.random_walk import DeadEnd
from tests.flows.test_groups import MATTER
from tests.shipped import catalog
from tests.walks import cover


@pytest.mark.parametrize("name", catalog())
def test_random_visits_pass_every_step_and_every_condition_both_ways(name):
    coverage = cover(catalog()[name], seed=1, least=3, most=500)
    assert coverage.missing == ()


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ("== percent(100)", "== percent(101) && owners.size() > 9", "owners"),
        ("    kind: group\n", "    kind: group\n    when: who != null && who.number == 'nobody'\n", "step owners"),
        ("together}, value:", "together}, when: owners.size() > 3, value:", "row 0 of owners never true"),
    ],
)
def test_the_walk_finds_a_dead_end_and_a_step_or_row_that_nobody_reaches(tmp_path, there, instead, said):
    assert there in MATTER
    path = tmp_path / "presale.yaml"
    row = "  - {label: {zh: 姓名, en: Names}, value: 'owners.map(one, one.name)'}\n"  # fails where nobody is asked
    path.write_text(MATTER.replace(there, instead, 1).replace(row, ""), encoding="utf-8")
    try:
        found = " ".join(cover(load_matter(path), seed=1, least=3, most=20).missing)
    except DeadEnd as stuck:
        found = str(stuck)
    assert said in found

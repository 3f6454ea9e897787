"""Every walk of the catalogue over the bare matter: right answers lead to the end, wrong ones are told in words."""

from datetime import date

import pytest

from flows.visit import AnswerRefused, Visit
from tests.catalogue.walks import UNTIL, WALKS, Walk, answer_to, walked, walks
from tests.shipped import catalog

TODAY = date(2026, 11, 23)


def test_every_matter_is_walked_and_nothing_else():
    assert {path.stem for path in WALKS.glob("*.yaml")} == set(catalog())


@pytest.mark.parametrize("walk", walks(), ids=str)
def test_right_answers_lead_to_the_end_and_wrong_ones_are_told(walk: Walk):
    visit, tried = Visit.begin(catalog()[walk.matter], TODAY), 0
    while (step := visit.current) is not None and step.kind not in UNTIL:
        for wrong in walk.wrong:
            if wrong.step == step.id:
                assert wrong.words in told(walk, visit, wrong.answer)
                tried += 1
        visit = visit.answer(step.id, answer_to(walk, visit))
    assert visit.current is not None
    assert set(walk.answers) <= set(visit.answers)
    assert tried == len(walk.wrong)


def told(walk: Walk, visit: Visit, answer: object) -> str:
    """What is said to a wrong answer, over the right ones of its other fields."""
    assert visit.current is not None
    right = answer_to(walk, visit)
    given = {**right, **answer} if isinstance(right, dict) and isinstance(answer, dict) else answer
    with pytest.raises(AnswerRefused) as refused:
        visit.answer(visit.current.id, given)
    return " ".join(problem.words.zh for problem in refused.value.problems)


@pytest.mark.parametrize("matter", catalog().values(), ids=lambda matter: matter.id)
def test_a_page_is_known_by_its_title_and_every_matter_says_what_is_unconfirmed(matter):
    for language in ("zh", "en"):
        titles = [step.title.in_language(language) for step in matter.steps]
        assert len(set(titles)) == len(titles)
    assert matter.unconfirmed
    assert walked(next(walk for walk in walks() if walk.matter == matter.id), TODAY).review_rows("en")

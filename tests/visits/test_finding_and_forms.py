"""At the real screens: a matter found by a few letters, and its filled form on A4 for who wants nothing else."""

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.ui.visitor import Visitor


def test_a_few_letters_find_the_matter_and_one_touch_opens_it(citizen: Citizen, visitor: Visitor) -> None:
    citizen.writes("jmyb")
    visitor.waits_until(lambda: visitor.sees_item("tile:resident-medical-insurance"), "the matter meant")
    visitor.touches("tile:resident-medical-insurance")
    visitor.sees("Notice")


def test_the_filled_form_comes_out_and_no_case_is_taken(stage: Stage, citizen: Citizen, visitor: Visitor) -> None:
    cases, papers = len(stage.cases()), len(list((stage.twin_folder / "printed").glob("*.pdf")))
    citizen.touches_matter("resident-medical-insurance")
    citizen.goes_until("Review")
    visitor.touches("printDocument", within=90)
    visitor.waits_until(lambda: getattr(visitor.screen, "paper_state", "") == "printed", "the form on paper", 60)
    visitor.touches("home")
    visitor.touches("home:confirm")
    visitor.sees("Attract")
    assert len(list((stage.twin_folder / "printed").glob("*.pdf"))) == papers + 1
    assert len(stage.cases()) == cases

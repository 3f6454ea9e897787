"""Paper out, no card, card pulled away, camera unplugged: a page in words, a way on, and recovery by itself."""

import pytest

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.journey.screens import Identify, Result, Trouble
from kiosk.ui.visitor import Visitor

ACCEPTED = "resident-medical-insurance"
INSTANT = "social-insurance-certificate"


def test_a_card_pulled_away_early_is_asked_for_again(stage: Stage, citizen: Citizen, visitor: Visitor) -> None:
    citizen.touches_matter(INSTANT)
    citizen.goes_until("Identify")
    stage.twins.do("idcard", "lift_during_read", after="600")
    stage.twins.do("idcard", "lay", card="ceshijia")
    visitor.waits_until(
        lambda: isinstance(visitor.screen, Identify) and bool(visitor.screen.problem), "words on the card"
    )
    stage.twins.do("idcard", "lift")
    citizen.goes_until("Choose")


def test_the_reader_unplugged_and_plugged_in_again(stage: Stage, citizen: Citizen, visitor: Visitor) -> None:
    citizen.touches_matter(INSTANT)
    citizen.goes_until("Identify")
    stage.twins.do("idcard", "unplug")
    screen = visitor.sees("Trouble")
    assert isinstance(screen, Trouble)
    assert screen.picture == "card"
    assert screen.cause
    assert screen.advice
    stage.twins.do("idcard", "plug")
    visitor.sees("Identify")
    citizen.goes_until("Choose")


def test_the_camera_unplugged_in_the_middle(stage: Stage, citizen: Citizen, visitor: Visitor) -> None:
    citizen.touches_matter(ACCEPTED)
    citizen.goes_until("Capture")
    stage.twins.do("camera", "unplug", camera="document")
    screen = visitor.sees("Trouble")
    assert isinstance(screen, Trouble)
    assert screen.picture == "camera"
    stage.twins.do("camera", "plug", camera="document")
    visitor.sees("Capture")
    citizen.goes_through()
    assert citizen.result is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_paper_out_is_said_and_the_receipt_prints_once_there_is_paper(
    stage: Stage, citizen: Citizen, visitor: Visitor, language: str
) -> None:
    stage.twins.do("printer", "paper", level="out")
    try:
        citizen.speaks(language)
        citizen.touches_matter(ACCEPTED)
        citizen.goes_until("Result", "Trouble")
        visitor.waits_until(lambda: _says_no_paper(visitor), "words on the paper", 20)
        printed = stage.twins.state("printer")["receipts"]
    finally:
        stage.twins.do("printer", "paper", level="full")
    visitor.waits_until(lambda: getattr(visitor.screen, "print_state", "") == "printed", "the receipt", 20)
    assert stage.twins.state("printer")["receipts"] == int(str(printed)) + 1
    citizen.goes_through()


def _says_no_paper(visitor: Visitor) -> bool:
    screen = visitor.screen
    return (isinstance(screen, Trouble) and screen.picture == "paper" and bool(screen.continue_label)) or (
        isinstance(screen, Result) and screen.print_state == "failed" and bool(screen.print_message)
    )

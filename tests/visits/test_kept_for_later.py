"""先存着，接着办, at the real screen: kept at the center, gone on with by the same card, and gone from there."""

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.journey.screens import Form, Kept
from kiosk.ui.visitor import Visitor

ACCEPTED = "resident-medical-insurance"


def scans(stage: Stage, visitor: Visitor, code: str) -> None:
    """Again and again until the scanner, which is switched on meanwhile, has read it."""
    for _ in range(10):
        stage.twins.do("scanner", "scan", text=code)
        visitor.looks_for_a_moment()
        if visitor.page == "Identify":
            return
    visitor.sees("Identify")


def test_a_visit_is_put_aside_and_gone_on_with(stage: Stage, visitor: Visitor, citizen: Citizen) -> None:
    citizen.touches_matter(ACCEPTED)
    citizen.goes_until("Capture")
    visitor.touches("home")
    visitor.touches("home:keep")
    visitor.waits_until(lambda: isinstance(visitor.screen, Kept) and visitor.screen.state == "kept", "the code")
    screen = visitor.screen
    assert isinstance(screen, Kept)
    visitor.touches("finish")
    visitor.sees("Farewell")
    visitor.touches("finish")
    visitor.sees("Attract")
    scans(stage, visitor, screen.payload)
    citizen.lays_card()
    assert visitor.sees("Capture").note
    visitor.touches("back")
    form = visitor.sees("Form")
    assert isinstance(form, Form)
    assert any(field.value for field in form.fields)
    visitor.touches("home")
    visitor.touches("home:confirm")
    visitor.sees("Attract")
    scans(stage, visitor, screen.payload)
    stage.twins.do("idcard", "lay", card="ceshijia")
    visitor.waits_until(lambda: "用过或过期" in getattr(visitor.screen, "problem", ""), "that it is used up")

"""Both matters, in both languages, from the first touch to the case at the center."""

from pathlib import Path

import httpx
import pytest
import zxingcpp
from PIL import Image

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.journey.screens import Farewell, Form, Kept, Result
from kiosk.ui.visitor import Visitor

INSTANT = "social-insurance-certificate"
ACCEPTED = "resident-medical-insurance"


def receipts(stage: Stage) -> list[Path]:
    return sorted((stage.twin_folder / "receipts").glob("*.png"))


def certificates(stage: Stage) -> list[Path]:
    return sorted((stage.twin_folder / "printed").glob("*.pdf"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("matter", [INSTANT, ACCEPTED])
def test_a_visit_ends_with_a_receipt_and_a_case_at_the_center(
    stage: Stage, citizen: Citizen, matter: str, language: str
) -> None:
    cases, papers = len(stage.cases()), len(receipts(stage))
    citizen.speaks(language)
    citizen.touches_matter(matter)
    citizen.goes_through()

    assert isinstance(citizen.result, Result)
    assert citizen.result.number_kind == "central"
    assert citizen.result.print_state == "printed"
    assert len(receipts(stage)) == papers + 1
    assert stage.twins.state("printer")["unknown_bytes"] == 0
    assert len(stage.cases()) == cases + 1
    case = stage.case(citizen.result.number)
    assert "330381189901010015" in str(case)


def test_the_photographed_document_is_a_pdf_that_the_center_opens(
    stage: Stage, citizen: Citizen, tmp_path: Path
) -> None:
    citizen.touches_matter(ACCEPTED)
    citizen.goes_through()
    assert citizen.result is not None
    stage.case(citizen.result.number, out=tmp_path)
    pdf = (tmp_path / "residence-1.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/DCTDecode" in pdf
    assert len(pdf) < 260_000


def test_a_document_that_lies_still_is_taken_by_itself(stage: Stage, citizen: Citizen) -> None:
    citizen.touches_matter(ACCEPTED)
    citizen.goes_until("Capture")
    stage.twins.do("camera", "show", camera="document", scene="sheet")
    citizen.visitor.waits_until(lambda: getattr(citizen.visitor.screen, "state", "") == "taken", "the picture", 40)
    citizen.visitor.looks_for_a_moment()
    citizen.visitor.touches("accept")
    citizen.visitor.waits_until(lambda: citizen.visitor.page != "Capture", "the page after it", 30)


def test_staff_are_told_that_no_model_compared_the_face_with_the_card(stage: Stage, citizen: Citizen) -> None:
    citizen.touches_matter(INSTANT)
    citizen.goes_through()
    assert citizen.result is not None
    assert "'check': 'toBeCheckedByStaff: no model files'" in str(stage.case(citizen.result.number)["case"])


def test_the_instant_certificate_is_shown_with_its_code(stage: Stage, citizen: Citizen) -> None:
    citizen.touches_matter(INSTANT)
    citizen.goes_through()
    assert citizen.result is not None
    assert citizen.result.document_sample
    assert citizen.result.verify_code
    assert citizen.result.verify_url.startswith(stage.center_url)


def test_the_certificate_comes_out_on_a4_as_the_center_issued_it(
    stage: Stage, citizen: Citizen, visitor: Visitor, tmp_path: Path
) -> None:
    before = certificates(stage)
    citizen.touches_matter(INSTANT)
    citizen.goes_until("Result")
    visitor.touches("printDocument")
    visitor.waits_until(lambda: getattr(visitor.screen, "paper_state", "") == "printed", "the A4 page", 60)
    assert not visitor.sees_item("printDocument")
    citizen.goes_until("Farewell")
    assert isinstance(visitor.screen, Farewell)
    assert any("A4" in reminder for reminder in visitor.screen.reminders)

    assert citizen.result is not None
    stage.case(citizen.result.number, out=tmp_path)
    (issued,) = tmp_path.glob("*.pdf")
    (paper,) = set(certificates(stage)) - set(before)
    assert paper.read_bytes() == issued.read_bytes()


def test_a4_paper_that_runs_out_is_said_and_the_next_try_prints_one_page(
    stage: Stage, citizen: Citizen, visitor: Visitor
) -> None:
    before = len(certificates(stage))
    citizen.touches_matter(INSTANT)
    citizen.goes_until("Result")
    stage.twins.do("a4_printer", "speed", seconds="5")
    visitor.touches("printDocument")
    visitor.waits_until(lambda: "processing" in str(stage.twins.state("a4_printer")["jobs"]), "the job to begin", 20)
    stage.twins.do("a4_printer", "paper", level="out")
    visitor.waits_until(lambda: "缺纸" in getattr(visitor.screen, "paper_message", ""), "the word on paper", 30)
    assert not visitor.sees_item("printDocument")
    stage.twins.do("a4_printer", "speed", seconds="0.2")
    stage.twins.do("a4_printer", "paper", level="full")
    visitor.touches("printDocument", within=90)
    visitor.waits_until(lambda: getattr(visitor.screen, "paper_state", "") == "printed", "the A4 page", 60)
    assert len(certificates(stage)) == before + 1


def test_a_notice_held_under_the_camera_opens_its_matter_and_the_receipts_code_leads_to_what_is_missing(
    stage: Stage, citizen: Citizen, visitor: Visitor, tmp_path: Path
) -> None:
    citizen.holds_matter_code(ACCEPTED)
    citizen.goes_through()
    assert citizen.result is not None
    number, papers = citizen.result.number, len(receipts(stage))
    stage.asks_for(number, "residence")
    (code,) = zxingcpp.read_barcodes(Image.open(receipts(stage)[-1]))
    assert code.text.startswith(f"{stage.center_url}/c/")
    page = httpx.get(code.text, trust_env=False)
    assert (page.status_code, number in page.text) == (200, True)
    citizen.sees_progress(code.text)
    visitor.touches("bring:1")
    visitor.sees("Notice")
    citizen.goes_through()

    assert (citizen.result.number, citizen.result.print_state) == (number, "printed")
    assert len(receipts(stage)) == papers + 1
    shown = stage.case(number, out=tmp_path)
    assert "'stage': 'awaitingPrecheck'" in str(shown["parts"])
    (brought,) = tmp_path.glob("*-residence-1.pdf")
    assert brought.read_bytes().startswith(b"%PDF-")


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

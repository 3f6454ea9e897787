"""Both matters, in both languages, from the first touch to the case at the center."""

from pathlib import Path

import pytest

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.journey.screens import Result

INSTANT = "social-insurance-certificate"
ACCEPTED = "resident-medical-insurance"


def receipts(stage: Stage) -> list[Path]:
    return sorted((stage.twin_folder / "receipts").glob("*.png"))


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


def test_the_instant_certificate_is_shown_with_its_code(stage: Stage, citizen: Citizen) -> None:
    citizen.touches_matter(INSTANT)
    citizen.goes_through()
    assert citizen.result is not None
    assert citizen.result.document_sample
    assert citizen.result.verify_code
    assert citizen.result.verify_url.startswith(stage.center_url)


def test_a_notice_held_under_the_camera_opens_its_matter_and_the_receipts_code_shows_progress(
    stage: Stage, citizen: Citizen
) -> None:
    citizen.holds_matter_code(ACCEPTED)
    citizen.goes_through()
    assert citizen.result is not None
    citizen.looks_up(citizen.result.number)

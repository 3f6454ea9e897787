"""A document of several pages: page after page, finished early, and one PDF in the case."""

from collections.abc import Mapping

import pytest

from flows.matter import Matter
from kiosk.backroom.messages import BindPages, CaptureFailed, PagesBound, PreviewFrame, StillTaken, TakeStill

from .conftest import Terminal


@pytest.fixture
def of_three(catalog: Mapping[str, Matter], words) -> Terminal:
    """The enrolment, its document of up to three pages."""
    matter = catalog["resident-medical-insurance"]
    steps = tuple(step.model_copy(update={"pages": 3}) if step.kind == "capture" else step for step in matter.steps)
    changed = {**catalog, matter.id: matter.model_copy(update={"steps": steps})}
    terminal = Terminal(changed, words).comes_up()
    return terminal.enrolment_to_picture()


def takes(terminal: Terminal, page: bytes) -> None:
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.journey.take_picture()
    terminal.hears(StillTaken(request=terminal.backroom.last(TakeStill).request), page)
    terminal.journey.accept_picture()


def test_two_pages_are_bound_to_one_attachment(of_three):
    takes(of_three, b"page one")
    assert (of_three.page, of_three.screen.pages, bool(of_three.screen.done_label)) == ("Capture", 1, True)
    takes(of_three, b"two")
    of_three.journey.proceed()
    order = of_three.backroom.last(BindPages)
    assert (order.name, order.lengths) == ("residence-1", (8, 3))
    assert of_three.backroom.blobs[of_three.backroom.sent.index(order)] == b"page onetwo"
    of_three.binds_pages()
    assert of_three.page == "Promise"


def test_the_last_page_ends_the_step_by_itself(of_three):
    for page in (b"1", b"2", b"3"):
        takes(of_three, page)
    assert of_three.backroom.last(BindPages).lengths == (1, 1, 1)


def test_pages_that_could_not_be_bound_are_kept_for_another_try(of_three):
    takes(of_three, b"1")
    of_three.journey.proceed()
    of_three.hears(CaptureFailed(request=of_three.backroom.last(BindPages).request, code="invalidMedia"))
    assert (of_three.page, bool(of_three.screen.problem), of_three.screen.pages) == ("Capture", True, 1)
    of_three.journey.proceed()
    of_three.waits(11)
    assert of_three.screen.problem
    of_three.journey.proceed()
    of_three.binds_pages()
    assert of_three.page == "Promise"


def test_another_documents_pdf_is_not_taken(of_three):
    takes(of_three, b"1")
    of_three.journey.proceed()
    of_three.hears(PagesBound(request="of-somebody-else", sha256="0" * 64, size=1), b"%PDF-")
    assert of_three.page == "Capture"

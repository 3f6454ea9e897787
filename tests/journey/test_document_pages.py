"""A document of several pages: page after page, finished early, and one PDF in the case."""

from collections.abc import Mapping

import pytest

from flows.matter import Matter
from flows.text import Text
from kiosk.messages.from_backroom import CaptureFailed, PagesBound, PreviewFrame, StillTaken
from kiosk.messages.to_backroom import BindPages, TakeStill
from tests.journey.said import PNG
from tests.journey.terminal import Terminal


@pytest.fixture
def of_three(catalog: Mapping[str, Matter], words) -> Terminal:
    """The enrolment, its document of up to three pages."""
    return with_document(catalog, words, pages=3)


@pytest.fixture
def skippable(catalog: Mapping[str, Matter], words) -> Terminal:
    return with_document(catalog, words, skip=Text(zh="稍后补交", en="Hand in later"))


def with_document(catalog: Mapping[str, Matter], words, **changes: object) -> Terminal:
    matter = catalog["resident-medical-insurance"]
    steps = tuple(step.model_copy(update=changes) if step.kind == "capture" else step for step in matter.steps)
    changed = {**catalog, matter.id: matter.model_copy(update={"steps": steps})}
    return Terminal(changed, words).comes_up().enrolment_to_picture()


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
    of_three.journey.agree()
    of_three.journey.sign(PNG)
    of_three.holds_attachment()
    assert "已拍摄 2 张" in [row.value for row in of_three.screen.rows]


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
    of_three.waits(21)
    assert of_three.screen.problem
    of_three.journey.proceed()
    of_three.binds_pages()
    assert of_three.page == "Promise"


def test_another_documents_pdf_is_not_taken(of_three):
    takes(of_three, b"1")
    of_three.journey.proceed()
    of_three.hears(PagesBound(request="of-somebody-else", sha256="0" * 64, size=1), b"%PDF-")
    assert of_three.page == "Capture"


def refuses(terminal: Terminal, page: bytes = b"refused") -> None:
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.journey.take_picture()
    request = terminal.backroom.last(TakeStill).request
    terminal.hears(StillTaken(request=request, problems=("noSheet",)), page)


def test_a_picture_refused_twice_may_be_used_and_staff_is_told(of_three):
    refuses(of_three)
    assert (of_three.screen.state, of_three.screen.accept_label) == ("problem", "")
    of_three.journey.accept_picture()
    assert not of_three.backroom.all(BindPages)
    refuses(of_three, b"as it is")
    assert (of_three.screen.state, of_three.frames[-1]) == ("taken", ("document", b"as it is"))
    assert of_three.screen.problem
    assert of_three.screen.accept_label
    of_three.journey.accept_picture()
    of_three.journey.proceed()
    of_three.binds_pages()
    assert of_three.page == "Promise"
    held = of_three.journey._run.attachments["residence-1"]
    assert held.check == "toBeCheckedByStaff: noSheet"


def test_after_two_refusals_a_better_picture_is_a_picture_like_any(of_three):
    refuses(of_three)
    refuses(of_three)
    of_three.journey.retake()
    takes(of_three, b"good")
    of_three.journey.proceed()
    of_three.binds_pages()
    assert of_three.journey._run.attachments["residence-1"].check == ""


def test_where_the_step_can_be_skipped_a_refused_picture_is_taken_again_or_left_out(skippable):
    for _ in range(4):
        refuses(skippable)
    assert (skippable.screen.state, skippable.screen.can_skip) == ("problem", True)


def looks(terminal: Terminal, seconds: float, hint: str = "ready") -> None:
    for _ in range(round(seconds / 0.25)):
        terminal.clock.sleep(0.25)
        terminal.hears(PreviewFrame(camera="document", hints=(hint,) if hint else ()), b"live")


def stills(terminal: Terminal) -> int:
    return len(terminal.backroom.all(TakeStill))


def test_a_sheet_that_lies_still_is_taken_after_a_countdown(of_three):
    looks(of_three, 0.25)
    assert "2" in of_three.screen.guidance
    looks(of_three, 1.25)
    assert ("1" in of_three.screen.guidance, stills(of_three)) == (True, 0)
    looks(of_three, 0.75)
    assert stills(of_three) == 1
    of_three.hears(StillTaken(request=of_three.backroom.last(TakeStill).request), b"page")
    assert of_three.screen.state == "taken"


def test_a_finger_on_its_way_to_take_does_not_accept_what_came_by_itself(of_three):
    looks(of_three, 2.25)
    of_three.hears(StillTaken(request=of_three.backroom.last(TakeStill).request), b"page")
    of_three.journey.accept_picture()
    assert of_three.screen.state == "taken"
    of_three.clock.sleep(1)
    of_three.journey.accept_picture()
    assert of_three.screen.pages == 1


def test_a_sheet_that_moves_stops_the_countdown_and_begins_it_anew(of_three):
    looks(of_three, 2)
    looks(of_three, 0.25, "holdStill")
    looks(of_three, 2)
    assert stills(of_three) == 0
    looks(of_three, 0.25)
    assert stills(of_three) == 1


def test_live_pictures_that_stop_stop_the_countdown(of_three):
    looks(of_three, 1.75)
    of_three.waits(5)
    looks(of_three, 0.25)
    assert (stills(of_three), "2" in of_three.screen.guidance) == (0, True)


def test_the_button_takes_at_once_and_whoever_likes_takes_every_picture_by_hand(of_three):
    looks(of_three, 1)
    of_three.journey.take_by_hand(True)
    looks(of_three, 5)
    assert (stills(of_three), of_three.screen.by_hand) == (0, True)
    of_three.journey.take_picture()
    assert stills(of_three) == 1


def test_one_sheet_is_taken_once_and_the_next_when_the_desk_has_changed(of_three):
    looks(of_three, 2.25)
    of_three.hears(StillTaken(request=of_three.backroom.last(TakeStill).request), b"page")
    of_three.clock.sleep(1)
    of_three.journey.accept_picture()
    looks(of_three, 5)
    assert stills(of_three) == 1
    assert "1" in of_three.screen.guidance  # lay the next page
    looks(of_three, 0.5, "noSheet")
    looks(of_three, 2.25)
    assert stills(of_three) == 2


def test_a_picture_refused_is_not_taken_again_by_itself_until_the_sheet_was_moved(of_three):
    looks(of_three, 2.25)
    of_three.hears(StillTaken(request=of_three.backroom.last(TakeStill).request, problems=("moved",)), b"page")
    looks(of_three, 5)
    assert (stills(of_three), of_three.screen.state) == (1, "problem")
    looks(of_three, 0.25, "holdStill")
    looks(of_three, 0.25)
    assert (of_three.screen.state, of_three.screen.problem) == ("live", "")


def test_any_page_is_deleted_with_one_touch(of_three):
    takes(of_three, b"first")
    takes(of_three, b"second")
    assert len(of_three.screen.thumbnails) == len(of_three.screen.delete_labels) == 2
    of_three.journey.delete_page(7)
    of_three.journey.delete_page(1)
    assert of_three.screen.pages == 1
    of_three.journey.proceed()
    assert of_three.backroom.blobs[-1] == b"second"


def test_going_back_keeps_the_pages_taken(of_three):
    takes(of_three, b"first")
    of_three.journey.go_back()
    assert of_three.page != "Capture"
    of_three.journey.fill({"category": "adult", "mobile": "138 0000 0000"})
    assert (of_three.page, of_three.screen.pages) == ("Capture", 1)


def test_what_it_may_be_used_for_and_the_day_are_written_across_it_and_the_person_is_told(terminal):
    terminal.enrolment_to_picture()
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.journey.take_picture()
    terminal.hears(StillTaken(request=terminal.backroom.last(TakeStill).request), b"page")
    assert "仅供办理这件事使用" in terminal.screen.guidance
    terminal.journey.accept_picture()
    assert terminal.backroom.last(BindPages).mark == "仅供办理“城乡居民医保参保登记”使用 2026-11-23"

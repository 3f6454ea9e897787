"""Everything that may stand in a person's way: said in words, with a way on, gone by itself when the cause is gone."""

import pytest

from kiosk.messages.from_backroom import (
    CaptureFailed,
    CardFailed,
    CardFound,
    PreviewFrame,
    Ready,
    ServiceChanged,
    StillTaken,
)
from kiosk.messages.to_backroom import (
    Attach,
    AwaitCard,
    AwaitCode,
    BindPages,
    PrintReceipt,
    StartPreview,
    Stop,
    SubmitCase,
    TakeStill,
)


def at_identify(terminal):
    terminal.opens("resident-medical-insurance")
    terminal.journey.agree()
    assert terminal.page == "Identify"
    return terminal


@pytest.mark.parametrize(
    "code",
    ["noMedia", "invalidMedia", "cardCollision", "securityFail", "timeOut", "hardwareError", "internalError"],
)
def test_a_failed_read_says_what_to_do_and_waits_again(terminal, code):
    at_identify(terminal)
    terminal.hears(CardFound())
    assert terminal.screen.state == "reading"
    terminal.backroom.forget()
    terminal.hears(CardFailed(code=code, action="retry"))
    assert terminal.screen.state == "problem"
    assert terminal.screen.problem
    assert not terminal.backroom.sent
    terminal.waits(1)
    assert [type(message) for message in terminal.backroom.sent] == [AwaitCard]
    terminal.lays_card()
    assert terminal.page == "Form"


def test_a_card_taken_away_early_is_asked_back(terminal):
    at_identify(terminal)
    terminal.hears(CardFailed(code="noMedia", action="retry"))
    assert "请把身份证放回" in terminal.screen.problem
    terminal.journey.set_language("en")
    assert "lay it back" in terminal.screen.problem


def test_an_expired_card_is_refused_with_its_date_and_another_may_be_laid(terminal):
    at_identify(terminal)
    terminal.lays_card(valid_to="2026-11-22", warnings=["expired"])
    assert terminal.page == "Identify"
    assert "2026-11-22" in terminal.screen.problem
    assert terminal.screen.can_go_home
    terminal.waits(1)
    terminal.hears(CardFound())
    assert "2026-11-22" in terminal.screen.problem
    terminal.lays_card(valid_to="2026-11-23")
    assert terminal.page == "Form"


def test_a_reading_that_never_ends_is_given_up(terminal):
    at_identify(terminal)
    terminal.hears(CardFound())
    terminal.waits(16)
    assert terminal.screen.state == "problem"


def test_a_broken_record_is_not_taken(terminal):
    at_identify(terminal)
    terminal.lays_card(name=None)
    assert terminal.screen.problem
    terminal.lays_card(address=17)
    assert terminal.page == "Identify"


def test_a_missing_reader_is_a_page_that_goes_away_by_itself(terminal):
    at_identify(terminal)
    terminal.device("card_reader", "idcard", "noDevice")
    assert (terminal.page, terminal.screen.picture, terminal.screen.continue_label) == ("Trouble", "card", "")
    assert terminal.screen.advice
    assert terminal.screen.can_go_home
    terminal.backroom.forget()
    terminal.device("card_reader", "idcard", "starting")
    assert terminal.page == "Trouble"
    terminal.device("card_reader", "idcard")
    assert terminal.page == "Identify"
    assert isinstance(terminal.backroom.sent[-1], AwaitCard)


def test_the_camera_unplugged_and_plugged_in_again(terminal):
    terminal.enrolment_to_picture()
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.device("document_camera", "camera", "offline")
    assert (terminal.page, terminal.screen.picture) == ("Trouble", "camera")
    terminal.journey.proceed()
    assert terminal.page == "Trouble"
    terminal.backroom.forget()
    terminal.device("document_camera", "camera")
    assert (terminal.page, terminal.screen.state) == ("Capture", "starting")
    assert isinstance(terminal.backroom.sent[-1], StartPreview)
    terminal.takes_picture("document")
    assert terminal.page == "Promise"


def test_without_the_face_camera_the_visit_goes_on(terminal):
    terminal.opens("social-insurance-certificate")
    terminal.journey.agree()
    terminal.lays_card()
    terminal.device("face_camera", "camera", "noDevice")
    terminal.journey.agree()
    assert terminal.page == "Trouble"
    assert terminal.screen.continue_label
    terminal.journey.proceed()
    assert terminal.page == "Choose"


def test_a_missing_device_is_said_before_starting(new_terminal_with, catalog):
    names = ("social-insurance-certificate", "resident-medical-insurance")
    terminal = new_terminal_with({name: catalog[name] for name in names})
    terminal.device("document_camera", "camera", "noDevice")
    terminal.journey.start()
    tiles = {tile.id: tile for tile in terminal.screen.tiles}
    assert tiles["social-insurance-certificate"].available
    assert not tiles["resident-medical-insurance"].available
    assert "摄像头" in tiles["resident-medical-insurance"].unavailable_reason
    terminal.journey.open_matter("resident-medical-insurance")
    assert terminal.page == "MatterList"
    terminal.device("document_camera", "camera")
    assert all(tile.available for tile in terminal.screen.tiles)


def test_a_device_nobody_heard_of_is_missing_after_a_while(new_terminal):
    terminal = new_terminal()
    terminal.hears(Ready(terminal_id="T", enrolled=True))
    terminal.journey.start()
    assert all(tile.available for tile in terminal.screen.tiles)
    terminal.waits(10)
    open_still = [tile.id for tile in terminal.screen.tiles if tile.available]
    assert open_still == ["did-not-work-out"]  # to be reported without a card reader


@pytest.mark.parametrize("problem", ["noSheet", "cutOff", "tooDark", "tooBright", "blurred", "neverHeardOf"])
def test_a_bad_picture_is_explained_and_taken_again(terminal, problem):
    terminal.enrolment_to_picture()
    terminal.hears(PreviewFrame(camera="document", hints=(problem,)), b"live")
    assert terminal.screen.guidance
    terminal.journey.take_picture()
    terminal.hears(StillTaken(request=terminal.backroom.last(TakeStill).request, problems=(problem,)), b"picture")
    assert (terminal.screen.state, bool(terminal.screen.problem)) == ("problem", True)
    terminal.takes_picture("document")
    assert terminal.page == "Promise"


def test_a_picture_can_be_taken_again(terminal):
    terminal.enrolment_to_picture()
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.journey.take_picture()
    terminal.hears(StillTaken(request=terminal.backroom.last(TakeStill).request), b"first")
    assert terminal.screen.state == "taken"
    assert terminal.frames[-1] == ("document", b"first")
    terminal.journey.retake()
    terminal.takes_picture("document", b"second")
    assert terminal.backroom.blobs[terminal.backroom.sent.index(terminal.backroom.last(BindPages))] == b"second"


def test_a_camera_or_store_that_does_not_answer_is_not_waited_for_for_ever(terminal):
    terminal.enrolment_to_picture()
    terminal.hears(PreviewFrame(camera="document"), b"live")
    terminal.journey.take_picture()
    terminal.waits(11)
    assert terminal.screen.problem
    terminal.journey.take_picture()
    terminal.hears(CaptureFailed(request=terminal.backroom.last(TakeStill).request, code="deviceNotReady"))
    assert terminal.screen.problem
    terminal.journey.take_picture()
    terminal.hears(StillTaken(request=terminal.backroom.last(TakeStill).request), b"picture")
    terminal.journey.accept_picture()
    terminal.waits(21)
    assert terminal.screen.problem
    terminal.journey.accept_picture()
    terminal.binds_pages()
    assert terminal.page == "Promise"


def test_an_empty_signature_is_refused(terminal):
    terminal.enrolment_to_picture()
    terminal.takes_picture("document")
    terminal.journey.agree()
    terminal.journey.sign(b"")
    assert terminal.screen.problem


@pytest.mark.parametrize("code", ["diskFull", "notEnrolled", "storageDamaged", "neverHeardOf"])
def test_out_of_service_says_why_since_when_and_whom_to_call(terminal, code):
    terminal.hears(ServiceChanged(in_service=False, code=code))
    screen = terminal.screen
    assert terminal.page == "OutOfService"
    assert screen.cause
    assert screen.since
    assert screen.contact == "0577-12345 (示例)"
    terminal.journey.start()
    assert terminal.page == "OutOfService"
    terminal.hears(ServiceChanged(in_service=True))
    assert terminal.page == "Attract"


def test_a_visit_under_way_is_finished_before_the_terminal_closes(terminal):
    terminal.enrolment_to_review()
    terminal.hears(ServiceChanged(in_service=False, code="diskFull"))
    assert terminal.page == "Review"
    terminal.journey.proceed()
    terminal.commits()
    terminal.journey.proceed()
    terminal.journey.skip()
    assert terminal.page == "Farewell"
    terminal.waits(9)
    assert terminal.page == "OutOfService"


def test_a_terminal_that_is_not_enrolled_is_out_of_service(new_terminal):
    terminal = new_terminal()
    terminal.hears(Ready(terminal_id="", enrolled=False))
    assert terminal.page == "OutOfService"


def test_a_backroom_that_never_comes_up_is_said(new_terminal):
    terminal = new_terminal()
    assert terminal.page == "Attract"
    terminal.waits(21)
    assert terminal.page == "OutOfService"
    terminal.comes_up()
    assert terminal.page == "Attract"
    assert isinstance(terminal.backroom.sent[-1], AwaitCode)


def test_a_fallen_backroom_between_visits(terminal):
    terminal.journey.backroom_lost()
    assert terminal.page == "OutOfService"
    terminal.comes_up()
    assert terminal.page == "Attract"


def test_a_fallen_backroom_is_handed_everything_again(terminal):
    terminal.enrolment_to_review()
    terminal.backroom.forget()
    terminal.journey.backroom_lost()
    assert terminal.page == "Trouble"
    terminal.journey.proceed()
    assert not terminal.backroom.sent
    terminal.comes_up()
    assert terminal.page == "Review"
    assert {message.name for message in terminal.backroom.all(Attach)} == {"residence-1", "signature-1"}
    assert all(terminal.backroom.blobs[:2])


def test_a_backroom_that_falls_while_saving_is_asked_with_the_same_case(terminal):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    case = terminal.backroom.last(SubmitCase).case
    terminal.journey.backroom_lost()
    terminal.backroom.forget()
    terminal.comes_up()
    assert terminal.backroom.last(SubmitCase).case == case
    terminal.commits()
    assert terminal.page == "Result"


def test_a_backroom_that_falls_while_printing_is_asked_with_the_same_command(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    terminal.journey.backroom_lost()
    terminal.comes_up()
    assert len({order.command_id for order in terminal.backroom.all(PrintReceipt)}) == 1
    terminal.prints("unknown")
    assert terminal.screen.print_state == "unknown"


def test_leaving_a_page_stops_its_devices(terminal):
    at_identify(terminal)
    terminal.backroom.forget()
    terminal.journey.go_back()
    assert isinstance(terminal.backroom.sent[0], Stop)

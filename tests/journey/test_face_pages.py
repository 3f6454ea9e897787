"""The picture of a face: unlike the card it may be taken once more, and the visit goes on whatever comes of it."""

import pytest

from kiosk.messages.from_backroom import PreviewFrame, StillTaken
from kiosk.messages.to_backroom import SubmitCase, TakeStill
from tests.journey.terminal import Terminal


@pytest.fixture
def before_camera(terminal: Terminal) -> Terminal:
    terminal.opens("social-insurance-certificate")
    terminal.journey.agree()
    terminal.lays_card()
    terminal.journey.agree()
    assert terminal.screen.purpose == "face"
    return terminal


def takes(terminal: Terminal, check: str) -> None:
    terminal.hears(PreviewFrame(camera="face"), b"live")
    terminal.journey.take_picture()
    request = terminal.backroom.last(TakeStill).request
    terminal.hears(StillTaken(request=request, face_check=check), b"a face")
    assert terminal.screen.state == "taken"


def uses_it_and_submits(terminal: Terminal) -> dict:
    terminal.journey.accept_picture()
    terminal.holds_attachment()
    terminal.journey.select(["pension"])
    terminal.journey.select(["months12"])
    terminal.center_answers()
    terminal.journey.proceed()
    terminal.journey.proceed()
    terminal.commits()
    return terminal.backroom.last(SubmitCase).case


def test_a_picture_unlike_the_cards_may_be_taken_once_more_and_then_staff_check(before_camera: Terminal, words):
    takes(before_camera, "different 0.21")
    assert before_camera.screen.guidance == words.say("zh", "capture.unlike.once_more")
    before_camera.journey.retake()
    takes(before_camera, "different 0.19")
    assert before_camera.screen.guidance == words.say("zh", "capture.unlike.go_on")
    (attachment,) = uses_it_and_submits(before_camera)["attachments"]
    assert (attachment["step"], attachment["check"]) == ("face", "different 0.19")


def test_a_picture_unlike_the_cards_can_be_used_at_once(before_camera: Terminal):
    takes(before_camera, "different 0.21")
    assert uses_it_and_submits(before_camera)["attachments"][0]["check"] == "different 0.21"


@pytest.mark.parametrize("check", ["same 0.52", "toBeCheckedByStaff: no model files", ""])
def test_nothing_else_is_said_of_a_comparison(before_camera: Terminal, words, check: str):
    takes(before_camera, check)
    assert before_camera.screen.guidance == words.say("zh", "capture.taken.face")
    case = uses_it_and_submits(before_camera)
    assert case["attachments"][0].get("check", "") == check
    assert case["answers"]["face"][0].get("check", "") == check


@pytest.mark.parametrize("asked", ["blink", "turn"])
def test_before_the_picture_one_thing_may_be_asked(before_camera: Terminal, words, asked: str):
    before_camera.hears(PreviewFrame(camera="face"), b"live")
    before_camera.journey.take_picture()
    assert before_camera.screen.guidance == words.say("zh", "capture.working")
    before_camera.hears(PreviewFrame(camera="face", hints=(asked,)), b"live")
    assert before_camera.screen.guidance == words.say("zh", f"capture.asked.{asked}")
    before_camera.waits(20)
    assert before_camera.screen.guidance == words.say("zh", f"capture.asked.{asked}")
    before_camera.hears(PreviewFrame(camera="face"), b"live")
    assert before_camera.screen.guidance == words.say("zh", "capture.working")
    request = before_camera.backroom.last(TakeStill).request
    before_camera.hears(StillTaken(request=request, face_check=f"{asked} not shown"), b"a face")
    assert uses_it_and_submits(before_camera)["attachments"][0]["check"] == f"{asked} not shown"

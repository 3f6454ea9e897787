"""What a page asks to be said aloud: its guidance when it changes, ended by a touch, and never anything of a person."""

from datetime import UTC

import pytest

from kiosk.journey.guidance import Guidance
from kiosk.journey.page import Page, Setting
from kiosk.journey.screens import Capture, Notice
from kiosk.journey.surroundings import Surroundings
from kiosk.messages.from_backroom import PreviewFrame, Ready, StillTaken
from kiosk.messages.to_backroom import Hush, Say, TakeStill
from tests.journey.said import JPEG, OUYANG

NO_FACE = "没有看到人脸。请正对屏幕，摘下帽子和口罩。"


@pytest.fixture
def before_the_camera(terminal):
    terminal.opens("social-insurance-certificate")
    terminal.journey.agree()
    terminal.lays_card()
    terminal.journey.agree()
    assert (terminal.page, terminal.screen.purpose) == ("Capture", "face")
    return terminal


def said(terminal):
    return [message.text for message in terminal.backroom.all(Say)]


def test_guidance_is_said_once_each_time_it_changes(before_the_camera):
    terminal = before_the_camera
    for hint in ("noFace", "noFace", "faceTooSmall"):
        terminal.hears(PreviewFrame(camera="face", hints=(hint,)), b"live")
    assert said(terminal) == ["正在打开摄像头……", NO_FACE, "离得有点远，请靠近一些。"]


def test_guidance_is_said_in_the_language_that_is_up(before_the_camera):
    terminal = before_the_camera
    terminal.hears(PreviewFrame(camera="face", hints=("noFace",)), b"live")
    terminal.journey.set_language("en")
    last = terminal.backroom.last(Say)
    assert (last.text[:16], last.language) == ("No face was seen", "en")


def test_of_several_problems_the_first_is_said(before_the_camera):
    terminal = before_the_camera
    terminal.hears(PreviewFrame(camera="face"), b"live")
    terminal.journey.take_picture()
    request = terminal.backroom.last(TakeStill).request
    terminal.hears(StillTaken(request=request, problems=("tooDark", "blurred")), JPEG)
    assert said(terminal)[-1] == "光线太暗。请避开阴影。"


def test_a_touch_ends_what_is_said_but_not_what_it_called_up(before_the_camera):
    terminal = before_the_camera
    terminal.hears(PreviewFrame(camera="face", hints=("noFace",)), b"live")
    terminal.waits(1)
    terminal.backroom.forget()
    terminal.journey.take_picture()
    terminal.journey.touched()  # the same finger
    assert [type(message) for message in terminal.backroom.sent] == [Hush, TakeStill, Say]


def test_a_whole_enrolment_says_nothing_of_the_person(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    assert not [text for text in said(terminal) if OUYANG["name"] in text or OUYANG["number"] in text]
    assert OUYANG["name"] in str(terminal.views)


class Spoken(Page):
    spoken_guidance = True


@pytest.fixture
def setting(terminal, words):
    surroundings = Surroundings(terminal.clock, UTC)
    surroundings.hear(Ready(terminal_id="T-330381-0001", enrolled=True))
    return Setting(terminal.backroom, terminal.clock, words, surroundings, "", str, str)


@pytest.mark.parametrize(
    "screen",
    [
        Capture(personal=True, guidance=f"{OUYANG['name']}，请正对屏幕"),
        Capture(personal=True, guidance=f"请{OUYANG['name']}看屏幕", problem=OUYANG["number"]),
        Notice(title=OUYANG["name"], personal=True),
    ],
)
def test_a_text_with_a_name_in_it_is_never_said(terminal, setting, screen):
    Guidance(setting).follow(Spoken(setting), screen)
    assert not said(terminal)
    Guidance(setting).follow(Spoken(setting), Capture(personal=True, guidance=NO_FACE))
    assert said(terminal) == [NO_FACE]
    terminal.backroom.forget()
    Guidance(setting).follow(Page(setting), Capture(personal=True, guidance=NO_FACE))
    assert not said(terminal)

"""The face against the card over real drivers and twins: what came of it is told, the portrait never leaves."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import pytest

from kiosk.messages.from_backroom import CardRead, DeviceChanged, PreviewFrame, StillTaken
from kiosk.messages.to_backroom import AwaitCard, StartPreview, Stop, TakeStill, VisitEnded
from tests.backroom.running import Backroom, write_config
from tests.devices.camera.stand_in_models import card_portrait, make_detector, make_recogniser
from tests.twins import twins_at

DEVICES = """
[devices.card_reader]
driver = "idcard.sdt"
port = "{twins}/idcard.tty"
{decoder}
[devices.face_camera]
driver = "camera.opencv"
source = "{twins}/face_camera.url"
{models}
"""
DECODER = """
#include <stdio.h>
#include <string.h>
int GetBmp(const char *file, int port) {
    char name[512];
    FILE *from = fopen(PICTURE, "rb"), *to;
    int byte;
    strcpy(name, file);
    strcpy(name + strlen(name) - 4, ".bmp");
    to = fopen(name, "wb");
    while ((byte = fgetc(from)) != EOF) fputc(byte, to);
    fclose(to);
    return 1;
}
"""


@pytest.fixture
def twins(tmp_path):
    with twins_at(tmp_path / "twins") as client:
        client.do("camera", "show", camera="face", scene="face")
        client.do("idcard", "lay", card="ouyang")
        yield client


@pytest.fixture
def models(tmp_path):
    detector, recogniser = make_detector(tmp_path / "yunet.onnx"), make_recogniser(tmp_path / "sface.onnx")
    return f'detector_model = "{detector}"\nrecogniser_model = "{recogniser}"'


def decoder_of(tmp_path, portrait) -> str:
    """A vendor's decoder that makes this portrait of every card."""
    picture, source, built = tmp_path / "card.bmp", tmp_path / "wlt.c", tmp_path / "libwlt.so"
    assert cv2.imwrite(str(picture), portrait)
    source.write_text(f'#define PICTURE "{picture}"\n{DECODER}')
    compiler = shutil.which("tcc")
    assert compiler, "apt-get install tcc"
    subprocess.run([compiler, "-shared", "-o", built, source], check=True)
    return f'photo_decoder = "{built}"'


@contextmanager
def backroom_with(tmp_path, twins, *, decoder="", models="") -> Iterator[Backroom]:
    devices = DEVICES.format(twins=twins.folder, decoder=decoder, models=models)
    running = Backroom(write_config(tmp_path, "http://127.0.0.1:9", devices=devices)).start()
    waiting = {"card_reader", "face_camera"}
    while waiting:
        waiting.discard(running.expect(DeviceChanged, lambda m: m.state == "online").device)
    yield running
    assert running.stop() == 0


def reads_card(backroom: Backroom) -> None:
    backroom.send(AwaitCard())
    backroom.expect(CardRead)
    backroom.send(Stop())


def face_check(backroom: Backroom, request: str = "s") -> str:
    backroom.send(TakeStill(camera="face", request=request))
    taken = backroom.expect(StillTaken, lambda m: m.request == request)
    assert taken.problems == ()
    assert backroom.blob.startswith(b"\xff\xd8")
    return taken.face_check


def test_the_face_is_compared_with_the_card_that_was_read_until_the_visit_ends(tmp_path, twins, models):
    decoder = decoder_of(tmp_path, card_portrait())
    with backroom_with(tmp_path, twins, decoder=decoder, models=models) as backroom:
        assert face_check(backroom, "nobody yet") == ""
        reads_card(backroom)
        assert face_check(backroom, "one").startswith("same 0.")
        backroom.send(VisitEnded())
        assert face_check(backroom, "after") == ""
        assert not any(blob.startswith(b"\x89PNG") for _, blob in backroom.heard)


def test_another_persons_card_is_told(tmp_path, twins, models):
    decoder = decoder_of(tmp_path, card_portrait(another=True))
    with backroom_with(tmp_path, twins, decoder=decoder, models=models) as backroom:
        reads_card(backroom)
        assert face_check(backroom).startswith("different ")


def test_without_models_or_decoder_staff_are_to_look(tmp_path, twins, models):
    with backroom_with(tmp_path, twins) as backroom:
        reads_card(backroom)
        assert face_check(backroom) == "toBeCheckedByStaff: no model files"
    with backroom_with(tmp_path, twins, models=models) as backroom:
        twins.do("idcard", "lay", card="ouyang")
        reads_card(backroom)
        assert face_check(backroom) == "toBeCheckedByStaff: no photo decoder is configured"


def liveness_said(backroom: Backroom) -> str:
    """Of the first picture that can be used: a moving scene may be caught while it turns away."""
    for request in ("1", "2", "3", "4"):
        backroom.send(StartPreview(camera="face"))
        backroom.send(TakeStill(camera="face", request=request))
        backroom.expect(PreviewFrame, lambda m: m.hints in (("blink",), ("turn",)))
        taken = backroom.expect(StillTaken, lambda m, request=request: m.request == request, within=20)
        if not taken.problems:
            return taken.face_check
    raise AssertionError("no picture without problems")


@pytest.mark.parametrize(("asked", "scene"), [("blink", "blinking"), ("turn", "turning")])
def test_a_person_who_does_what_is_asked_has_shown_it(tmp_path, twins, asked, scene):
    twins.do("camera", "show", camera="face", scene=scene)
    with backroom_with(tmp_path, twins, models=f'liveness = "{asked}"') as backroom:
        assert liveness_said(backroom) == f"{asked} shown"


def test_a_still_picture_has_not_and_the_visit_goes_on(tmp_path, twins):
    with backroom_with(tmp_path, twins, models='liveness = "blink"') as backroom:
        reads_card(backroom)
        assert liveness_said(backroom) == "toBeCheckedByStaff: no model files; blink not shown"


def test_who_leaves_the_page_while_asked_is_not_photographed(tmp_path, twins):
    with backroom_with(tmp_path, twins, models='liveness = "blink"') as backroom:
        backroom.send(StartPreview(camera="face"))
        backroom.send(TakeStill(camera="face", request="left"))
        backroom.expect(PreviewFrame, lambda m: m.hints == ("blink",))
        backroom.send(Stop())
        twins.do("camera", "show", camera="face", scene="blinking")
        assert liveness_said(backroom) == "blink shown"
        assert not any(isinstance(message, StillTaken) and message.request == "left" for message, _ in backroom.heard)

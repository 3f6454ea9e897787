"""A face compared with the card's portrait, by stand-in models in OpenCV's own classes; says nothing of accuracy."""

from pathlib import Path

import numpy as np
import pytest

from devices.camera.comparison import SAME, FaceComparison
from devices.camera.opencv import Options, create
from devices.camera.twin_scenes import SCENES
from devices.clock import SystemClock
from devices.drivers import DriverConfigError, build_device
from tests.devices.camera.stand_in_models import card_portrait, make_detector, make_recogniser


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("models")
    detector, recogniser = make_detector(folder / "yunet.onnx"), make_recogniser(folder / "sface.onnx")
    return {"detector_model": str(detector), "recogniser_model": str(recogniser)}


def compare(models: dict[str, str], face, card):
    return FaceComparison(**models)(face, card)


def test_two_pictures_of_one_face_are_the_same_and_two_faces_are_not(models: dict[str, str]) -> None:
    face = SCENES["face"]["face"]()
    alike, unlike = compare(models, face, card_portrait()), compare(models, face, card_portrait(another=True))
    assert alike.score is not None
    assert unlike.score is not None
    assert (alike.result, unlike.result) == ("same", "different")
    assert unlike.score < SAME <= alike.score
    assert alike.said == f"same {alike.score:.2f}"


def test_where_no_face_is_found_staff_are_to_look(models: dict[str, str]) -> None:
    wall, blank = SCENES["face"]["empty"](), np.full((126, 102, 3), 200, np.uint8)
    assert compare(models, wall, card_portrait()).said == "toBeCheckedByStaff: no face found in the picture"
    assert compare(models, SCENES["face"]["face"](), blank).said == (
        "toBeCheckedByStaff: no face found in the card's photo"
    )


def test_without_models_a_camera_compares_nothing_and_with_both_it_does(models: dict[str, str]) -> None:
    assert create("face_camera", Options(source="x.url"), SystemClock()).comparison is None
    compares = create("face_camera", Options(source="x.url", **models), SystemClock()).comparison
    assert compares is not None
    assert compares(SCENES["face"]["face"](), card_portrait()).result == "same"


def test_models_that_cannot_work_are_one_line_at_the_start(models: dict[str, str], tmp_path: Path) -> None:
    letter = tmp_path / "letter.onnx"
    letter.write_bytes(b"a letter to a friend")
    detector, recogniser = models["detector_model"], models["recogniser_model"]
    for given, said in (
        ({"detector_model": detector}, "missing key 'recogniser_model': faces are compared with both models or with"),
        ({**models, "recogniser_model": "/nowhere.onnx"}, "recogniser_model = /nowhere.onnx: there is no such file"),
        ({**models, "detector_model": str(letter)}, "is no YuNet model that OpenCV can run"),
        ({**models, "recogniser_model": str(letter)}, "is no SFace model that OpenCV can run"),
        ({"detector_model": recogniser, "recogniser_model": detector}, "is no YuNet model that OpenCV can run"),
        ({**models, "recogniser_model": detector}, "gives no face feature; it is to be an SFace model"),
    ):
        section = {"driver": "camera.opencv", "source": "x.url", **given}
        with pytest.raises(DriverConfigError) as refused:
            build_device("face_camera", section, SystemClock())
        assert str(refused.value).startswith("[devices.face_camera] ")
        assert said in str(refused.value)
        assert "\n" not in str(refused.value)

"""Pages bound to a PDF: true size, the pictures as they were, nobody's name, nothing else let in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.camera.document_pdf import bound
from devices.camera.document_still import MOST_BYTES, document_still
from devices.camera.jpeg_size import checked_size
from devices.device import DeviceError

from .document_scenes import make_scene


@pytest.fixture(scope="module")
def pages() -> list[bytes]:
    return [document_still(make_scene("dark", paper, 0).frame).jpeg for paper in ("a4", "id_card")]


def test_two_pages_have_their_true_sizes_and_hold_the_pictures_unchanged(pages: list[bytes]) -> None:
    pdf = bound(pages)
    boxes = re.findall(rb"MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]", pdf)
    millimetres = [tuple(round(float(side) / 72 * 25.4, 1) for side in box) for box in boxes]
    assert millimetres == [(210.0, 297.0), (85.6, 54.0)]
    assert all(page in pdf for page in pages)
    assert len(pdf) < sum(map(len, pages)) + 5000


def test_a_pdf_says_nothing_of_when_where_and_whose(pages: list[bytes]) -> None:
    pdf = bound(pages)
    for field in (b"Author", b"Title", b"Subject", b"Creator", b"Producer", b"Keywords"):
        assert re.search(rb"/" + field + rb" \(\s*\)", pdf), field
    assert set(re.findall(rb"/(?:Creation|Mod)Date \(D:(\d{4})", pdf)) == {b"2000"}


def test_a_page_stays_below_its_size(pages: list[bytes]) -> None:
    assert max(map(len, pages)) <= MOST_BYTES


def test_no_page_and_a_damaged_page_are_named(pages: list[bytes]) -> None:
    for wrong in ([], [b"no JPEG"], [pages[0][:40]], [pages[0]] * 41):
        with pytest.raises(DeviceError) as caught:
            bound(wrong)
        assert caught.value.code == "invalidMedia"


@given(st.binary(max_size=400), st.integers(0, 60))
def test_any_bytes_have_a_size_or_a_named_error(noise: bytes, begin: int) -> None:
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\xc8\x00\xc8\x00\x00\xff\xc0\x00\x11\x08"
    try:
        width, height, _ = checked_size(head[:begin] + noise)
    except DeviceError as error:
        width, height = (1, 1) if error.code == "invalidMedia" else (0, 0)
    assert width * height > 0

"""The purpose written across a page: it can be read, it hides nothing, and the page keeps its size."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw

from devices.camera.jpeg_size import checked_size, density_of
from devices.camera.purpose_mark import marked
from devices.device import DeviceError

WORDS = "仅供办理“城乡居民医保参保登记”使用 2026-11-26"
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def page(colour, size=(1012, 638), dpi=300):
    written = io.BytesIO()
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).rectangle((100, 100, 300, 300), fill=BLACK)
    picture.save(written, "JPEG", quality=95, dpi=(dpi, dpi))
    return written.getvalue()


def opened(jpeg):
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def test_the_words_are_seen_all_over_the_page_and_what_was_there_can_still_be_read():
    plain = page(WHITE)
    after = opened(marked(plain, WORDS))
    written = ImageChops.difference(opened(plain), after).convert("L").point(lambda value: 255 if value > 16 else 0)
    for corner in ((0, 0, 506, 319), (506, 0, 1012, 319), (0, 319, 506, 638), (506, 319, 1012, 638)):
        share = sum(written.crop(corner).histogram()[200:]) / (506 * 319)
        assert 0.01 < share < 0.15, corner
    darkest_paper = after.crop((400, 100, 900, 600)).convert("L").getextrema()[0]
    lightest_ink = after.crop((110, 110, 290, 290)).convert("L").getextrema()[1]
    assert darkest_paper - lightest_ink > 120  # of 255: ink and mark are never alike


def test_another_day_or_matter_is_another_mark():
    plain = page(WHITE)
    assert marked(plain, WORDS) == marked(plain, WORDS)
    assert marked(plain, WORDS) != marked(plain, WORDS.replace("26", "27"))


def test_size_and_density_stay_so_that_the_page_prints_as_large_as_it_was():
    plain = page(WHITE, dpi=200)
    assert checked_size(marked(plain, WORDS))[:2] == (1012, 638)
    assert density_of(marked(plain, WORDS)) == 200


def test_what_is_no_picture_is_refused():
    with pytest.raises(DeviceError):
        marked(b"no picture", WORDS)
    with pytest.raises(DeviceError):
        marked(page(WHITE)[:400], WORDS)

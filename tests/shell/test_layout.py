"""What an old person needs of every page: a way on always in sight, even cards, and a picture for any matter."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.journey import screens as s
from kiosk.ui.pictures import ICONS
from kiosk.ui.samples import samples
from kiosk.ui.shell import CONTRASTS

BOTH = pytest.mark.parametrize("terminal", [(1080, 1920), (1920, 1080)], indirect=True, ids=["portrait", "landscape"])
GAP = 2.54  # mm, VVSG 2.0 7.2-I
PIXELS_PER_MM = 4.03
WAYS_ON = ("agree", "forward", "accept", "take", "finish", "start", "stay")


def _box(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def _all(item: QQuickItem) -> list[QQuickItem]:
    if not item.isVisible():
        return []
    return [item, *(found for child in item.childItems() for found in _all(child))]


@BOTH
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_ways_on_and_out_are_in_sight_at_the_smallest_and_the_largest_text(terminal, language):
    window = QRectF(0, 0, terminal.window.width(), terminal.window.height())
    for name in samples(language):
        terminal.shows(name, language)
        for step in (0, 3):
            terminal.shell.setTextStep(step)
            shown = [item for item in _all(terminal.window.rootObject()) if item.objectName() in WAYS_ON]
            assert all(window.contains(_box(item)) for item in shown), (name, step)
            assert all(not terminal.has(way) or window.contains(_box(terminal.item(way))) for way in ("home", "help"))


@BOTH
def test_more_stands_wherever_the_content_goes_on(terminal):
    for name in samples("zh"):
        for step in (1, 3):
            terminal.shows("matters")
            terminal.shows(name)
            terminal.shell.setTextStep(step)
            QTest.qWait(5)
            areas = [item for item in _all(terminal.window.rootObject()) if item.property("atEnd") is not None]
            for area in areas:
                assert terminal.has("more") == (not area.property("atEnd")), (name, step)


@BOTH
def test_every_text_stays_between_the_edges(terminal):
    for language in ("zh", "en"):
        for name in samples(language):
            terminal.shows(name, language)
            terminal.shell.setTextStep(3)
            for item in _all(terminal.window.rootObject()):
                if item.inherits("QQuickText") and item.property("text"):
                    box = _box(item)
                    assert box.left() >= -1, (name, item.property("text"))
                    assert box.left() + item.property("contentWidth") <= terminal.window.width() + 1, (name, item)


def test_choices_beside_each_other_are_of_one_height(terminal):
    view = samples("zh")["form"]
    labels = ("未就业成年人", "学生、儿童", "新生儿（由监护人代为办理参保登记）", "其他居民")
    options = tuple(s.Option(id=str(n), label=label) for n, label in enumerate(labels))
    form = view.screen
    fields = (replace(form.fields[3], options=options),)
    terminal.journey.view = replace(view, screen=replace(form, fields=fields))
    terminal.shell.show(terminal.journey.view)
    for step in (3, 2, 1):
        terminal.shell.setTextStep(step)
        QTest.qWait(5)
        heights = {terminal.item(f"option:{n}").height() for n in range(4)}
        assert len(heights) == 1, (step, heights)


def test_keys_stand_a_gap_apart(terminal):
    terminal.shows("form")
    terminal.item("field:email").tapped.emit()
    QTest.qWait(5)
    left, right = _box(terminal.item("key:q")), _box(terminal.item("key:w"))
    assert right.left() - left.right() >= GAP * PIXELS_PER_MM - 1


@pytest.mark.parametrize("icon", ["senior-card", "no-such-icon", "../../README", "a/b", ""])
def test_a_matter_with_any_icon_has_a_picture(terminal, icon, caplog):
    tile = s.MatterTile(id="x", title="老年优待证", summary="", department="", icon=icon)
    terminal.journey.view = s.View(screen=s.MatterList(tiles=(tile,)))
    terminal.shell.show(terminal.journey.view)
    QTest.qWait(20)
    assert terminal.window.grabWindow().width() == 1080
    pictures = [item for item in _all(terminal.item("tile:x")) if item.property("sourceSize") is not None]
    assert pictures
    assert all(item.property("paintedWidth") > 0 for item in pictures)
    assert not caplog.records


def test_the_icon_of_the_documented_matter_exists():
    assert (ICONS / "senior-card.svg").is_file()


def test_after_a_result_another_case_can_be_looked_up(terminal):
    terminal.shows("progress_found")
    assert not terminal.has("keyboard")
    terminal.touches("another")
    for digit in "3304":
        terminal.touches(f"key:{digit}")
    terminal.touches("forward")
    assert terminal.intents() == [("ask_progress", "3304")]


def test_a_result_leads_home(terminal):
    terminal.shows("progress_found")
    terminal.touches("finish")
    assert terminal.intents() == [("go_home",)]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    ("ink", "page"), ("ink", "pressed"), ("inkSoft", "page"), ("inkSoft", "surface"), ("inkSoft", "goodSoft"),
    ("accent", "accentSoft"), ("accent", "page"), ("accentInk", "accent"), ("problem", "problemSoft"),
    ("care", "careSoft"), ("care", "page"), ("good", "goodSoft"), ("good", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("contrast", CONTRASTS)
def test_every_text_has_a_contrast_of_ten(terminal, contrast):
    terminal.shows("notice")
    terminal.shell.setContrast(contrast)
    theme = terminal.theme()
    for text, ground in PAIRS:
        ratio = _contrast(theme.property(text).name(), theme.property(ground).name())
        least = 7 if ground == "pressed" else 10
        assert ratio >= least, (contrast, text, ground, round(ratio, 1))


@pytest.mark.parametrize("terminal", [(1920, 1080)], indirect=True, ids=["landscape"])
def test_the_first_touch_after_a_swipe_to_the_end_counts(terminal):
    terminal.shows("matters")
    terminal.shell.setTextStep(2)
    terminal.window.grabWindow()
    tile = terminal.item("tile:resident-medical-insurance")
    start = QPointF(_box(tile).center().x(), 600)
    terminal.event("press", start)
    for up in range(20, 420, 20):
        terminal.event("move", start - QPointF(0, up))
    QTest.qWait(120)  # a finger that rests before it lifts does not fling
    terminal.event("release", start - QPointF(0, 400))
    terminal.presses(_box(tile).center())
    assert terminal.intents() == [("open_matter", "resident-medical-insurance")]


@BOTH
def test_what_is_wrong_far_down_in_a_form_comes_into_sight_with_its_field(terminal):
    terminal.shows("form")
    terminal.shell.setTextStep(3)
    shown = terminal.journey.view
    *others, last = (field for field in shown.screen.fields if field.keyboard != "choice")
    wrong = replace(last, value="x", problem="请填写完整的内容，例如 zhang@example.com")
    screen = replace(shown.screen, fields=(*others, *shown.screen.fields[:1], wrong), problem_summary="有 1 处要改")
    terminal.journey.view = replace(shown, screen=screen)
    terminal.shell.show(terminal.journey.view)

    def is_in_sight() -> bool:
        box, end = _box(terminal.item(f"field:{last.id}")), _box(terminal.item("forward")).top()
        end = min(end, _box(terminal.item("more")).top()) if terminal.has("more") else end
        return box.top() > 0 and box.bottom() <= end + 1

    QTest.qWait(30)  # until it is laid out
    for _ in range(100):
        if not is_in_sight():
            QTest.qWait(20)
    assert is_in_sight()


@BOTH
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_button_with_many_words_grows_and_its_words_do_not_shrink(terminal, language):
    terminal.shell.setTextStep(3)
    for name, button in (("progress_missing_parts", "bring:2"), ("progress_not_found", "report")):
        terminal.shows(name, language)
        item = terminal.item(button)
        (label,) = [child for child in _all(item) if child.property("text") == item.property("words")]
        assert label.property("fontInfo").property("pixelSize").toNumber() == pytest.approx(
            item.property("textSize"), abs=1
        ), (name, label.property("text"))
        assert label.property("contentHeight") <= item.height()

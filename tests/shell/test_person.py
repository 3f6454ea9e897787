"""What protects and serves the person: privacy while away, language and display at any moment, reset for the next."""

from PySide6.QtGui import QColor, QImage

from kiosk.journey.screens import View
from kiosk.ui.gallery import sample_frame
from kiosk.ui.shell import Shell


def test_the_idle_warning_leaves_nothing_personal_on_the_screen(terminal):
    terminal.shows("form")
    assert "测试甲" in terminal.words()
    terminal.shows("idle_warning")
    assert "测试甲" not in terminal.words()
    assert "27" in terminal.words()


def test_what_was_typed_is_still_there_after_the_warning(terminal):
    terminal.shows("form")
    terminal.touches("field:mobile")
    terminal.touches("key:7")
    terminal.shows("idle_warning")
    terminal.shows("form")
    assert terminal.item("field:mobile").property("text") == "7"


def test_the_language_changes_every_word_of_the_page_and_back(terminal):
    terminal.shows("notice")
    assert "大字" in terminal.words()
    terminal.touches("language")
    assert terminal.intents() == [("set_language", "en")]
    assert "Back" in terminal.words()
    assert "大字" not in terminal.words()
    terminal.shows("notice", "zh")
    assert "返回" in terminal.words()


def test_the_display_is_chosen_and_reset_for_the_next_person(terminal):
    terminal.shows("notice")
    terminal.touches("display")
    terminal.touches("textsize:3")
    terminal.touches("contrast:dark")
    terminal.touches("close")
    assert (terminal.shell.textStep, terminal.shell.contrast) == (3, "dark")
    terminal.shows("attract")
    assert (terminal.shell.textStep, terminal.shell.contrast) == (1, "standard")


def test_help_says_what_this_page_wants_and_whom_to_call(terminal):
    terminal.shows("notice")
    terminal.touches("help")
    assert terminal.journey.view.screen.help_text in terminal.words()
    assert "0577-12345" in terminal.words()


def test_a_page_that_was_left_keeps_nothing(terminal):
    terminal.shows("review")
    terminal.shows("submit")
    assert terminal.shell.review.property("title") == ""
    assert terminal.shell.review.rows.rowCount() == 0


def test_the_preview_shows_frames_of_this_pages_camera_only(terminal):
    terminal.shows("capture_document")
    terminal.shell.show_preview("face", sample_frame())
    assert terminal.shell.picture.isNull()
    terminal.shell.show_preview("document", sample_frame())
    image: QImage = terminal.window.grabWindow()
    stage = terminal.item("preview")
    at = stage.mapToScene(stage.boundingRect().center()).toPoint()
    assert image.pixelColor(at) != QColor("#0d1f24")


def test_a_touch_on_start_before_the_journey_is_there_is_remembered(terminal):
    shell = Shell()
    shell.start()
    journey = type(terminal.journey)(View())
    shell.attach(journey)
    assert journey.told == [("start",)]


def test_ten_thousand_signals_and_void_calls(qapp):
    """PySide6 6.12 on this Python drops a reference at each and aborts after some hundred."""
    shell = Shell()
    seen = []
    shell.statusChanged.connect(lambda: seen.append(None))
    for _ in range(10_000):
        shell.statusChanged.emit()
        shell.setTextStep(1)
    assert len(seen) == 10_000

"""Spoken guidance through the real espeak-ng, into a file or a pipe instead of a sound card."""

import logging
import os
import select
import subprocess
import sys
import threading
import wave

import pytest

from devices.clock import SystemClock
from kiosk.backroom.pinyin import spelled
from kiosk.backroom.voice import Voice
from kiosk.config import VoiceSection
from kiosk.messages.to_backroom import Say
from tests.backroom.running import Backroom, write_config

NO_FACE = "没有看到人脸。请正对屏幕，摘下帽子和口罩。"
LONG = "Please face the screen. " * 60
PATIENCE = 20.0  # s
HEADER = b"RIFF"


class HandClock(SystemClock):
    """The real one, moved on by hand."""

    ahead = 0.0

    def monotonic(self):
        return super().monotonic() + self.ahead


class Sink:
    """A pipe for a sound card: takes what is said only as fast as it is read, so that a sentence lasts."""

    def __init__(self, path):
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        self.heard = b""

    def hears_beginnings(self, count):
        """Until that many sentences began; True unless nothing came for the whole patience."""
        while self.heard.count(HEADER) < count:
            if not select.select([self._end], [], [], PATIENCE)[0]:
                return False
            self.heard += os.read(self._end, 4096)
        return True

    def drain(self, quiet=0.5):
        while select.select([self._end], [], [], quiet)[0]:
            self.heard += os.read(self._end, 1 << 16)

    def close(self):
        os.close(self._end)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def sink(tmp_path):
    pipe = Sink(tmp_path / "card")
    yield pipe
    pipe.close()


@pytest.fixture
def voice(clock, sink, tmp_path):
    speaking = Voice(VoiceSection(enabled=True, file=str(tmp_path / "card")), clock)
    yield speaking
    speaking.stop()


def seconds(path):
    with wave.open(str(path)) as sound:
        return sound.getnframes() / sound.getframerate()


def threads():
    return [thread.name for thread in threading.enumerate()]


@pytest.mark.parametrize(("text", "language"), [(NO_FACE, "zh"), ("Please open your eyes.", "en")])
def test_a_sentence_lasts_as_long_as_it_should(tmp_path, clock, text, language):
    path = tmp_path / "said.wav"
    voice = Voice(VoiceSection(enabled=True, file=str(path)), clock)
    voice.say(text, language)
    assert voice.finish(PATIENCE)
    voice.stop()
    assert 0.5 < seconds(path) < 15


def test_chinese_is_spelled_by_its_meaning():
    assert spelled("银行行长，没有看到人脸。") == "yin2 hang2 hang2 zhang3 , mei2 you3 kan4 dao4 ren2 lian3 ."


def test_a_new_sentence_ends_the_one_before(voice, sink):
    voice.say(LONG, "en")
    assert sink.hears_beginnings(1)
    voice.say("Please step back a little.", "en")
    assert sink.hears_beginnings(2)


def test_hush_ends_what_is_being_said(voice, sink):
    voice.say(LONG, "en")
    assert sink.hears_beginnings(1)
    voice.hush()
    assert voice.finish(PATIENCE)
    sink.drain()
    assert 0 < len(sink.heard) < 200_000  # bytes; the whole is some 4 MB


def test_the_same_sentence_waits_five_seconds(voice, sink, clock):
    voice.say("Hello there.", "en")
    assert sink.hears_beginnings(1)
    voice.say("Hello there.", "en")
    clock.ahead += 4.0
    voice.say("Hello there.", "en")
    sink.drain()
    assert voice.finish(PATIENCE)
    assert sink.heard.count(HEADER) == 1
    clock.ahead += 2.0
    voice.say("Hello there.", "en")
    assert sink.hears_beginnings(2)


def test_without_the_program_it_is_silent_and_says_so_once(clock, caplog):
    voice = Voice(VoiceSection(enabled=True), clock, program="no-such-program")
    with caplog.at_level(logging.WARNING):
        for text in ("One.", "Two."):
            voice.say(text, "en")
            assert voice.finish(PATIENCE)
    voice.stop()
    assert len(caplog.records) == 1
    assert "no-such-program cannot speak" in caplog.text
    assert "One." not in caplog.text


def test_without_a_sound_card_it_is_silent_and_says_so_once(clock, caplog, monkeypatch):
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/dev/null")  # hides the cards of the machine that runs this
    monkeypatch.setenv("PULSE_SERVER", "unix:/dev/null")
    voice = Voice(VoiceSection(enabled=True), clock)
    with caplog.at_level(logging.WARNING):
        for text in ("One.", "Two."):
            voice.say(text, "en")
            assert voice.finish(PATIENCE)
    voice.stop()
    assert len(caplog.records) == 1


def test_a_voice_that_is_not_enabled_starts_nothing(clock):
    before = threads()
    Voice(VoiceSection(), clock).say("Hello there.", "en")
    assert threads() == before


def test_the_backroom_says_what_the_screen_asks(tmp_path):
    config = write_config(
        tmp_path, "http://127.0.0.1:9", devices='[voice]\nenabled = true\nvolume = 150\nfile = "said.wav"\n'
    )
    running = Backroom(config).start()
    path = tmp_path / "said.wav"
    running.send(Say(text=NO_FACE))
    clock, until = SystemClock(), SystemClock().monotonic() + PATIENCE
    while not (path.exists() and path.stat().st_size > 100_000) and clock.monotonic() < until:
        clock.sleep(0.05)
    assert running.stop() == 0
    assert seconds(path) > 0.5


def test_importing_the_room_does_not_load_the_pinyin_dictionary():
    code = "import sys, kiosk.backroom.room; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

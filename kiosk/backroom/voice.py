"""Spoken guidance: says short public sentences through espeak-ng, one at a time, and is silent where it cannot."""

import contextlib
import logging
import subprocess
import sys
import threading
from functools import lru_cache

from devices.clock import Clock
from kiosk.config import VoiceSection

log = logging.getLogger(__name__)
PROGRAM = "espeak-ng"
VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}  # espeak-ng reads most Chinese characters as English; pinyin it can
SAME_AGAIN = 5.0  # s within which a sentence is not repeated
LONGEST = 30.0  # s a sentence may take; a sound card that hangs is not waited for
PINYIN_WITHIN = 10.0  # s
KEPT = 64  # sentences whose pinyin is kept; a terminal has fewer to say
END_WITHIN = 2.0  # s
COMPLAINTS = ("error:", "Error:", "Can't write")  # how a line of espeak-ng begins that says nothing was heard

Sentence = tuple[str, str]  # text, language


class Voice:
    """`say` and `hush` return at once; the thread is there from the first sentence on, and only where enabled."""

    def __init__(self, section: VoiceSection, clock: Clock, program: str = PROGRAM) -> None:
        self._section = section
        self._clock = clock
        self._program = program
        self._changed = threading.Condition()
        self._next: Sentence | None = None
        self._speaking: subprocess.Popen[bytes] | None = None
        self._said: dict[Sentence, float] = {}  # when it was asked for last
        self._busy = False
        self._turn = 0  # moves on whenever what is being prepared is not wanted any more
        self._stopping = False
        self._complained = False
        self._thread: threading.Thread | None = None

    def say(self, text: str, language: str) -> None:
        """Ends what is being said; the same sentence is not begun again within 5 s."""
        if not self._section.enabled or not text.strip():
            return
        sentence, now = (text, language), self._clock.monotonic()
        with self._changed:
            self._said = {said: at for said, at in self._said.items() if now - at < SAME_AGAIN}
            if sentence in self._said or self._stopping:
                return
            self._said[sentence] = now
            self._interrupt()
            self._next = sentence
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
                self._thread.start()

    def hush(self) -> None:
        """Somebody touched the screen, or the page changed."""
        with self._changed:
            self._interrupt()

    def finish(self, within: float) -> bool:
        """Wait until nothing is being said and nothing waits; whether that came to pass in `within` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._next is None and not self._busy, within)

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._interrupt()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(END_WITHIN)

    def _interrupt(self) -> None:
        self._turn += 1
        self._next = None
        if self._speaking is not None:
            with contextlib.suppress(OSError):
                self._speaking.kill()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._next is not None or self._stopping)
                if self._next is None:
                    return
                (text, language), self._next = self._next, None
                turn, self._busy = self._turn, True
            try:
                self._speak(_readable(text, language), language, turn)
            except (OSError, subprocess.SubprocessError) as error:
                self._complain(type(error).__name__)
            with self._changed:
                self._busy = False
                self._changed.notify_all()

    def _speak(self, words: str, language: str, turn: int) -> None:
        with self._changed:
            if turn != self._turn:
                return
            process = subprocess.Popen(
                self._command(language),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            self._speaking = process
        try:
            _, complaints = process.communicate(words.encode(), LONGEST)
        finally:
            process.kill()
            process.wait()
            with self._changed:
                self._speaking = None
                interrupted = turn != self._turn
        if not interrupted:
            self._judge(process.returncode, complaints.decode("utf-8", "replace").splitlines())

    def _command(self, language: str) -> list[str]:
        sink = ["-w", self._section.file] if self._section.file else []
        return [self._program, "--stdin", "-v", VOICES.get(language, "en"), "-a", str(self._section.volume), *sink]

    def _judge(self, code: int, complaints: list[str]) -> None:
        """Without a sound card espeak-ng ends well and only says `error:`; a sound card that works may grumble too."""
        wrong = [line for line in complaints if line.startswith(COMPLAINTS)]
        if code or wrong:
            self._complain(wrong[-1] if wrong else f"exit code {code}")
        else:
            self._complained = False

    def _complain(self, reason: str) -> None:
        if not self._complained:
            log.warning("voice: %s cannot speak (%s); install it, plug in a sound card", self._program, reason)
        self._complained = True


@lru_cache(maxsize=KEPT)
def _readable(text: str, language: str) -> str:
    if language != "zh":
        return text
    command = [sys.executable, "-m", "kiosk.backroom.pinyin"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=PINYIN_WITHIN, check=True)
    return done.stdout.decode()

"""What is said aloud: guidance of pages marked `spoken_guidance`, and only words that are the same for everybody."""

from kiosk.journey.page import Page, Setting
from kiosk.journey.screens import AnyScreen, Capture
from kiosk.messages.to_backroom import Hush, Say

REACTION = 0.25  # s; nobody touches sooner because of what is said: the touch belongs to what was before


class Guidance:
    """Follows the page that is up; a sentence is asked for when it changes, and ended by a touch."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._fixed: dict[str, tuple[str, ...]] = {}
        self._last = ("", "")  # text, language
        self._since: float | None = None  # when it was asked for; None once it was ended

    def touched(self) -> None:
        if self._since is not None and self._setting.clock.monotonic() - self._since > REACTION:
            self._since = None
            self._setting.send(Hush())

    def follow(self, page: Page, screen: AnyScreen) -> None:
        text = self._public(screen) if page.spoken_guidance and isinstance(screen, Capture) else ""
        spoken = (text, self._setting.language)
        if spoken == self._last:
            return
        self._last = spoken
        if not page.spoken_guidance:
            self._since = None  # the page before was left with a Stop
        if text:
            self._since = self._setting.clock.monotonic()
            self._setting.send(Say(text=text, language=self._setting.language))

    def _public(self, screen: Capture) -> str:
        """The page's problem, the first of several, else its guidance, if it stands in assets/words as it is."""
        shown = screen.problem or screen.guidance
        for words in self._fixed_words():
            if shown == words or shown.startswith(f"{words} "):
                return words
        return ""

    def _fixed_words(self) -> tuple[str, ...]:
        """Longest first; those with a place to fill are left out, for a name may stand in it."""
        language = self._setting.language
        if language not in self._fixed:
            known = {text for text in self._setting.words.by_language[language].values() if text and "{" not in text}
            self._fixed[language] = tuple(sorted(known, key=len, reverse=True))
        return self._fixed[language]

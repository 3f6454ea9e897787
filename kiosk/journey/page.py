"""What every page of the journey can be asked; each page overrides what it knows and ignores the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from devices.clock import Clock
from flows.matter import Matter
from kiosk.journey.intents import Backroom
from kiosk.journey.screens import AnyScreen
from kiosk.journey.surroundings import Surroundings
from kiosk.journey.words import Words
from kiosk.messages.from_backroom import FromBackroom, PagesBound, PreviewFrame, StillTaken
from kiosk.messages.to_backroom import Stop, ToBackroom


@dataclass
class Setting:
    """What a page works with: the way to the backroom, the time, the words, the machine around. Nothing personal."""

    backroom: Backroom
    clock: Clock
    words: Words
    surroundings: Surroundings
    contact: str
    new_id: Callable[[], str]
    new_code: Callable[[], str]  # flows.secret_codes
    language: str = "zh"
    phone_url: str = ""  # of the center's pages for phones; empty: there are none
    report: Matter | None = None  # 办不成事反映, where it is offered here and not the very thing that is being done
    _requests: int = field(default=0, repr=False)

    def say(self, name: str, /, **values: object) -> str:
        return self.words.say(self.language, name, **values)

    def send(self, message: ToBackroom, blob: bytes = b"") -> None:
        """Nothing is sent while there is no backroom; the page is entered anew when it is back."""
        if self.surroundings.connected:
            self.backroom.send(message, blob)

    def next_request(self, kind: str) -> str:
        self._requests += 1
        return f"{kind}-{self._requests}"


class Wait:
    """One answer that is being waited for: its request id and a limit, so that no page waits for ever."""

    def __init__(self, setting: Setting, kind: str, seconds: float) -> None:
        self.request = setting.next_request(kind)
        self._clock = setting.clock
        self._until = setting.clock.monotonic() + seconds

    @property
    def over(self) -> bool:
        return self._clock.monotonic() >= self._until


class Page:
    """A page knows its transient state as codes, never as words, so that the language may change at any moment."""

    uses_devices = False  # a Stop is sent on leaving
    spoken_guidance = False  # what it shows as guidance is said aloud, where it is one of the terminal's own words

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    # shown
    def screen(self) -> AnyScreen:
        raise NotImplementedError

    @property
    def busy(self) -> bool:
        """The terminal works and the person waits: the idle clock stands still."""
        return False

    @property
    def blocked_by(self) -> str:
        """A word of `trouble.*` while a device that this page cannot do without is missing."""
        return ""

    @property
    def may_skip(self) -> bool:
        """The person may go on without what this page asks for."""
        return False

    # coming and going
    def enter(self) -> None:
        """Called on arrival, and again when the backroom or the page's device is back."""

    def leave(self) -> None:
        if self.uses_devices:
            self.setting.send(Stop())

    def step_back(self) -> bool:
        """True when the page went back within itself."""
        return False

    # intents
    def search(self, question: str) -> None: ...
    def open_group(self, group_id: str) -> None: ...
    def show_more(self) -> None: ...
    def agree(self) -> None: ...
    def decline(self) -> None: ...
    def select(self, option_ids: list[str]) -> None: ...
    def type_in(self, field_id: str, text: str) -> None: ...
    def fill(self, values: Mapping[str, str]) -> None: ...
    def add_item(self) -> None: ...
    def change_item(self, number: int) -> None: ...
    def remove_item(self, number: int) -> None: ...
    def take_picture(self) -> None: ...
    def retake(self) -> None: ...
    def accept_picture(self) -> None: ...
    def take_by_hand(self, by_hand: bool) -> None: ...
    def delete_page(self, number: int) -> None: ...
    def skip(self) -> None: ...
    def sign(self, png: bytes) -> None: ...
    def change(self, step_id: str) -> None: ...
    def proceed(self) -> None: ...
    def print_again(self) -> None: ...
    def print_document(self) -> None: ...
    def rate(self, level: int, tags: list[str], text: str) -> None: ...
    def ask_progress(self, number: str) -> None: ...

    # from outside
    def receive(self, message: FromBackroom) -> None: ...
    def see(self, message: PreviewFrame | StillTaken | PagesBound, blob: bytes) -> None: ...
    def tick(self) -> None: ...

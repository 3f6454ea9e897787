"""The terminal's heartbeat: what it says of itself every minute, and what the center then has for it.

The counter is on the disk before it is sent, so that no two heartbeats of one machine have the same; a second machine
with the same identity cannot keep to that, and the center notices.
"""

import json
import logging
import secrets
import shutil
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version as version_of
from pathlib import Path

from devices.clock import Clock
from flows.canonical import canonical
from flows.case import iso_seconds
from flows.certificates import verify_certificate_reply
from flows.heartbeats import LONGEST_WORDS, Beat, BeatAnswer, DeviceReport, verify_beat_answer
from flows.keys import decode_verify_key
from flows.wire import ReceiptRefused
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.certificate import is_due, store
from kiosk.backroom.files import write_durably
from kiosk.backroom.outbox import Load, Outbox
from kiosk.backroom.packages import Packages
from kiosk.backroom.rounds import Rounds
from kiosk.backroom.settings_from_center import SettingsFromCenter
from kiosk.config import TerminalConfig
from kiosk.identity import Identity
from kiosk.messages.from_backroom import MattersReady

log = logging.getLogger(__name__)
STATE = "heartbeat.json"
LOOK_INTERVAL = 5.0  # s between two looks at the devices; a change is reported with the next one
RENEW_INTERVAL = 3600.0  # s between two tries to get a certificate
KEPT_ERRORS = 5

Devices = Callable[[], Sequence[DeviceReport]]


@dataclass(frozen=True)
class LastBeat:
    """What is known of heartbeats across restarts; `heard_at` is when the center last answered (ISO 8601, UTC)."""

    counter: int = 0
    heard_at: str = ""
    package: int = 0
    package_trouble: str = ""
    settings_trouble: str = ""
    standing: str = "good"  # or revoked, on the center's signed word


def read_last_beat(state_folder: Path) -> LastBeat:
    """As far as it can be read: what is lost makes the center ask whether there are two of this terminal."""
    try:
        known = json.loads((state_folder / STATE).read_bytes())
        fresh = asdict(LastBeat())
        return LastBeat(**{name: type(value)(known[name]) for name, value in fresh.items()})
    except (OSError, ValueError, KeyError, TypeError):
        return LastBeat()


class LastErrors(logging.Handler):
    """The last warnings of this process, which name no person (as all that is logged)."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: deque[str] = deque(maxlen=KEPT_ERRORS)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(" ".join(record.getMessage().split())[:LONGEST_WORDS])

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


class Heartbeat:
    """A thread of its own; `in_use` may be called from any."""

    def __init__(
        self,
        config: TerminalConfig,
        identity: Identity,
        link: CenterLink,
        outbox: Outbox | None,
        devices: Devices,
        tell: Callable[[MattersReady], None],
        adopt: Callable[[], float],
        clock: Clock,
    ) -> None:
        """`adopt` puts new settings into force in this process, and gives the seconds between two heartbeats."""
        self._link = link
        self._center_key = identity.center_key()
        self._own_key = identity.own_key().public_key()
        self._renew_after = 0.0  # s, monotonic
        self._outbox = outbox
        self._devices = devices
        self._tell = tell
        self._clock = clock
        self._folder = config.terminal.state_folder
        self._settings = SettingsFromCenter(self._folder, identity.terminal_id, self._center_key)
        self._interval = config.center.heartbeat_seconds
        self._adopt = adopt
        publishers = [decode_verify_key(text) for text in config.center.publishers]
        self._packages = Packages(self._folder, self._center_key, publishers, config.center.publishers_needed)
        self._shown = 0  # the package that the screen offers
        self._next = 0.0  # s, monotonic
        self._told: Sequence[DeviceReport] = ()
        self._last = read_last_beat(self._folder)
        self._program = version_of("oue")
        self._errors = LastErrors()
        self._rounds = Rounds("heartbeat", self.turn)

    def start(self) -> None:
        logging.getLogger().addHandler(self._errors)
        self._tell_ready()
        self._rounds.start()

    def stop(self) -> None:
        logging.getLogger().removeHandler(self._errors)
        self._rounds.stop()

    @property
    def revoked(self) -> bool:
        """The center has taken this terminal out of service."""
        return self._last.standing == "revoked"

    def in_use(self, version: int) -> None:
        """The screen offers the matters of this package now."""
        if version != self._shown:
            self._shown, self._next = version, 0.0
            self._rounds.wake()

    def turn(self) -> float:
        """Seconds until the next look."""
        devices = self._devices()
        pause = min(LOOK_INTERVAL, self._interval)
        if self._clock.monotonic() < self._next and devices == self._told:
            return pause
        self._next = self._clock.monotonic() + self._interval
        self._told = devices
        try:
            answer = self._beat(devices)
            self._follow(answer)
            self._renew_certificate()
        except (CenterFailed, OSError) as error:
            log.info("no heartbeat: %s", error)
        return pause

    def _beat(self, devices: Sequence[DeviceReport]) -> BeatAnswer:
        """The center's proven answer. Raises CenterFailed, OSError."""
        self._note(counter=self._last.counter + 1)
        nonce = secrets.token_hex(16)
        body = canonical(self._report(devices).model_dump(mode="json"))
        answer = self._link.ask("POST", "/v1/heartbeats", body, nonce)
        try:
            return verify_beat_answer(answer, nonce=nonce, center_key=self._center_key)
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer to a heartbeat is not the center's ({error.code})") from error

    def _follow(self, answer: BeatAnswer) -> None:
        """What is new is fetched at once. Raises CenterFailed, OSError."""
        try:
            newer = answer.settings is not None and self._settings.take(answer.settings, self._fetch_settings)
            if newer:
                self._interval = self._adopt()
            if answer.package is not None:
                newer |= self._packages.take(answer.package, self._fetch_package)
            if newer:
                self._tell_ready()
        finally:
            self._note(
                heard_at=iso_seconds(self._clock.now()),
                package=self._packages.version,
                package_trouble=self._packages.trouble,
                settings_trouble=self._settings.trouble,
                standing=answer.standing,
            )

    def _renew_certificate(self) -> None:
        """Raises CenterFailed, OSError."""
        now = self._clock.monotonic()
        if self.revoked or now < self._renew_after or not is_due(self._folder, self._clock.now()):
            return
        self._renew_after = now + RENEW_INTERVAL
        nonce = secrets.token_hex(16)
        answer = self._link.ask("POST", "/v1/certificate", b"", nonce)
        try:
            reply = verify_certificate_reply(answer, nonce=nonce, center_key=self._center_key)
        except ReceiptRefused as error:
            raise CenterFailed(f"the certificate is not the center's ({error.code})") from error
        if not store(self._folder, reply, self._own_key):
            log.error("the center sent a certificate that is not of this terminal's key")

    def _tell_ready(self) -> None:
        self._tell(MattersReady(version=self._packages.version, settings=self._settings.version))

    def _fetch_settings(self) -> bytes:
        return self._link.ask("GET", "/v1/settings")

    def _fetch_package(self, path: str) -> bytes:
        return self._link.ask("GET", f"/v1/packages/{path}")

    def _note(self, **changes: int | str) -> None:
        """Raises OSError."""
        changed = replace(self._last, **changes)  # type: ignore[arg-type]  # names and types are those of LastBeat
        if changed != self._last:
            write_durably(self._folder / STATE, json.dumps(asdict(changed)).encode())
            self._last = changed

    def _report(self, devices: Sequence[DeviceReport]) -> Beat:
        load = self._outbox.load() if self._outbox is not None else Load()
        return Beat(
            counter=self._last.counter,
            program=self._program,
            package=self._shown,
            package_trouble=self._packages.trouble[:LONGEST_WORDS],
            settings=self._settings.version,
            settings_trouble=self._settings.trouble[:LONGEST_WORDS],
            devices=tuple(devices),
            waiting=load.waiting,
            set_aside=load.set_aside,
            oldest_waiting=load.oldest_waiting,
            disk_free_mb=shutil.disk_usage(self._folder).free >> 20,
            errors=self._errors.lines(),
        )

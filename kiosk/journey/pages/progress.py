"""办件进度: the state of a case by its number, scanned from the receipt or typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.matter import Matter
from flows.supplements import Wanted, supplement_matter
from kiosk.journey.case_limits import limit_rows
from kiosk.journey.case_parts import addition_to, handover_rows, missing_rows, part_rows, wanted_in
from kiosk.journey.codes import case_number
from kiosk.journey.page import Page, Setting, Wait
from kiosk.journey.pages.matters import hindered_by, report_label
from kiosk.journey.replies import said_in, text_rows
from kiosk.journey.screens import Progress, Row
from kiosk.messages.from_backroom import CenterAnswer, FromBackroom, SyncChanged
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import AskCenter, AwaitCode

ANSWER_WITHIN = 12.0  # s
LONGEST = 64  # characters kept of what was typed
ShownCode = tuple[str, str]  # FOLLOW or PICKUP, and the code
State = Literal["waiting", "asking", "found", "notFound", "refused", "unavailable"]


@dataclass(frozen=True)
class Found:
    """The center's ProgressReply as it came; what can be brought here, each with the matter that brings it; and what
    may be added although nobody asked."""

    reply: Mapping[str, Json]
    missing: tuple[tuple[Wanted, Matter], ...] = ()
    addition: tuple[Wanted, Matter] | None = None


class ProgressPage(Page):
    uses_devices = True

    def __init__(
        self, setting: Setting, catalog: Mapping[str, Matter], number: str = "", code: ShownCode | None = None
    ) -> None:
        """`code`: one that was shown; before its locker a pick-up code opens the compartment."""
        super().__init__(setting)
        self._catalog = catalog
        self._code = code
        self._state: State = "waiting"
        self._number = number
        self._problem = ""
        self.turned_away = ""  # the name of the sentence for the last code
        self._wait: Wait | None = None
        self._found: Found | None = None

    @property
    def busy(self) -> bool:
        return self._wait is not None

    def enter(self) -> None:
        self.setting.send(AwaitCode())
        if self._code and self._state in ("waiting", "asking"):
            self._ask_by_code(self._code)
        elif self._number and self._state in ("waiting", "asking"):
            self._ask(self._number)

    def ask_progress(self, number: str) -> None:
        """As typed."""
        known = case_number(number)
        if known:
            self._ask(known)
        else:
            self._state, self._problem, self._number = "waiting", "progress.bad_number", number[:LONGEST]
            self.turned_away = ""
            self._found, self._wait = None, None

    def _ask(self, number: str) -> None:
        self._code = None
        self._send("progress", number, {"case_number": number})

    def _ask_by_code(self, shown: ShownCode) -> None:
        name, code = shown
        self._send(name, "", {"code": code})

    def _send(self, name: str, number: str, parameters: Mapping[str, Json]) -> None:
        self._state, self._problem, self._number, self._found = "asking", "", number, None
        self.turned_away = ""
        self._wait = Wait(self.setting, "progress", ANSWER_WITHIN)
        self.setting.send(AskCenter(request=self._wait.request, name=name, parameters=parameters))

    def _ask_again(self) -> None:
        if self._code:
            self._ask_by_code(self._code)
        else:
            self._ask(self._number)

    def retake(self) -> None:
        """Another number."""
        self._state, self._number, self._found, self._wait = "waiting", "", None, None
        self._problem = self.turned_away = ""

    def step_back(self) -> bool:
        if self._state == "waiting":
            return False
        self.retake()
        return True

    def proceed(self) -> None:
        if self._state == "unavailable":
            self._ask_again()

    def receive(self, message: FromBackroom) -> None:
        if isinstance(message, CenterAnswer) and self._wait and message.request == self._wait.request:
            self._wait = None
            self._hear(message)
        elif isinstance(message, SyncChanged) and message.reachable and self._state == "unavailable":
            self._ask_again()

    def tick(self) -> None:
        if self._wait and self._wait.over:
            self._wait, self._state = None, "unavailable"

    def _hear(self, answer: CenterAnswer) -> None:
        if answer.status == "found":
            self._state, self._found = "found", self._read(answer.data)
        else:
            too_many = answer.status == "refused" and answer.message == "tooManyTries"
            self._state = "refused" if too_many else "unavailable" if answer.status == "unavailable" else "notFound"

    def _read(self, reply: Mapping[str, Json]) -> Found:
        applied, own = self._catalog.get(str(reply.get("matter", ""))), addition_to(reply)
        try:
            missing = tuple((wanted, supplement_matter(wanted, applied)) for wanted in wanted_in(reply))
        except ValueError:  # staff chose an id that no visit can have: it is for the counter
            missing = ()
        return Found(reply, missing, (own, supplement_matter(own, applied)) if own else None)

    def bringing(self, number: int) -> tuple[Wanted, Matter] | None:
        """What is brought by the button of this number, from 1; what is added unasked by that of 0; None: not now."""
        if number == 0:
            return self._own
        ready = self._ready
        return ready[number - 1] if 1 <= number <= len(ready) else None

    @property
    def _ready(self) -> tuple[tuple[Wanted, Matter], ...]:
        """All of what is missing, unless this machine lacks something that any of it needs."""
        missing = self._found.missing if self._found else ()
        return () if any(hindered_by(self.setting, matter) for _, matter in missing) else missing

    @property
    def _own(self) -> tuple[Wanted, Matter] | None:
        own = self._found.addition if self._found else None
        return None if own is None or hindered_by(self.setting, own[1]) else own

    @property
    def _may_report(self) -> bool:
        """Nothing was found, or what was found is not finished: people come who wait too long."""
        unfinished = self._found is not None and self._found.reply.get("state") != "finished"
        return unfinished or self._state in ("notFound", "refused")

    def screen(self) -> Progress:
        say = self.setting.say
        message = say(self._problem) if self._problem else ""
        if self.turned_away:
            message = say(self.turned_away)
        elif self._state not in ("waiting", "found"):
            message = say(f"progress.{self._code[0]}.{self._state}" if self._code else f"progress.{self._state}")
        elif self._found:
            message = said_in(self.setting.language, self._found.reply.get("message"))
        return Progress(
            title=say("progress.title"),
            help_text=say("help.progress"),
            personal=self._state == "found",
            state=self._state,
            guidance=say("progress.guidance"),
            message=message,
            number=self._number,
            rows=tuple(self._rows()),
            bring_labels=self._bring_labels(),
            own_label=say("progress.add_own") if self._own else "",
            report_label=report_label(self.setting) if self._may_report else "",
        )

    def _bring_labels(self) -> tuple[str, ...]:
        say, language = self.setting.say, self.setting.language
        ready = self._ready
        if len(ready) == 1:
            return (say("progress.bring"),)
        return tuple(say("progress.bring_part", title=wanted.title.in_language(language)) for wanted, _ in ready)

    def _rows(self) -> Iterator[Row]:
        if self._found is None:
            return
        reply, say, language = self._found.reply, self.setting.say, self.setting.language
        shown = (
            ("number", str(reply.get("case_number", ""))),
            ("matter", said_in(language, reply.get("title"))),
            ("state", said_in(language, reply.get("state_text")) or str(reply.get("state", ""))),
            ("received", day_and_time(str(reply.get("received_at", "")))),
            ("since", day_and_time(str(reply.get("since", "")))),
        )
        yield from (Row(label=say(f"progress.row.{name}"), value=value) for name, value in shown if value)
        yield from limit_rows(self.setting, reply)
        yield from missing_rows(self.setting, reply)
        yield from part_rows(self.setting, reply)
        if wanted_in(reply):
            yield Row(label=say("progress.row.correct_how"), value=self._how())
        yield from handover_rows(self.setting, reply)
        yield from text_rows(language, reply.get("rows"))

    def _how(self) -> str:
        contact = self.setting.contact
        if self._ready:
            return self.setting.say("progress.here", contact=contact)
        hindrances = (hindered_by(self.setting, matter) for _, matter in (self._found.missing if self._found else ()))
        return " ".join(filter(None, (next(hindrances, ""), self.setting.say("progress.counter", contact=contact))))


def day_and_time(iso: str) -> str:
    """`2026-11-23 16:00` in local time from ISO 8601; what is no time is shown as it is."""
    try:
        return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return iso

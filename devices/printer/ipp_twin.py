"""Virtual A4 printer: speaks IPP over HTTP, keeps every printed PDF, and fails the way a printer does."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.clock import Clock
from devices.printer.ipp_message import Attribute, Group, IppDamaged, Kind, Message, attribute, decode, encode
from devices.printer.ipp_states import ENDED, IDLE, PROCESSING, STOPPED, JobState
from devices.printer.ipp_twin_port import TwinPort
from devices.printer.ipp_twin_verbs import ALWAYS, LASTING, PARTS, VERBS, amount, checked
from devices.printer.ipp_wire import OPERATIONS
from devices.twin import TwinState

__all__ = ["LASTING", "VERBS", "IppPrinterTwin"]

OK, BAD_REQUEST, NOT_POSSIBLE, NOT_FOUND, NOT_SUPPORTED, BUSY = 0x0000, 0x0400, 0x0404, 0x0406, 0x0501, 0x0507
PAGE = re.compile(rb"/Type\s*/Page\b")
ADDRESS = "a4_printer.url"


@dataclass
class Job:
    number: int
    name: str
    document: bytes
    pages: int
    state: JobState = JobState.PENDING
    done: int = 0  # pages


class IppPrinterTwin:
    """Implements devices.twin.Twin. What is stopped by paper or door goes on once that is put right."""

    name = "a4_printer"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Condition()
        self._set = {"paper": "full", "door": "closed", "toner": "full", "queue": "on", "silent": "no"}
        self._fault, self._times = "none", 0.0
        self._delay, self._speed = 0.0, 0.2  # s an answer waits; s a page takes
        self._jobs: list[Job] = []
        self._numbers = self._printed = 0
        self._latest: Path | None = None
        self._folder: Path | None = None
        self._server: TwinPort | None = None
        self._number = 0  # of the port; stays the same when it is plugged in again
        self._stopped = False

    @property
    def port(self) -> str:
        return str(self._folder / ADDRESS) if self._folder else ""

    def start(self, folder: Path) -> None:
        """Its address stands in FOLDER/a4_printer.url; printed PDFs go to FOLDER/printed."""
        self._folder = folder
        (folder / "printed").mkdir(parents=True, exist_ok=True)
        self._printed = len(list((folder / "printed").glob("*.pdf")))
        self._plug()
        fresh = folder / f"{ADDRESS}.new"
        fresh.write_text(f"ipp://127.0.0.1:{self._number}/ipp/print\n", encoding="ascii")
        fresh.replace(folder / ADDRESS)
        self._stopped = False
        threading.Thread(target=self._work, name="a4-printer", daemon=True).start()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            self._lock.notify_all()
        self._unplug()
        if self._folder:
            (self._folder / ADDRESS).unlink(missing_ok=True)

    def state(self) -> TwinState:
        with self._lock:
            return {
                "plugged": self._server is not None,
                **self._set,
                "fault": self._fault,
                "printed": self._printed,
                "jobs": [f"{job.name}: {job.state.name.lower()}" for job in self._jobs[-8:]],
                "latest": str(self._latest or ""),
            }

    def do(self, verb: str, arguments: Mapping[str, str]) -> None:
        values = checked(verb, arguments)
        if verb == "unplug":
            self._unplug()
        elif verb == "plug":
            self._plug()
        with self._lock:
            match verb:
                case "paper" | "door" | "toner" | "queue" | "silent":
                    self._set[verb] = next(iter(values.values()))
                case "fault":
                    self._fault = values["kind"]
                    self._times = float("inf") if values["times"] == ALWAYS else amount("times", values["times"])
                case "delay":
                    self._delay = amount("seconds", values["seconds"])
                case "speed":
                    self._speed = amount("seconds", values["seconds"])
                case "forget":
                    self._jobs = [job for job in self._jobs if job.state not in ENDED]
            self._lock.notify_all()

    # --- the cable

    def _plug(self) -> None:
        if self._server is None:
            self._server = TwinPort(self._number, self._hear)
            self._number = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, args=(0.02,), name="a4-port", daemon=True).start()

    def _unplug(self) -> None:
        server, self._server = self._server, None
        with self._lock:
            self._lock.notify_all()
        if server is not None:
            server.unplugged = True
            server.shutdown()
            server.server_close()

    def _hear(self, server: TwinPort, data: bytes) -> bytes | None:
        """The answer, rubbish included; None: nothing is said, the connection ends."""
        with self._lock:
            if self._delay:
                self._lock.wait_for(lambda: self._server is not server, self._delay)
            self._lock.wait_for(lambda: self._set["silent"] == "no" or self._server is not server or self._stopped)
            if self._server is not server or self._stopped:
                return None
            answer = self._answer(data)
            if self._strikes("garbage"):
                return b"\xff\x00\x13\x37 no printer at all"
            if self._strikes("half_frame"):
                return answer[: len(answer) // 2]
            return None if self._strikes("no_http") else answer

    def _strikes(self, kind: str) -> bool:
        if self._fault != kind:
            return False
        self._times -= 1
        if self._times <= 0:
            self._fault = "none"
        return True

    # --- IPP

    def _answer(self, data: bytes) -> bytes:
        try:
            asked = decode(data)
        except IppDamaged:
            return _said(BAD_REQUEST, 0)
        known = {
            "Get-Printer-Attributes": self._told_printer,
            "Print-Job": self._take,
            "Get-Jobs": self._told_jobs,
            "Get-Job-Attributes": self._told_job,
            "Cancel-Job": self._cancel,
            "Validate-Job": self._validate,
        }
        handle = next((known[name] for name, code in OPERATIONS.items() if code == asked.code), None)
        return _said(NOT_SUPPORTED, asked.request_id) if handle is None else handle(asked)

    def _told_printer(self, asked: Message) -> bytes:
        busy = any(job.state is JobState.PROCESSING for job in self._jobs)
        state = STOPPED if self._halted else PROCESSING if busy else IDLE
        reasons = [PARTS[part][self._set[part]] for part in PARTS]
        told = [
            attribute("printer-state", Kind.ENUM, state),
            attribute("printer-state-reasons", Kind.KEYWORD, *([one for one in reasons if one] or ["none"])),
            attribute("printer-is-accepting-jobs", Kind.BOOLEAN, True),
            attribute("operations-supported", Kind.ENUM, *OPERATIONS.values()),
            attribute("ipp-versions-supported", Kind.KEYWORD, "1.1", "2.0"),
            attribute("charset-supported", Kind.CHARSET, "utf-8"),
            attribute("document-format-supported", Kind.MIME, "application/octet-stream", "application/pdf"),
            attribute("media-supported", Kind.KEYWORD, "iso_a4_210x297mm"),
        ]
        return encode(OK, asked.request_id, [*_LANGUAGE, (Group.PRINTER, told)])

    def _validate(self, asked: Message) -> bytes:
        return _said(OK, asked.request_id)

    def _take(self, asked: Message) -> bytes:
        if self._strikes("refuse"):
            return _said(BUSY, asked.request_id)
        self._numbers += 1
        name = str(asked.first(Group.OPERATION).get("job-name", ("",))[0])
        pages = max(1, len(PAGE.findall(asked.document)))
        job = Job(self._numbers, name, asked.document, pages)
        self._jobs.append(job)
        self._lock.notify_all()
        return b"" if self._strikes("lost_answer") else _said(OK, asked.request_id, _about(job))

    def _told_jobs(self, asked: Message) -> bytes:
        ended = asked.first(Group.OPERATION).get("which-jobs") == ("completed",)
        told = [_about(job) for job in self._jobs if (job.state in ENDED) == ended]
        return _said(OK, asked.request_id, *told)

    def _told_job(self, asked: Message) -> bytes:
        job = self._job(asked)
        return _said(NOT_FOUND, asked.request_id) if job is None else _said(OK, asked.request_id, _about(job))

    def _cancel(self, asked: Message) -> bytes:
        job = self._job(asked)
        if job is None or job.state in ENDED:
            return _said(NOT_FOUND if job is None else NOT_POSSIBLE, asked.request_id)
        job.state = JobState.CANCELED
        self._lock.notify_all()
        return _said(OK, asked.request_id)

    def _job(self, asked: Message) -> Job | None:
        number = asked.first(Group.OPERATION).get("job-id", (0,))[0]
        return next((job for job in self._jobs if job.number == number), None)

    # --- paper

    @property
    def _halted(self) -> bool:
        return any(PARTS[part][self._set[part]].endswith(("-error", "paused")) for part in PARTS)

    def _work(self) -> None:
        with self._lock:
            while not self._stopped:
                job = next((job for job in self._jobs if job.state not in ENDED), None)
                if job is None:
                    self._lock.wait()
                else:
                    self._print(job)

    def _print(self, job: Job) -> None:
        """One look at the job: a page, a stop, or its end."""
        if self._strikes("abort"):
            job.state = JobState.ABORTED
            return
        job.state = JobState.PROCESSING
        if self._lock.wait_for(lambda: self._stopped or job.state in ENDED or self._halted, self._speed):
            if job.state not in ENDED and self._halted:
                job.state = JobState.PROCESSING_STOPPED
                self._lock.wait_for(lambda: self._stopped or job.state in ENDED or not self._halted)
            return
        if self._strikes("jam"):
            self._set["paper"] = "jammed"
            return
        job.done += 1
        if job.done >= job.pages:
            self._keep(job)

    def _keep(self, job: Job) -> None:
        if self._folder is None:
            return
        self._printed += 1
        self._latest = self._folder / "printed" / f"{self._printed:04d}.pdf"
        fresh = self._latest.with_suffix(".new")
        fresh.write_bytes(job.document)
        fresh.replace(self._latest)
        job.state = JobState.COMPLETED


_LANGUAGE: list[tuple[Group, list[Attribute]]] = [
    (
        Group.OPERATION,
        [
            attribute("attributes-charset", Kind.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Kind.LANGUAGE, "en"),
        ],
    )
]
_REASONS = {JobState.COMPLETED: "job-completed-successfully", JobState.ABORTED: "aborted-by-system"}
_REASONS |= {JobState.CANCELED: "job-canceled-by-user", JobState.PROCESSING_STOPPED: "printer-stopped"}


def _about(job: Job) -> list[Attribute]:
    return [
        attribute("job-id", Kind.INTEGER, job.number),
        attribute("job-name", Kind.NAME, job.name),
        attribute("job-state", Kind.ENUM, int(job.state)),
        attribute("job-state-reasons", Kind.KEYWORD, _REASONS.get(job.state, "none")),
        attribute("job-impressions-completed", Kind.INTEGER, job.done),
    ]


def _said(code: int, request_id: int, *jobs: list[Attribute]) -> bytes:
    return encode(code, request_id, [*_LANGUAGE, *((Group.JOB, job) for job in jobs)])

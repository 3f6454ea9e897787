"""Takes what the screen hands in: keeps attachments in memory only, seals a finished case, and has it committed."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from devices.clock import Clock
from devices.device import DeviceError
from flows.canonical import sha256_hex
from flows.case import Case, Rating
from flows.wire import SealedAttachment, seal_attachment, seal_envelope
from kiosk.backroom.center_seal import CenterSeal
from kiosk.backroom.entries import Entry
from kiosk.backroom.messages import (
    Attach,
    Attached,
    BindPages,
    CaptureFailed,
    Committed,
    Json,
    NotCommitted,
    PagesBound,
    ServiceChanged,
)
from kiosk.backroom.outbox import DiskFull, Outbox, Sealed, StorageUnknown
from kiosk.backroom.reserve import Reserve
from kiosk.identity import Identity


@dataclass(frozen=True, repr=False)
class Held:
    """An attachment of the visit under way: in memory, never on disk unsealed."""

    sha256: str
    content: bytes


class Clerk:
    """Belongs to one thread but for `service`. `reserve` in bytes: a visit begins only when so much is set
    aside and as much again is free."""

    def __init__(
        self, outbox: Outbox | None, identity: Identity | None, clock: Clock, folder: Path, reserve: int
    ) -> None:
        self._outbox = outbox
        self._identity = identity
        self._clock = clock
        self._folder = folder
        self._reserve = Reserve(folder, reserve)
        if outbox is not None:
            outbox.when_full(self._reserve)
        self._held: dict[str, Held] = {}
        self._damaged = ""
        if identity is not None:
            self._seal_to, self._own_key = CenterSeal(folder, identity), identity.own_key()

    def attach(self, message: Attach, content: bytes) -> Attached:
        """The same name again takes the place of the one before."""
        held = Held(sha256_hex(content), content)
        self._held[message.name] = held
        return Attached(request=message.request, sha256=held.sha256, size=len(content))

    def bind(self, message: BindPages, pages: bytes) -> tuple[PagesBound | CaptureFailed, bytes]:
        """The pages as one PDF, held like any attachment; the PDF itself for the screen to keep."""
        from devices.camera.document_pdf import bound

        ends = [0, *itertools.accumulate(message.lengths)]
        try:
            if min(message.lengths, default=0) <= 0 or ends[-1] != len(pages):
                raise DeviceError("document: the pages do not add up; take them again", code="invalidMedia")
            pdf = bound([pages[start:end] for start, end in itertools.pairwise(ends)])
        except DeviceError as error:
            return CaptureFailed(request=message.request, code=error.code), b""
        held = Held(sha256_hex(pdf), pdf)
        self._held[message.name] = held
        return PagesBound(request=message.request, sha256=held.sha256, size=len(pdf)), pdf

    def wipe(self) -> None:
        self._held.clear()

    def submit_case(self, request: str, values: Mapping[str, Json]) -> tuple[Committed | NotCommitted, Entry | None]:
        try:
            case = Case.model_validate(dict(values))
        except ValidationError as error:
            return _refused(request, "the case is not one", error), None
        wanted = {item.name: item.sha256 for item in case.attachments}
        # A case that is on disk already needs nothing handed over again.
        if self._outbox is None or self._outbox.entry(case.case_id) is None:
            missing = [
                name for name, sha256 in wanted.items() if name not in self._held or self._held[name].sha256 != sha256
            ]
            if missing:
                message = f"attachments were not handed over: {', '.join(missing)}"
                return NotCommitted(request=request, code="storageUnknown", message=message), None
        answer, entry = self._commit(request, case, wanted)
        if isinstance(answer, Committed):
            for name in wanted:
                self._held.pop(name, None)
        return answer, entry

    def submit_rating(self, request: str, values: Mapping[str, Json]) -> tuple[Committed | NotCommitted, Entry | None]:
        try:
            rating = Rating.model_validate(dict(values))
        except ValidationError as error:
            return _refused(request, "the rating is not one", error), None
        return self._commit(request, rating, {})

    def service(self) -> ServiceChanged:
        """Whether a visit may begin now."""
        if self._identity is None:
            return _out("notEnrolled", "run `kiosk enrol CODE --center URL` on this terminal")
        if self._outbox is None or self._damaged:
            return _out(
                "storageDamaged", self._damaged or "the outbox cannot be opened; see the log, then `kiosk doctor`"
            )
        try:
            lack = self._reserve.lack()
        except OSError as error:
            return _out("storageDamaged", f"{self._folder}: {error.strerror}")
        if lack:
            return _out("diskFull", lack)
        return ServiceChanged(in_service=True)

    def _commit(
        self, request: str, content: Case | Rating, attachments: Mapping[str, str]
    ) -> tuple[Committed | NotCommitted, Entry | None]:
        own_id = content.case_id if isinstance(content, Case) else content.rating_id
        if self._identity is None:
            return NotCommitted(request=request, code="notEnrolled", message="this terminal is not enrolled"), None
        if self._outbox is None or self._damaged:
            return NotCommitted(request=request, code="storageUnknown", message="the outbox cannot be used"), None
        if isinstance(content, Case) and content.terminal_id != self._identity.terminal_id:
            return NotCommitted(request=request, code="notEnrolled", message="the case is of another terminal"), None
        matter = content.matter if isinstance(content, Case) else ""
        instant = isinstance(content, Case) and content.kind == "instant"
        try:
            entry = self._outbox.add(
                own_id, matter, instant, self._local_number, lambda number: self._seal(content, number, attachments)
            )
        except DiskFull:
            return NotCommitted(request=request, code="diskFull", message="the disk is full"), None
        except StorageUnknown as error:
            self._damaged = f"the disk fails: {error}"
            return NotCommitted(request=request, code="storageUnknown", message=self._damaged), None
        if self._outbox.suspect:
            self._damaged = "a commit met an input/output error; check the disk, then start the terminal again"
        done = Committed(request=request, case_id=own_id, sequence=entry.sequence, local_number=entry.local_number)
        return done, entry

    def _seal(self, content: Case | Rating, sequence: int, attachments: Mapping[str, str]) -> Sealed:
        assert self._identity is not None
        terminal_id, sealing_key = self._identity.terminal_id, self._seal_to.current()
        named: list[SealedAttachment] = []
        files: dict[str, bytes] = {}
        for name in attachments:
            reference, sealed = seal_attachment(name, self._held[name].content, terminal_id, sealing_key)
            named.append(reference)
            files[reference.sha256] = sealed
        envelope = seal_envelope(
            content,
            terminal_id=terminal_id,
            sequence=sequence,
            created_at=self._clock.now(),
            center_key=sealing_key,
            signing_key=self._own_key,
            attachments=named,
        )
        return Sealed(envelope, files)

    def _local_number(self, sequence: int) -> str:
        assert self._identity is not None
        return f"L{self._identity.terminal_id[-6:].upper()}-{sequence:06d}"


def _refused(request: str, what: str, error: ValidationError) -> NotCommitted:
    """Names the fields, never their values."""
    places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False))
    return NotCommitted(request=request, code="storageUnknown", message=f"{what}: {places}")


def _out(code: str, message: str) -> ServiceChanged:
    return ServiceChanged(in_service=False, code=code, message=message)

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
from flows.contents import Supplement, attachments_of, id_of
from flows.keys import SealingPublicKey
from flows.wire import Envelope, SealedAttachment, seal_attachment, seal_envelope
from kiosk.backroom.center_seal import CenterSeal
from kiosk.backroom.entries import Entry
from kiosk.backroom.open_ratings import OpenRatings
from kiosk.backroom.outbox import DiskFull, Outbox, StorageUnknown
from kiosk.backroom.reserve import Reserve
from kiosk.identity import Identity
from kiosk.messages.from_backroom import Attached, CaptureFailed, Committed, NotCommitted, PagesBound, ServiceChanged
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import Attach, BindPages

Submitted = Case | Supplement | Rating
Outcome = tuple[Committed | NotCommitted, Entry | None]


@dataclass(frozen=True, repr=False)
class Held:
    """An attachment of the visit under way, sealed as soon as it came: in memory, and on disk only with its case."""

    sha256: str  # of the plain bytes
    reference: SealedAttachment
    sealed: bytes
    key: SealingPublicKey


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
        self._ratings = OpenRatings(outbox) if outbox is not None else None
        if outbox is not None:
            outbox.when_full(self._reserve)
        self._held: dict[str, Held] = {}
        self._damaged = ""
        if identity is not None:
            self._seal_to, self._own_key = CenterSeal(folder, identity), identity.own_key()

    def attach(self, message: Attach, content: bytes) -> Attached:
        """The same name again takes the place of the one before."""
        return Attached(request=message.request, sha256=self._hold(message.name, content), size=len(content))

    def bind(self, message: BindPages, pages: bytes) -> tuple[PagesBound | CaptureFailed, bytes]:
        """The pages as one PDF, held like any attachment; the PDF itself for the screen to keep."""
        from devices.camera.document_pdf import bound
        from devices.camera.purpose_mark import marked

        ends = [0, *itertools.accumulate(message.lengths)]
        try:
            if min(message.lengths, default=0) <= 0 or ends[-1] != len(pages):
                raise DeviceError("document: the pages do not add up; take them again", code="invalidMedia")
            taken = [pages[start:end] for start, end in itertools.pairwise(ends)]
            pdf = bound([marked(page, message.mark) for page in taken] if message.mark else taken)
        except DeviceError as error:
            return CaptureFailed(request=message.request, code=error.code), b""
        return PagesBound(request=message.request, sha256=self._hold(message.name, pdf), size=len(pdf)), pdf

    def _hold(self, name: str, content: bytes) -> str:
        """SHA-256 of the plain bytes. Nothing is held where there is no center to seal it to."""
        plain = sha256_hex(content)
        if self._identity is not None:
            key = self._key()
            self._held[name] = Held(plain, *seal_attachment(name, content, self._identity.terminal_id, key), key)
        return plain

    def _key(self) -> SealingPublicKey:
        """One for the whole visit: the center opens a case's attachments with the key of its envelope."""
        return next((held.key for held in self._held.values()), None) or self._seal_to.current()

    def end_visit(self) -> bool:
        """Nothing of it is held any more; whether its rating now goes to the center."""
        self._held.clear()
        return self._ratings is not None and self._ratings.settle()

    def submit_case(self, request: str, values: Mapping[str, Json]) -> Outcome:
        return self._submit(request, Case, "the case", values)

    def submit_supplement(self, request: str, values: Mapping[str, Json]) -> Outcome:
        return self._submit(request, Supplement, "the supplement", values)

    def submit_rating(self, request: str, values: Mapping[str, Json]) -> Outcome:
        """The same id again replaces it until the visit ends."""
        return self._submit(request, Rating, "the rating", values)

    def withdraw_rating(self, rating_id: str) -> None:
        """Raises sqlite3.Error."""
        if self._ratings is not None:
            self._ratings.withdraw(rating_id)

    def _submit(self, request: str, kind: type[Submitted], what: str, values: Mapping[str, Json]) -> Outcome:
        try:
            content = kind.model_validate(dict(values))
        except ValidationError as error:
            return _refused(request, f"{what} is not one", error), None
        wanted = {item.name: item.sha256 for item in attachments_of(content)}
        # What is on disk already needs nothing handed over again.
        if self._outbox is None or self._outbox.entry(id_of(content)) is None:
            missing = [
                name for name, sha256 in wanted.items() if name not in self._held or self._held[name].sha256 != sha256
            ]
            if missing:
                message = f"attachments were not handed over: {', '.join(missing)}"
                return NotCommitted(request=request, code="storageUnknown", message=message), None
        answer, entry = self._commit(request, content, wanted)
        if isinstance(answer, Committed):
            for name in wanted:
                self._held.pop(name, None)
        return answer, entry

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

    def _commit(self, request: str, content: Submitted, attachments: Mapping[str, str]) -> Outcome:
        own_id = id_of(content)
        if self._identity is None:
            return NotCommitted(request=request, code="notEnrolled", message="this terminal is not enrolled"), None
        if self._outbox is None or self._damaged:
            return NotCommitted(request=request, code="storageUnknown", message="the outbox cannot be used"), None
        if not isinstance(content, Rating) and content.terminal_id != self._identity.terminal_id:
            return NotCommitted(request=request, code="notEnrolled", message="it is of another terminal"), None
        matter = content.matter if isinstance(content, Case) else ""
        instant = isinstance(content, Case) and content.kind == "instant"
        try:
            entry = self._add(own_id, matter, instant, content, attachments)
        except DiskFull:
            return NotCommitted(request=request, code="diskFull", message="the disk is full"), None
        except StorageUnknown as error:
            self._damaged = f"the disk fails: {error}"
            return NotCommitted(request=request, code="storageUnknown", message=self._damaged), None
        if self._outbox.suspect:
            self._damaged = "a commit met an input/output error; check the disk, then start the terminal again"
        done = Committed(request=request, case_id=own_id, sequence=entry.sequence, local_number=entry.local_number)
        return done, entry

    def _add(self, own_id: str, matter: str, instant: bool, content: Submitted, names: Mapping[str, str]) -> Entry:
        """Raises as the outbox does."""
        assert self._outbox is not None
        held = [self._held[name] for name in names if name in self._held]  # none are, where it is on disk already

        def seal(sequence: int) -> Envelope:
            assert self._identity is not None
            return seal_envelope(
                content,
                terminal_id=self._identity.terminal_id,
                sequence=sequence,
                created_at=self._clock.now(),
                center_key=held[0].key if held else self._seal_to.current(),
                signing_key=self._own_key,
                attachments=[one.reference for one in held],
            )

        if isinstance(content, Rating):
            assert self._ratings is not None
            return self._ratings.note(own_id, self._local_number, seal)
        files = {one.reference.sha256: one.sealed for one in held}
        return self._outbox.add(own_id, matter, instant, self._local_number, files, seal)

    def _local_number(self, sequence: int) -> str:
        assert self._identity is not None
        return f"L{self._identity.terminal_id[-6:].upper()}-{sequence:06d}"


def _refused(request: str, what: str, error: ValidationError) -> NotCommitted:
    """Names the fields, never their values."""
    places = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False))
    return NotCommitted(request=request, code="storageUnknown", message=f"{what}: {places}")


def _out(code: str, message: str) -> ServiceChanged:
    return ServiceChanged(in_service=False, code=code, message=message)

"""The bodies of the center's HTTP interface; envelopes and receipts stand in `flows/wire.py`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from flows.case import CaseState
from flows.contents import Missing
from flows.secret_codes import Code
from flows.text import Frozen, LabelledValue, Text


class Health(Frozen):
    status: Literal["ok"] = "ok"
    epoch: str


class Ready(Frozen):
    """For a balancer: this worker reaches all it needs."""

    status: Literal["ready"] = "ready"
    database: Literal["ok"] = "ok"
    blobs: Literal["ok"] = "ok"
    keys: Literal["ok"] = "ok"


class EnrolmentRequest(Frozen):
    """`code` is the one-time code; `public_key` the terminal's Ed25519 key (flows.keys.encode_verify_key)."""

    code: str
    public_key: str
    name: str


class EnrolmentReply(Frozen):
    """All a terminal needs to seal, sign and verify; keys as flows.keys writes them."""

    terminal_id: str
    site: str
    center_sealing_key: str
    center_signing_key: str
    epoch: str


class AttachmentReply(Frozen):
    """`size`: bytes of the sealed attachment that are held, from the first one on; `complete`: that is all of it."""

    sha256: str
    size: int
    complete: bool = True


class LookupRequest(Frozen):
    """Values of the lookup step's `inputs`, by their names in the matter."""

    parameters: dict[str, JsonValue]


class LookupReply(Frozen):
    """`data` is what the matter's expressions see as <step>.data; `source` is 示例 for sample data, shown as it is."""

    status: Literal["found", "notFound", "refused"]
    data: dict[str, JsonValue] = Field(default_factory=dict)
    rows: tuple[LabelledValue, ...] = ()
    source: str = ""
    message: Text | None = None


class Decision(Frozen):
    """What the center decided. `sample` is 示例 where sample data stands behind it and must be shown."""

    outcome: Literal["issued", "refused", "accepted", "pending"]
    message: Text
    rows: tuple[LabelledValue, ...] = ()
    sample: str = ""
    verify_code: str = ""
    verify_url: str = ""
    pdf_sha256: str = ""


class ResultReply(Frozen):
    case_number: str
    state: CaseState
    decision: Decision | None = None


class LimitReply(Frozen):
    """The limit a citizen is promised, in working days after acceptance; `left` is negative once it is exceeded.

    `calendar_known` is false while a day counted lies in a year whose holidays are not announced: weekdays count then.
    """

    limit: int
    used: int
    left: int
    paused: int
    is_running: bool
    due: date | None
    calendar_known: bool


HandoverState = Literal["preparing", "ready", "expired", "collected", "posted"]


class HandoverProgress(Frozen):
    """出件: how and where the result is handed over, and how far that is; `until` is the last day to collect it.

    `parts` are the titles of those parts of a linked case whose results are in it, at one time.
    """

    state: HandoverState
    how: Text
    state_text: Text
    until: date | None = None
    tracking: str = ""
    parts: tuple[Text, ...] = ()


class PickupCode(Frozen):
    """Told once: the center keeps its hash. An earlier code of the case is no longer good."""

    code: str


class PickupRequest(Frozen):
    """A pick-up code as it was scanned."""

    code: Code


class FollowRequest(Frozen):
    """The code under which a case is followed, as it stands on its receipt."""

    code: Code


class DraftRequest(Frozen):
    """A visit to keep: `token` is what leads to it and is not kept; `sealed` as of flows.drafts."""

    token: Code
    sealed: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z+/]+={0,2}$", max_length=65536)]


class DraftCode(Frozen):
    """`code` is the text of the QR code, signed as flows.codes says, or the address of a page that holds it; `until`
    when it ends (ISO 8601, UTC).
    """

    code: str
    until: str


class SealedDraft(Frozen):
    sealed: str


class ForgottenDraft(Frozen):
    """It is not there any more."""

    locator: str


class PartProgress(Frozen):
    """One part of a linked case (一件事). `waits_for` are titles of parts that must be done first."""

    id: str
    title: Text
    department: Text
    state: CaseState
    state_text: Text
    since: str
    message: Text | None = None
    waits_for: tuple[Text, ...] = ()
    missing: tuple[Missing, ...] = ()
    correct_by: date | None = None
    limit: LimitReply | None = None


class ProgressReply(Frozen):
    """One of the six states a citizen sees, and since when (ISO 8601, UTC).

    `missing` is what a supplement must bring, `correct_by` the last day for it; a linked case has them in its `parts`.
    An instant matter has no `limit`.
    """

    case_number: str
    matter: str
    title: Text
    state: CaseState
    state_text: Text
    since: str
    received_at: str
    message: Text | None = None
    missing: tuple[Missing, ...] = ()
    correct_by: date | None = None
    limit: LimitReply | None = None
    parts: tuple[PartProgress, ...] = ()
    handover: HandoverProgress | None = None


class ApplicantRequest(Frozen):
    """`number` of the card that was laid, or of what stands for one."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class ApplicantReply(Frozen):
    same: bool


class ProblemDetails(Frozen):
    """RFC 9457, application/problem+json; `code` and `action` are for machines."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str = ""
    action: str = ""

"""What the screen asks of the backroom and lets it know: plain dataclasses, to be had before the first picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.messages.json_value import Json

# What AskCenter may name beside the lookups of matters.
IDENTITY_CODE, FOLLOW, PICKUP, APPLICANT = "identity-code", "follow", "pickup", "applicant"
KEEP_DRAFT, OPEN_DRAFT, FORGET_DRAFT = "keep-draft", "open-draft", "forget-draft"


@dataclass(frozen=True, kw_only=True)
class AwaitCard:
    """Read the next card that is laid; ends with CardRead, CardFailed (several may come) or Stop."""


@dataclass(frozen=True, kw_only=True)
class AwaitCode:
    """Arm the scanners until Stop; each accepted code arrives as CodeRead. Without `cameras` none of them films."""

    cameras: bool = True


@dataclass(frozen=True, kw_only=True)
class StartPreview:
    camera: str  # "face" or "document"


@dataclass(frozen=True, kw_only=True)
class TakeStill:
    camera: str
    request: str


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Leave the page: cancel card, code and preview."""


@dataclass(frozen=True, kw_only=True)
class AskCenter:
    """A lookup (name = adapter lookup), `progress`, `applicant` (whether a card's number is that of a case),
    `identity-code` (an identity code's body and signature, which the terminal verifies itself), `follow` (the progress
    of the case whose receipt has a code) or `pickup` (what a code is for); answered by CenterAnswer."""

    request: str
    name: str
    parameters: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Attach:
    """Hand an attachment (the frame's blob) over for the visit under way; answered by Attached."""

    request: str
    name: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class BindPages:
    """Make one PDF of JPEG pages, which are the frame's blob one after the other, `lengths` bytes each, and hold it as
    an attachment; answered by PagesBound, or by CaptureFailed where a page is none. `mark` is written across each."""

    request: str
    name: str
    lengths: tuple[int, ...]
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class SubmitCase:
    """Seal and commit; answered by Committed only after it is on disk, or by NotCommitted."""

    request: str
    case: Mapping[str, Json]  # flows.case.Case as JSON


@dataclass(frozen=True, kw_only=True)
class SubmitSupplement:
    """As a case is submitted; `case_id` of the answer is the supplement's own."""

    request: str
    supplement: Mapping[str, Json]  # flows.contents.Supplement as JSON


@dataclass(frozen=True, kw_only=True)
class SubmitRating:
    """On disk at once, and at the center after the visit: until then one with the same id replaces it."""

    request: str
    rating: Mapping[str, Json]  # flows.case.Rating as JSON


@dataclass(frozen=True, kw_only=True)
class WithdrawRating:
    """No rating after all."""

    rating_id: str


@dataclass(frozen=True, kw_only=True)
class PrintReceipt:
    """Print once per command_id; followed by PrintProgress messages."""

    command_id: str
    template: str  # file name in assets/receipts without .yaml
    values: Mapping[str, Json]
    language: str = "zh"


@dataclass(frozen=True, kw_only=True)
class PrintDocument:
    """Fetch the document that the center issued and print it on A4, once per command_id; followed by PrintProgress."""

    command_id: str
    case_id: str
    pdf_sha256: str  # as the center's decision says it
    title: str  # what the printer lists it as; names nobody


@dataclass(frozen=True, kw_only=True)
class PrintForm:
    """Draw the filled form and print it on A4, once per command_id; followed by PrintProgress. The blob is the PNG of
    the signature, or empty."""

    command_id: str
    form: Mapping[str, Json]  # kiosk.backroom.form_page.FilledForm as JSON
    title: str  # what the printer lists it as; names nobody


@dataclass(frozen=True, kw_only=True)
class Say:
    """Say this aloud where the terminal has a voice; it ends what is being said. Only fixed words for everybody."""

    text: str
    language: str = "zh"


@dataclass(frozen=True, kw_only=True)
class Hush:
    """Somebody touched the screen: what is being said ends. So it does with Stop and VisitEnded."""


@dataclass(frozen=True, kw_only=True)
class VisitEnded:
    """Wipe what the backroom still holds of this visit (attachments not submitted, pictures, card record)."""


@dataclass(frozen=True, kw_only=True)
class MattersInUse:
    """Which package of matters the screen offers now; 0 for the matters it came with."""

    version: int


ToBackroom = (
    AwaitCard
    | AwaitCode
    | StartPreview
    | TakeStill
    | Stop
    | AskCenter
    | Attach
    | BindPages
    | SubmitCase
    | SubmitSupplement
    | SubmitRating
    | WithdrawRating
    | PrintReceipt
    | PrintDocument
    | PrintForm
    | Say
    | Hush
    | VisitEnded
    | MattersInUse
)

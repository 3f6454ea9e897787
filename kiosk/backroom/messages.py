"""What the screen process and the backroom say to each other: frozen messages, one frame each.

A frame is `!II` (length of JSON, length of blob), the JSON `{"type": class name, ...fields}` in UTF-8, then the blob.
Only plain dataclasses here: the screen process must be able to import this before its first frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

IDENTITY_CODE, FOLLOW, PICKUP, APPLICANT = "identity-code", "follow", "pickup", "applicant"
KEEP_DRAFT, OPEN_DRAFT, FORGET_DRAFT = "keep-draft", "open-draft", "forget-draft"
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

# --- from the screen to the backroom


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


# --- from the backroom to the screen


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Sent once after start: terminal identity and what was left from before."""

    terminal_id: str
    enrolled: bool
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class DeviceChanged:
    device: str  # section name in the configuration, such as card_reader
    device_class: str  # idcard, scanner, camera, printer
    state: str  # DeviceState value
    message: str = ""
    action: str = ""
    paper: str = ""  # printers only: PaperState value
    cover: str = ""


@dataclass(frozen=True, kw_only=True)
class CardFound:
    """A card is in the field and is being read."""


@dataclass(frozen=True, kw_only=True)
class CardRead:
    card: Mapping[str, Json]  # the shape of `kiosk card read --json`


@dataclass(frozen=True, kw_only=True)
class CardFailed:
    code: str  # XFS code: noMedia, invalidMedia, cardCollision, securityFail, timeOut, deviceNotReady, hardwareError
    action: str


@dataclass(frozen=True, kw_only=True)
class CodeRead:
    text: str
    symbology: str


@dataclass(frozen=True, kw_only=True)
class PreviewFrame:
    """JPEG in the blob."""

    camera: str
    hints: tuple[str, ...] = ()  # live quality hints such as noFace, tooDark; or what the person is asked: blink, turn


@dataclass(frozen=True, kw_only=True)
class StillTaken:
    """JPEG in the blob; problems empty means good enough. `face_check`: devices.camera.contract.FaceCheck, as said to
    staff; empty where there is nothing to compare with."""

    request: str
    problems: tuple[str, ...] = ()
    face_check: str = ""
    thumbnail: str = ""  # data: address of a small JPEG; document


@dataclass(frozen=True, kw_only=True)
class CaptureFailed:
    request: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Attached:
    request: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class PagesBound:
    """The PDF in the blob; the backroom holds it as an attachment already."""

    request: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class CenterAnswer:
    request: str
    status: Literal["found", "notFound", "unavailable", "refused"]
    data: Mapping[str, Json] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Committed:
    request: str
    case_id: str
    sequence: int
    local_number: str


@dataclass(frozen=True, kw_only=True)
class NotCommitted:
    request: str
    code: Literal["diskFull", "storageUnknown", "notEnrolled"]
    message: str


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The center's signed receipt for this case, or supplement to the case of this number, was verified; `decision` is
    set for an instant matter."""

    case_id: str
    case_number: str
    state: str
    decision: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PrintProgress:
    command_id: str
    phase: str  # PrintPhase value
    message: str = ""
    code: Literal["", "centerAway"] = ""  # why nothing was printed, where that is not the printer's doing


@dataclass(frozen=True, kw_only=True)
class SyncChanged:
    waiting: int
    reachable: bool


@dataclass(frozen=True, kw_only=True)
class MattersUsed:
    """How many cases of each matter were taken here lately; sent at the start and after each case."""

    cases: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class ServiceChanged:
    """Whether the backroom can take cases at all: disk full, not enrolled, storage damaged."""

    in_service: bool
    code: str = ""  # diskFull, notEnrolled, storageDamaged
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class MattersReady:
    """This package of matters, and these settings from the center, lie in the state folder, proven and tried; they
    hold as soon as no visit is on."""

    version: int
    settings: int = 0


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
FromBackroom = (
    Ready
    | DeviceChanged
    | CardFound
    | CardRead
    | CardFailed
    | CodeRead
    | PreviewFrame
    | StillTaken
    | CaptureFailed
    | Attached
    | PagesBound
    | CenterAnswer
    | Committed
    | NotCommitted
    | Delivered
    | PrintProgress
    | SyncChanged
    | MattersUsed
    | ServiceChanged
    | MattersReady
)

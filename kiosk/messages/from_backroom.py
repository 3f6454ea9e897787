"""What the backroom answers the screen and lets it know: plain dataclasses, to be had before the first picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.messages.json_value import Json


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

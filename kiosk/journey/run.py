"""One person's pass through one matter as the terminal holds it: everything personal is in here, and goes with it."""

from dataclasses import dataclass, field

from flows.supplements import Wanted
from flows.visit import Visit
from kiosk.messages.from_backroom import Delivered
from kiosk.messages.json_value import Json


@dataclass(frozen=True, repr=False)
class HeldAttachment:
    """What was handed to the backroom, kept so that it can be handed over again should that restart."""

    name: str
    media_type: str
    content: bytes
    check: str = ""  # for staff: of a face, or of a document's page that was refused


@dataclass(frozen=True, repr=False)
class TakenPage:
    """One page of a document that is not complete yet: the picture, and the `data:` address of a small one."""

    jpeg: bytes
    thumbnail: str
    refused: str = ""  # the problem that it was used with


@dataclass(repr=False)
class Run:
    """`case` is set once a submit was tried, and stays the same for every further try; it is a supplement where the
    visit brings what is `wanted`, and `case_id` is then the supplement's own.
    """

    visit: Visit
    wanted: Wanted | None = None
    attachments: dict[str, HeldAttachment] = field(default_factory=dict)
    taken_pages: dict[str, list[TakenPage]] = field(default_factory=dict)  # by the step's id
    drafts: dict[str, list[dict[str, Json]]] = field(default_factory=dict)  # groups not answered yet, by the step's id
    case: dict[str, Json] | None = None
    case_id: str = ""
    local_number: str = ""
    follow: str = ""  # the codes on its receipt, of which the case holds the hashes alone
    pickup: str = ""
    delivered: Delivered | None = None
    resumed_at: str = ""  # the step where it goes on from a visit before
    abandoned: bool = False  # an agreement was declined
    laid_card: bool = False
    printed: bool = False
    on_paper: bool = False  # an A4 document comes out, or came out
    form_on_paper: bool = False  # so does the filled form

    @property
    def committed(self) -> bool:
        return bool(self.local_number)

    @property
    def left_behind(self) -> tuple[str, ...]:
        """What a person is reminded of at the end: words of `farewell.*`."""
        left = {
            "card": self.laid_card,
            "receipt": self.printed,
            "document": self.on_paper,
            "form": self.form_on_paper,
        }
        return tuple(name for name, due in left.items() if due)

    @property
    def applicant_name(self) -> str:
        applicant = self.case.get("applicant") if self.case else None
        return str(applicant.get("name", "")) if isinstance(applicant, dict) else ""

    def hear(self, delivered: Delivered) -> None:
        """Keep what the center said of this case; what it decided already is not forgotten."""
        if delivered.case_id != self.case_id:
            return
        if delivered.decision or self.delivered is None or not self.delivered.decision:
            self.delivered = delivered

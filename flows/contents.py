"""What an envelope may hold: a case, a rating, what was missing from a case (补正), or that it did not work out."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from flows.case import Applicant, Attachment, Case, HexId, Rating
from flows.text import Frozen, Language, Text

MissingId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
CaseNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,64}$")]


class Missing(Frozen):
    """One thing that staff ask for: `id` is what the supplement answers it by, a picture or in words; `text` names
    nobody.
    """

    id: MissingId
    text: Text
    answer: Literal["picture", "words"] = "picture"


class Supplement(Frozen):
    """What was missing, brought later and at any terminal, by the person who applied: the center compares the numbers.

    An attachment's `step`, or a key of `answers`, is the id of what it answers; `part` is empty where there is one.
    """

    supplement_id: HexId
    terminal_id: str
    case_number: CaseNumber
    part: str = ""
    language: Language
    created_at: str
    applicant: Applicant
    answers: dict[MissingId, JsonValue] = Field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    @property
    def supplied(self) -> frozenset[str]:
        """Ids of what it answers."""
        return frozenset(self.answers) | {attachment.step for attachment in self.attachments}


class Report(Frozen):
    """办不成事: somebody could not get done what they came for. `place` is the name of the page they were on."""

    report_id: HexId
    terminal_id: str
    matter: Annotated[str, StringConstraints(max_length=64)] = ""
    case_number: CaseNumber | None = None
    place: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
    text: Annotated[str, StringConstraints(max_length=500)] = ""
    mobile: Annotated[str, StringConstraints(pattern=r"^(1[3-9]\d{9})?$")] = ""
    language: Language
    created_at: str


Content = Case | Rating | Supplement | Report
Kind = Literal["case", "rating", "supplement", "report"]
CONTENTS: Mapping[Kind, type[Content]] = {"case": Case, "rating": Rating, "supplement": Supplement, "report": Report}


def kind_of(content: Content) -> Kind:
    return next(kind for kind, model in CONTENTS.items() if isinstance(content, model))


def id_of(content: Content) -> str:
    """The envelope's id."""
    match content:
        case Case():
            return content.case_id
        case Rating():
            return content.rating_id
        case Supplement():
            return content.supplement_id
        case Report():
            return content.report_id


def attachments_of(content: Content) -> tuple[Attachment, ...]:
    return content.attachments if isinstance(content, Case | Supplement) else ()

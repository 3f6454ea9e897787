"""A finished visit as the center receives it, and the rating that may follow it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from flows.secret_codes import CodeHash, hash_of
from flows.text import Frozen, Language, Text

if TYPE_CHECKING:  # the wire imports this module and does without the matter engine
    from flows.visit import Visit

HexId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
CaseState = Literal["toSubmit", "awaitingPrecheck", "returned", "awaitingCorrection", "inReview", "finished"]

CITIZEN_STATES: Mapping[CaseState, Text] = {
    "toSubmit": Text(zh="待提交", en="Not yet submitted"),
    "awaitingPrecheck": Text(zh="待预审", en="Waiting for the first check"),
    "returned": Text(zh="预审退回", en="Returned after the first check"),
    "awaitingCorrection": Text(zh="待补正", en="Something is missing"),
    "inReview": Text(zh="审批中", en="Being decided"),
    "finished": Text(zh="已办结", en="Finished"),
}


class Attachment(Frozen):
    """A picture or signature of the case; `sha256` and `size` (bytes) are of the plain bytes.

    `check`: how a face compares with the card's portrait, or why a document's page was refused before it was used all
    the same; a hint to staff, decides nothing.
    """

    name: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    size: Annotated[int, Field(gt=0)]
    media_type: str
    step: str
    check: Annotated[str, StringConstraints(max_length=300)] = ""
    pages: Annotated[int, Field(ge=1)] = 1


class Applicant(Frozen):
    """Who applies, as the card says it and without its photo; absent is None.

    `kind` is that of the card, or `passport`, `phone` (an identity code that the center signed) or `face`: then name
    and number are empty, and the picture that the center is to find out by is an attachment of the identify step.
    """

    kind: str
    name: str
    number: str
    name_en: str | None = None
    sex: str = "unknown"
    nation: str | None = None
    birth_date: str | None = None
    address: str | None = None
    valid_to: str | None = None
    country: str | None = None


class Case(Frozen):
    """One application (办件), complete: nothing outside it is needed to decide it but the attachments' bytes.

    `follow_hash`, `pickup_hash`: flows.secret_codes.hash_of the codes on its receipt, by which it is followed, and its
    result collected.
    """

    case_id: HexId
    terminal_id: str
    matter: str
    matter_version: int
    kind: Literal["instant", "accepted"]
    language: Language
    created_at: str
    applicant: Applicant
    answers: dict[str, JsonValue]
    attachments: tuple[Attachment, ...] = ()
    follow_hash: CodeHash = ""
    pickup_hash: CodeHash = ""


class Rating(Frozen):
    """好差评: level 5 非常满意 … 1 非常不满意; `tags` are codes of flows/ratings.yaml for that level."""

    rating_id: HexId
    case_id: HexId
    level: Annotated[int, Field(ge=1, le=5)]
    tags: tuple[str, ...] = ()
    text: Annotated[str, StringConstraints(max_length=500)] = ""
    created_at: str


def iso_seconds(moment: datetime) -> str:
    """`2026-11-23T08:00:00Z`; raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def applicant_from_card(card: Mapping[str, JsonValue]) -> Applicant:
    """From the shape of `kiosk card read --json`; the newest address wins over the printed one, the photo stays out."""
    known = {key: card[key] for key in Applicant.model_fields if card.get(key) is not None}
    if card.get("newest_address"):
        known["address"] = card["newest_address"]
    return Applicant.model_validate(known)


def attachment_name(step_id: str, page: int) -> str:
    """The name an attachment has in the case and in the envelope; pages count from 1."""
    return f"{step_id}-{page}"


def case_from_visit(
    visit: "Visit",
    *,
    case_id: str,
    terminal_id: str,
    language: Language,
    created_at: datetime,
    follow: str = "",
    pickup: str = "",
) -> Case:
    """Once `visit.current` is the submit step; raises ValueError for a visit without an identity.

    `follow`, `pickup`: the codes on the receipt, of which only the hashes go into the case.
    """
    identity, answers, attachments = None, {}, []
    for step in visit.applicable:
        answer = visit.value(step.id)
        if step.kind in ("review", "submit", "result", "rate"):
            continue
        answers[step.id] = answer
        if step.kind == "identify" and isinstance(answer, dict):
            identity = applicant_from_card(answer)
            attachments += _attachments(step.id, answer.get("picture") or None)
        elif step.kind in ("capture", "sign"):
            attachments += _attachments(step.id, answer)
    if identity is None:
        raise ValueError(f"the visit of {visit.matter.id} has nobody identified")
    return Case(
        case_id=case_id,
        terminal_id=terminal_id,
        matter=visit.matter.id,
        matter_version=visit.matter.version,
        kind=visit.matter.kind,
        language=language,
        created_at=iso_seconds(created_at),
        applicant=identity,
        answers=answers,
        attachments=tuple(attachments),
        follow_hash=hash_of(follow) if follow else "",
        pickup_hash=hash_of(pickup) if pickup else "",
    )


def _attachments(step_id: str, taken: JsonValue) -> list[Attachment]:
    """Of one picture, or of pages; none where the step was gone past."""
    pages = taken if isinstance(taken, list) else [taken]
    return [
        Attachment.model_validate({**picture, "name": attachment_name(step_id, page), "step": step_id})
        for page, picture in enumerate(pages, start=1)
        if isinstance(picture, dict)
    ]


def rating_from_answer(
    answer: Mapping[str, JsonValue], *, rating_id: str, case_id: str, created_at: datetime
) -> Rating:
    """From what a rate step was answered with, unless that was "skipped"."""
    own = {"rating_id": rating_id, "case_id": case_id, "created_at": iso_seconds(created_at)}
    return Rating.model_validate({**answer, **own})

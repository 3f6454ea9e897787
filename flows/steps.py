"""The thirteen kinds of step a matter is made of; a closed union, told apart by `kind`."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field as Bounds
from pydantic import JsonValue, StringConstraints

from flows.fields import Choice, Field
from flows.text import Frozen, Text

StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
CardKindName = Literal["citizen", "hmt_resident", "foreigner_2017", "foreigner_2023"]
IdentifyBy = Literal["card", "passport", "phone", "face"]


class Check(Frozen):
    """A rule over this answer and earlier ones; `holds` is CEL. `field` is where the message stands."""

    holds: str
    message: Text
    field: str = ""


class Row(Frozen):
    """A label and its value: `answer` shows an answer as the review does (`step` or `step.field`), `value` is CEL.

    `words` says values that are codes in words (`active: {zh: 正常, en: active}`); others are shown as they are.
    """

    label: Text
    answer: str = ""
    value: str = ""
    words: Mapping[str, Text] = {}
    unit: Text | None = None
    when: str | None = None


class AnyStepParts(Frozen):
    """What every step has; `when` is CEL over earlier answers, true where left out."""

    id: StepId
    title: Text
    when: str | None = None
    help: Text | None = None


class NoticeStep(AnyStepParts):
    """Something to read. `reading` is answered "read", `agreement` "agree", `consent` "agree" or "decline"."""

    kind: Literal["notice"]
    asks: Literal["reading", "agreement", "consent"] = "reading"
    paragraphs: Annotated[tuple[Text, ...], Bounds(min_length=1)]
    agree: Text
    decline: Text | None = None

    @property
    def agreed(self) -> str:
        """The answer that the big button gives."""
        return "read" if self.asks == "reading" else "agree"


class IdentifyStep(AnyStepParts):
    """Who is there; answered with the card's record without its photo, or what stands for one.

    `by` are the ways, the usual one first: an ID card of the kinds that `accepts` lists, a passport's machine-readable
    zone, an identity code on a phone that the center signed, or the face alone. The answer's `kind` is that of the
    card, `passport`, `phone` or `face`; a face is a picture, and name and number are empty.
    """

    kind: Literal["identify"]
    guidance: Text
    by: Annotated[tuple[IdentifyBy, ...], Bounds(min_length=1)] = ("card",)
    accepts: Annotated[tuple[CardKindName, ...], Bounds(min_length=1)] = (
        "citizen",
        "hmt_resident",
        "foreigner_2017",
        "foreigner_2023",
    )
    checks: tuple[Check, ...] = ()


class ChooseStep(AnyStepParts):
    """One of several, or several of several (`multiple`); answered with an id or a list of ids."""

    kind: Literal["choose"]
    question: Text
    options: Annotated[tuple[Choice, ...], Bounds(min_length=2)]
    multiple: bool = False
    default: str | None = None
    checks: tuple[Check, ...] = ()


class FormStep(AnyStepParts):
    """Questions to fill in; answered with a canonical value for each field."""

    kind: Literal["form"]
    fields: Annotated[tuple[Field, ...], Bounds(min_length=1)]
    checks: tuple[Check, ...] = ()


class GroupStep(AnyStepParts):
    """Several of a kind, such as family members; answered with a list of what a form is answered with.

    `item` is what one of them is called. `default` is CEL and gives a list to begin with. `totals` are rows over the
    list so far, checks are over the list: `sum(owners.map(one, one.share)) == percent(100)`.
    """

    kind: Literal["group"]
    item: Text
    fields: Annotated[tuple[Field, ...], Bounds(min_length=1)]
    min: Annotated[int, Bounds(ge=0, le=20)] = 1
    max: Annotated[int, Bounds(ge=1, le=20)] = 10
    default: str | None = None
    totals: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()


class LookupStep(AnyStepParts):
    """Ask the center. `example` is what `data` looks like; answered with status, data, source, and the inputs asked.

    `checks` are over what was found: where one fails this matter is not for this person, and its message says what is.
    """

    kind: Literal["lookup"]
    lookup: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
    inputs: Mapping[StepId, str]
    asking: Text
    example: Mapping[str, JsonValue]
    rows: tuple[Row, ...] = ()
    found: Text
    not_found: Text
    unavailable: Text
    required: bool = False
    checks: tuple[Check, ...] = ()


class CaptureStep(AnyStepParts):
    """Pictures; answered with a list of attachments, or "skipped" where `skip` gives a label for that.

    `watermark`: what it may be used for, and the day, are written across each page of a document before it is sealed.
    """

    kind: Literal["capture"]
    camera: Literal["document", "face"]
    material: Text
    guidance: Text
    trust: Literal["A", "B", "C", "D"] = "C"
    watermark: bool = False
    pages: Annotated[int, Bounds(ge=1, le=20)] = 1
    skip: Text | None = None


class PromiseStep(AnyStepParts):
    """告知承诺, a promise in place of a proof; answered "agree"."""

    kind: Literal["promise"]
    paragraphs: Annotated[tuple[Text, ...], Bounds(min_length=1)]
    agree: Text


class SignStep(AnyStepParts):
    """A signature on the screen; answered with its attachment."""

    kind: Literal["sign"]
    guidance: Text


class ReviewStep(AnyStepParts):
    """Everything once more, to change or to submit; answered "confirmed"."""

    kind: Literal["review"]
    submit: Text


class SubmitStep(AnyStepParts):
    """The case goes to disk; answered with its ids once it is there."""

    kind: Literal["submit"]
    message: Text


class ResultStep(AnyStepParts):
    """What came of it; answered "seen"."""

    kind: Literal["result"]
    message: Text
    waiting: Text | None = None
    next_steps: tuple[Text, ...] = ()


class RateStep(AnyStepParts):
    """好差评, voluntary; answered with level, tags and text, or "skipped"."""

    kind: Literal["rate"]
    skip: Text


Step = (
    NoticeStep
    | IdentifyStep
    | ChooseStep
    | FormStep
    | GroupStep
    | LookupStep
    | CaptureStep
    | PromiseStep
    | SignStep
    | ReviewStep
    | SubmitStep
    | ResultStep
    | RateStep
)
AnyStep = Annotated[Step, Bounds(discriminator="kind")]

"""A matter (事项): what is asked, captured, promised and issued, as read from one YAML file."""

from typing import Annotated, Literal

from pydantic import Field as Bounds
from pydantic import StringConstraints

from flows.steps import AnyStep, Row, Step
from flows.terms import Fee, Handover, Limits, Part, Search, Window
from flows.text import Frozen, Text

MatterId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Need = Literal["idcard", "document_camera", "face_camera", "scanner", "printer", "network"]
Audience = Literal["person", "business", "overseas"]


class Rule(Frozen):
    """The first rule whose `when` (CEL) holds decides; the last one has no `when`."""

    when: str | None = None
    outcome: Literal["issued", "refused", "accepted", "pending"]
    message: Text


class Document(Frozen):
    """What an issued document shows."""

    title: Text
    statement: Text
    rows: Annotated[tuple[Row, ...], Bounds(min_length=1)]
    notes: tuple[Text, ...] = ()


class Unconfirmed(Frozen):
    """Something the data says that nobody has checked against the local 办事指南; shown to staff, never as law."""

    what: Text
    value: Text


class Matter(Frozen):
    """`minutes` is how long a person stands there; `version` only goes up.

    `needs` are devices (and the network) it cannot do without. `offline`: cases are queued while the center is away, or
    the matter waits until it is back, `offline_reason` saying why.
    """

    id: MatterId
    version: Annotated[int, Bounds(ge=1, le=1_000_000)]
    kind: Literal["instant", "accepted"]
    department: Text
    title: Text
    summary: Text
    icon: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    brings: Text
    minutes: Annotated[int, Bounds(ge=1, le=60)]
    needs: tuple[Need, ...] = ("idcard",)
    offline: Literal["queue", "refuse"] = "queue"
    offline_reason: Text | None = None
    audience: Annotated[tuple[Audience, ...], Bounds(min_length=1)] = ("person",)
    limits: Limits = Limits()
    fee: Fee | None = None
    window: Window | None = None
    search: Search = Search()
    parts: tuple[Part, ...] = ()
    steps: Annotated[tuple[AnyStep, ...], Bounds(min_length=1)]
    case_rows: tuple[Row, ...] = ()
    decide: tuple[Rule, ...] = ()
    document: Document | None = None
    handover: tuple[Handover, ...] = ()
    receipt_notes: tuple[Text, ...] = ()
    unconfirmed: tuple[Unconfirmed, ...] = ()

    def step(self, step_id: str) -> Step:
        """Raises KeyError for an id this matter does not have."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

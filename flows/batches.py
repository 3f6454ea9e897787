"""Several small envelopes in one request: each is taken or refused for itself, and each has a receipt of its own."""

from typing import Annotated

from pydantic import Field

from flows.api import ProblemDetails
from flows.text import Frozen
from flows.wire import Envelope, Id, Receipt

MOST_ENVELOPES = 64  # of one batch


class EnvelopeBatch(Frozen):
    """Body of POST /v1/envelopes; `earlier`: receipts some of them got before the center was restored."""

    envelopes: Annotated[tuple[Envelope, ...], Field(min_length=1, max_length=MOST_ENVELOPES)]
    earlier: Annotated[tuple[Receipt, ...], Field(max_length=MOST_ENVELOPES)] = ()


class RefusedEnvelope(Frozen):
    """As PUT of this envelope alone would have been answered."""

    envelope_id: Id
    problem: ProblemDetails


class BatchAnswer(Frozen):
    """Every envelope of the batch is in one of the two."""

    receipts: tuple[Receipt, ...] = ()
    refused: tuple[RefusedEnvelope, ...] = ()

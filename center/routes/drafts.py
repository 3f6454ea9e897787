"""Visits kept for later, at any terminal: in, out, and forgotten."""

from typing import Annotated

from fastapi import APIRouter, Path

from center.bodies import At, RepeatableBy, SignedBy
from center.drafts import draft_at, forget_draft, keep_draft
from center.errors import Refused
from flows.api import DraftCode, DraftRequest, ForgottenDraft, SealedDraft
from flows.canonical import to_base64

router = APIRouter(prefix="/v1/drafts")
Locator = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.post("", status_code=201)
def post_draft(request: DraftRequest, at: At, _terminal: SignedBy) -> DraftCode:
    """Keep a sealed draft and sign the code that leads to it; the token itself is not kept."""
    return keep_draft(at.center, request)


@router.get("/{locator}")
def get_draft(locator: Locator, at: At, _terminal: SignedBy) -> SealedDraft:
    """Hand out a sealed draft: 404 once it was used, or its days are over."""
    sealed = draft_at(at.center, locator)
    if sealed is None:
        raise Refused(404, "noSuchDraft", "There is no such draft, or not any more", "", "correct")
    return SealedDraft(sealed=to_base64(sealed))


@router.delete("/{locator}")
def delete_draft(locator: Locator, at: At, _terminal: RepeatableBy) -> ForgottenDraft:
    """Forget a draft: somebody goes on with it."""
    forget_draft(at.center, locator)
    return ForgottenDraft(locator=locator)

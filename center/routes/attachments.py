"""Sealed attachments in: whole, or piece by piece where the line is bad."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from center.bodies import MAX_BODY, At, SentBy
from center.errors import Refused
from center.pieces import progress, take_piece
from center.problems import BINARY
from flows.api import AttachmentReply
from flows.canonical import sha256_hex
from flows.wire import Sha256

router = APIRouter(prefix="/v1/attachments")
_BYTES: dict[str, Any] = {
    "requestBody": {"content": {"application/octet-stream": {"schema": BINARY}}, "required": True}
}
Start = Annotated[int, Query(ge=0, le=MAX_BODY)]
Size = Annotated[int, Query(ge=1, le=MAX_BODY)]


@router.put("/{sha256}", openapi_extra=_BYTES)
async def put_attachment(sha256: Sha256, request: Request, at: At, _terminal: SentBy) -> AttachmentReply:
    """Keep a sealed attachment, named by its SHA-256; on disk when answered."""
    body = await request.body()
    if not body or sha256_hex(body) != sha256:
        raise Refused(422, "mismatch", "The bytes do not have this SHA-256", "", "retry")
    await run_in_threadpool(at.center.blobs.write, body)
    return AttachmentReply(sha256=sha256, size=len(body))


@router.get("/{sha256}")
def get_attachment(sha256: Sha256, at: At, terminal: SentBy) -> AttachmentReply:
    """Tell how much of an attachment is here: where an interrupted upload goes on."""
    return progress(at.center, terminal, sha256)


@router.patch("/{sha256}", openapi_extra=_BYTES)
async def patch_attachment(
    sha256: Sha256, request: Request, at: At, terminal: SentBy, start: Start, size: Size
) -> AttachmentReply:
    """Keep the bytes from `start` on, of `size` in all. The answer says how many are here; go on from there."""
    return await run_in_threadpool(take_piece, at.center, terminal, sha256, start, size, await request.body())

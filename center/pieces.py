"""Attachments that come in pieces: what has arrived is kept, so that an interrupted upload goes on where it stopped.

The pieces stand in the database, where every worker finds them; the whole becomes a blob and the pieces go.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError

from center.blobs import BlobMissing
from center.bodies import MAX_BODY
from center.errors import Refused
from center.services import Center
from center.tables import AttachmentPiece
from flows.api import AttachmentReply
from flows.canonical import sha256_hex

MOST = 1024 * 1024  # bytes of one piece
KEPT = timedelta(days=30)  # a terminal may be cut off for weeks; what it does not finish then begins anew


def progress(center: Center, terminal_id: str, sha256: str) -> AttachmentReply:
    """How many bytes are here, from the first one on."""
    if sha256 in center.blobs:
        try:
            return AttachmentReply(sha256=sha256, size=len(center.blobs.read(sha256)), complete=True)
        except BlobMissing:  # it rotted: it must come once more
            pass
    return AttachmentReply(sha256=sha256, size=_held(center, terminal_id, sha256), complete=False)


def take_piece(center: Center, terminal_id: str, sha256: str, start: int, size: int, data: bytes) -> AttachmentReply:
    """The piece that begins at byte `start` of an attachment of `size` bytes; on disk when this returns.

    A piece that does not begin where the last one ended changes nothing: the answer says where to go on.
    Raises Refused.
    """
    if not 0 < len(data) <= MOST or not 0 < size <= MAX_BODY or start + len(data) > size:
        detail = f"a piece has at most {MOST} bytes and ends within the attachment, which has at most {MAX_BODY}"
        raise Refused(422, "piece", "The piece does not fit", detail, "quarantine")
    held = _held(center, terminal_id, sha256)
    if start == held:
        held = _keep(center, terminal_id, sha256, start, data)
    if held < size:
        return AttachmentReply(sha256=sha256, size=held, complete=False)
    return _put_together(center, terminal_id, sha256)


def _held(center: Center, terminal_id: str, sha256: str) -> int:
    with center.database.reading() as session:
        held = func.coalesce(func.sum(AttachmentPiece.size), 0)
        return session.scalars(select(held).where(_of(terminal_id, sha256))).one()


def _of(terminal_id: str, sha256: str) -> ColumnElement[bool]:
    return (AttachmentPiece.terminal_id == terminal_id) & (AttachmentPiece.sha256 == sha256)


def _keep(center: Center, terminal_id: str, sha256: str, start: int, data: bytes) -> int:
    """How many bytes are here then; of two equal pieces that come at once the first one is kept."""
    now = center.clock.now()
    piece = AttachmentPiece(
        terminal_id=terminal_id, sha256=sha256, start=start, size=len(data), data=data, received_at=now
    )
    try:
        with center.database.writing() as session:
            if start == 0:
                session.execute(delete(AttachmentPiece).where(AttachmentPiece.received_at < _too_old(now)))
            session.add(piece)
    except IntegrityError:
        return _held(center, terminal_id, sha256)
    return start + len(data)


def _too_old(now: datetime) -> datetime:
    return now - KEPT


def _put_together(center: Center, terminal_id: str, sha256: str) -> AttachmentReply:
    """Raises Refused where the whole is not what its name says; then it begins anew."""
    with center.database.reading() as session:
        pieces = select(AttachmentPiece.data).where(_of(terminal_id, sha256)).order_by(AttachmentPiece.start)
        whole = b"".join(session.scalars(pieces))
    right = sha256_hex(whole) == sha256
    if right:
        center.blobs.write(whole)
    with center.database.writing() as session:
        session.execute(delete(AttachmentPiece).where(_of(terminal_id, sha256)))
    if not right and sha256 not in center.blobs:
        raise Refused(422, "mismatch", "The pieces do not have this SHA-256", "send it anew", "retry")
    return AttachmentReply(sha256=sha256, size=len(whole), complete=True)

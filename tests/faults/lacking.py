"""Whether all that belongs to a case in the outbox lies on the disk with it."""

from collections.abc import Iterator

from kiosk.backroom.outbox import Outbox


def lacks(outbox: Outbox, envelope_id: str) -> Iterator[str]:
    """A line for each sealed attachment that is not there, or not whole."""
    for attachment in outbox.envelope(envelope_id).attachments:
        path = outbox.attachment_path(attachment.sha256)
        if not path.exists() or path.stat().st_size != attachment.size:
            yield f"{envelope_id} lacks {attachment.name}"

"""The store of blobs that an address names."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from center.blob_folder import BlobFolder
from center.blobs import Blobs
from center.errors import CenterUnusable


def open_blobs(address: str) -> Blobs:
    """A folder, `file://` or `s3://`. Raises CenterUnusable."""
    parts = urlsplit(address)
    if parts.scheme == "s3":
        from center.bucket import BlobBucket  # a tenth of a second that folders need not wait

        return BlobBucket(address)
    if parts.scheme == "file":
        return BlobFolder(Path(unquote(parts.path)))
    if parts.scheme and "://" in address:
        raise CenterUnusable(f"blobs: {parts.scheme}:// is no store this center knows; give a folder, file:// or s3://")
    return BlobFolder(Path(address))

"""Blobs named by their SHA-256, each written whole or not at all: what every store of them does."""

from collections.abc import Iterator
from typing import Protocol

DIGEST_DIGITS = 64  # of a SHA-256 in hex


class BlobMissing(Exception):
    """There is no blob of that name, or what is there no longer has that digest."""


class BlobsAway(Exception):
    """The store does not answer, or cannot write now: try again later. The message names no person."""


class Blobs(Protocol):
    """Where attachments and documents lie, sealed. Every method but `names` may be called from any thread."""

    def __contains__(self, sha256: str) -> bool: ...

    def check(self) -> None:
        """Raises BlobsAway when the store does not answer."""

    def names(self) -> Iterator[str]:
        """SHA-256 of each, in no order."""

    def size(self, sha256: str) -> int:
        """Bytes. Raises BlobMissing."""

    def write(self, data: bytes) -> str:
        """Durable when this returns. The SHA-256, hex. Writing again changes nothing. Raises BlobsAway."""

    def read(self, sha256: str) -> bytes:
        """Raises BlobMissing, also for a blob that rotted."""

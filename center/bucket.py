"""Blobs in an S3-compatible store, `s3://bucket/prefix?endpoint=https://…&region=…`; AWS_… variables let us in."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import SplitResult, parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from center.blobs import DIGEST_DIGITS, BlobMissing, BlobsAway
from center.errors import CenterUnusable

_KNOWN = {"endpoint": "", "region": "us-east-1"}
_PATIENCE = timedelta(seconds=5)  # for tries again within one call; whoever asked comes again anyway
_MARK = "center"  # written at every start: a store that cannot be written is found out before a case needs it


class BlobBucket:
    """`<prefix>/ab/abcd…`, as in a BlobFolder: one can be copied to the other. The store's yes means durable."""

    def __init__(self, address: str) -> None:
        """Raises CenterUnusable for an address that is none, and for a store that cannot be written."""
        parts = urlsplit(address)
        self._store = _open(parts)
        try:
            obstore.put(self._store, _MARK, b"blobs of a center")
        except (BaseError, FileNotFoundError, PermissionError) as error:
            name = parts._replace(query="").geturl()
            raise CenterUnusable(f"blobs: {name}: {_reason(error)}; check --blobs and the AWS_… variables") from error

    def __contains__(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except BlobMissing:
            return False
        return True

    def check(self) -> None:
        with _asking(_MARK):
            obstore.head(self._store, _MARK)

    def names(self) -> Iterator[str]:
        with _asking("list"):
            for page in obstore.list(self._store):
                names = (item["path"].rsplit("/", 1)[-1] for item in page)
                yield from (name for name in names if len(name) == DIGEST_DIGITS)

    def size(self, sha256: str) -> int:
        with _asking(sha256):
            return int(obstore.head(self._store, _path(sha256))["size"])

    def write(self, data: bytes) -> str:
        """The store compares the SHA-256 that is sent along before it says yes."""
        sha256 = hashlib.sha256(data).hexdigest()
        with _asking(sha256):
            obstore.put(self._store, _path(sha256), data)
        return sha256

    def read(self, sha256: str) -> bytes:
        with _asking(sha256):
            data = bytes(obstore.get(self._store, _path(sha256)).bytes())
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BlobMissing(sha256)
        return data


@contextmanager
def _asking(name: str) -> Iterator[None]:
    """The library's errors in our words. Raises BlobMissing, BlobsAway."""
    try:
        yield
    except FileNotFoundError as error:
        raise BlobMissing(name) from error
    except (BaseError, PermissionError) as error:
        raise BlobsAway(_reason(error)) from error


def _open(parts: SplitResult) -> S3Store:
    told = dict(parse_qsl(parts.query, keep_blank_values=True))
    strange = sorted(set(told) - set(_KNOWN))
    if strange or not parts.hostname or "@" in parts.netloc:
        what = f"unknown {', '.join(strange)}" if strange else "it names no bucket, or a password"
        raise CenterUnusable(f"blobs: {what}; give s3://bucket/prefix?endpoint=URL&region=NAME")
    options = _KNOWN | told
    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/") or None,
        endpoint=options["endpoint"] or None,
        region=options["region"],
        virtual_hosted_style_request=not options["endpoint"],
        checksum_algorithm="SHA256",
        client_options={"allow_http": True, "connect_timeout": "3s", "timeout": "30s"},
        retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
    )


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _reason(error: Exception) -> str:
    """The first line, without the library's account of its own inside."""
    return str(error).splitlines()[0].strip() or type(error).__name__

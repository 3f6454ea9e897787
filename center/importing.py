"""Cases that came on a stick (`kiosk queue export`): taken as if they had come over the wire, receipts written back.

The folder holds `ID.json` (the envelope), its sealed attachments by SHA-256, and `ID.earlier.json` where the terminal
had a receipt before; `ID.receipt.json` is added. Nothing on it is believed but what proves itself.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from center.bodies import MAX_BODY
from center.decisions import decide_case
from center.errors import Refused
from center.intake import take_envelope
from center.services import Center
from flows.canonical import sha256_hex
from flows.wire import Envelope, EnvelopeRefused, Receipt

RECEIPT, EARLIER = ".receipt.json", ".earlier.json"
_ATTACHMENT = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True)
class Imported:
    """`new`: it came for the first time; otherwise it was here already and got the same receipt again."""

    file: str
    receipt: Receipt
    new: bool


@dataclass(frozen=True)
class Skipped:
    """Left as it is, and why, in one line."""

    file: str
    reason: str


def import_folder(center: Center, folder: Path, public_url: str) -> Iterator[Imported | Skipped]:
    """One item for each envelope and for each file that belongs to none. Raises OSError for the folder itself.

    Without a `public_url` nobody here knows what a document's code should lead to: then the running center decides the
    instant cases, when one is asked for or at its next start.
    """
    files = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    used: set[str] = set()
    for path in files:
        if path.suffix == ".json" and not path.name.endswith((RECEIPT, EARLIER)):
            yield _import_one(center, path, public_url, used)
    for path in files:
        if path.suffix != ".json" and path.name not in used:
            known = "belongs to no case here" if _ATTACHMENT.match(path.name) else "is nothing a terminal exports"
            yield Skipped(path.name, known)


def _import_one(center: Center, path: Path, public_url: str, used: set[str]) -> Imported | Skipped:
    try:
        envelope = Envelope.from_bytes(_read(path))
        used |= {item.sha256 for item in envelope.attachments}
        for attachment in envelope.attachments:
            _take_attachment(center, path.parent, attachment.name, attachment.sha256)
        taken = take_envelope(center, envelope, _earlier(path.with_name(f"{envelope.envelope_id}{EARLIER}")))
        if envelope.kind == "case" and public_url:
            decide_case(center, envelope.envelope_id, public_url)
        _write(path.with_name(f"{envelope.envelope_id}{RECEIPT}"), taken.receipt.model_dump_json().encode())
    except EnvelopeRefused:
        return Skipped(path.name, "is damaged, or no case of a terminal; export it again at the terminal")
    except Refused as error:
        return Skipped(path.name, f"{error.title} ({error.code}): {error.detail}".rstrip(": "))
    except _NotWhole as error:
        return Skipped(path.name, str(error))
    except OSError as error:
        return Skipped(path.name, f"cannot be read, or its receipt not be written: {error.strerror or error}")
    return Imported(path.name, taken.receipt, taken.new)


class _NotWhole(Exception):
    """An attachment of the case is not on the stick as it should be."""


def _take_attachment(center: Center, folder: Path, name: str, sha256: str) -> None:
    if sha256 in center.blobs:
        return
    try:
        sealed = _read(folder / sha256)
    except FileNotFoundError as error:
        raise _NotWhole(f"its attachment {name} is missing; export it again at the terminal") from error
    if sha256_hex(sealed) != sha256:
        raise _NotWhole(f"its attachment {name} is damaged; export it again at the terminal")
    center.blobs.write(sealed)


def _read(path: Path) -> bytes:
    """At most what the wire would take: more is nothing of ours."""
    with path.open("rb") as file:
        return file.read(MAX_BODY + 1)


def _earlier(path: Path) -> bytes:
    try:
        return _read(path)
    except FileNotFoundError:
        return b""


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: the stick may be pulled out."""
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)

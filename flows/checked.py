"""Matters that were checked before: kept by the digest of all that went into it, for a quick start."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from flows.fragments import OWN
from flows.matter import Matter

_PROGRAM = Path(__file__).parent
_MATTERS = TypeAdapter(tuple[Matter, ...])


def digest_of(folder: Path) -> str:
    """SHA-256 hex over the matters, their fragments, and the program that checks them."""
    whole = hashlib.sha256()
    for path in (*_sources(folder), *_sources(folder / "fragments"), *_sources(OWN), *sorted(_PROGRAM.rglob("*.py"))):
        data = path.read_bytes()
        whole.update(f"{path.name} {len(data)}\n".encode())
        whole.update(data)
    return whole.hexdigest()


def recall(kept: Path, digest: str) -> tuple[Matter, ...] | None:
    """What was kept under exactly this digest; None where nothing was, or it cannot be read."""
    try:
        head, _, body = kept.read_bytes().partition(b"\n")
        return _MATTERS.validate_json(body) if head == digest.encode() else None
    except (OSError, ValidationError):
        return None


def keep(kept: Path, digest: str, matters: Mapping[str, Matter]) -> None:
    """For the next start; a disk that takes nothing only makes that start slower."""
    whole = json.dumps([matter.model_dump(mode="json", exclude_defaults=True) for matter in matters.values()])
    new = kept.with_suffix(".new")
    with suppress(OSError):
        new.write_bytes(f"{digest}\n{whole}".encode())
        new.replace(kept)


def _sources(folder: Path) -> Iterable[Path]:
    return sorted(folder.glob("*.yaml"))

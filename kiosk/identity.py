"""Who this terminal is: its own key and the center's public ones, in one file that only its owner may read."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    from flows.keys import SealingPublicKey


class IdentityDamaged(Exception):
    """The file is there and cannot be used; one line."""


@dataclass(frozen=True)
class Identity:
    """Keys as flows.keys writes them; they are decoded only when asked for, so that start-up is quick."""

    terminal_id: str
    site: str
    center_sealing_key: str
    center_signing_key: str
    epoch: str
    signing_key: str = field(repr=False)  # secret
    center_url: str  # where it enrolled; [center] url in terminal.toml overrides it

    def own_key(self) -> "Ed25519PrivateKey":
        from flows.keys import decode_signing_key

        return decode_signing_key(self.signing_key)

    def sealing_key(self) -> "SealingPublicKey":
        from flows.keys import SealingPublicKey

        return SealingPublicKey(self.center_sealing_key)

    def center_key(self) -> "Ed25519PublicKey":
        from flows.keys import decode_verify_key

        return decode_verify_key(self.center_signing_key)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def identity_path(state_folder: Path) -> Path:
    return state_folder / "identity.json"


def load_identity(state_folder: Path) -> Identity | None:
    """None where the terminal was never enrolled. Raises IdentityDamaged."""
    path = identity_path(state_folder)
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise IdentityDamaged(f"{path}: cannot be read; restore it, or move it away and enrol again") from error
    names = {item.name for item in fields(Identity)}
    if not isinstance(values, dict) or values.keys() != names or not all(isinstance(v, str) for v in values.values()):
        raise IdentityDamaged(f"{path}: is not an identity; restore it, or move it away and enrol again")
    return Identity(**values)

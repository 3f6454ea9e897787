"""What the center tells one terminal: settings, and which matters it is to offer; signed, with a rising version."""

from collections.abc import Mapping
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field, JsonValue, StringConstraints, ValidationError

from flows.canonical import canonical, from_base64, sha256_hex, to_base64
from flows.keys import SUITE
from flows.text import Frozen
from flows.wire import Base64, WireRefused

_MARK = b"OEB-1 settings\n"
MatterState = Literal["deleted", "registered", "normal", "disabled"]
MATTER_STATES: tuple[MatterState, ...] = ("deleted", "registered", "normal", "disabled")  # 0 to 3
_ADDRESS = r"^(|https?://[^\s/?#]+(/[0-9A-Za-z._~-]+)*)$"
_HOURS = r"^(|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$"


class SettingsRefused(WireRefused):
    """Codes: content, signature, terminal, version."""


class TerminalSettings(Frozen):
    """None: the center says nothing of it. What the technician wrote into terminal.toml wins over each."""

    idle_seconds: Annotated[int, Field(ge=20, le=600)] | None = None
    idle_warning_seconds: Annotated[int, Field(ge=20, le=120)] | None = None
    contact: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    phone_url: Annotated[str, StringConstraints(pattern=_ADDRESS, max_length=200)] | None = None  # center's for phones
    opening_hours: Annotated[str, StringConstraints(pattern=_HOURS)] | None = None  # 08:00-20:00; empty: always
    retry_ceiling_seconds: Annotated[float, Field(ge=1, le=3600)] | None = None
    upload_kbit_per_second: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    keep_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    heartbeat_seconds: Annotated[float, Field(ge=1, le=3600)] | None = None


class GivenSettings(Frozen):
    """`matters`: those that are not to be offered as a matter of course, with their state."""

    suite: Literal["OEB-1"] = SUITE
    terminal_id: str
    version: Annotated[int, Field(ge=1)]
    values: Mapping[str, JsonValue] = Field(default_factory=dict)
    matters: Mapping[str, MatterState] = Field(default_factory=dict)
    signature: Base64

    @property
    def digest(self) -> str:
        """SHA-256 hex of the canonical JSON without the signature."""
        return sha256_hex(self._unsigned())

    def settings(self) -> TerminalSettings:
        """Raises SettingsRefused for a value this program cannot use: then none of them is."""
        try:
            return TerminalSettings.model_validate(dict(self.values))
        except ValidationError as error:
            problem = error.errors()[0]
            raise SettingsRefused("content", f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}") from error

    def _unsigned(self) -> bytes:
        return canonical(self.model_dump(mode="json", exclude={"signature"}))

    def verify(self, center_key: Ed25519PublicKey) -> None:
        try:
            center_key.verify(from_base64(self.signature), _MARK + self._unsigned())
        except (InvalidSignature, ValueError) as error:
            raise SettingsRefused("signature", "the settings are not signed by the center, or were altered") from error


def sign_settings(
    terminal_id: str,
    version: int,
    values: Mapping[str, JsonValue],
    matters: Mapping[str, MatterState],
    signing_key: Ed25519PrivateKey,
) -> GivenSettings:
    whole = GivenSettings(terminal_id=terminal_id, version=version, values=values, matters=matters, signature="AAAA")
    unsigned = canonical(whole.model_dump(mode="json", exclude={"signature"}))
    return whole.model_copy(update={"signature": to_base64(signing_key.sign(_MARK + unsigned))})


def verify_settings(body: bytes, *, terminal_id: str, center_key: Ed25519PublicKey) -> GivenSettings:
    """Signed by the center, of this terminal, and usable in whole; or SettingsRefused. Takes the raw body."""
    try:
        given = GivenSettings.model_validate_json(body)
    except ValidationError as error:
        raise SettingsRefused("content", "what came are not settings") from error
    given.verify(center_key)
    if given.terminal_id != terminal_id:
        raise SettingsRefused("terminal", "these are the settings of another terminal")
    given.settings()
    return given

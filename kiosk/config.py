"""terminal.toml as frozen models: what is unknown or wrong stops the start, with file, line and what is known."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

HOURS = r"^(|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$"
ADDRESS = r"^(|https?://[^\s/?#]+(/[0-9A-Za-z._~-]+)*)$"
_KEY_LETTERS = 44  # of base64 for 32 bytes
Json = str | int | float | bool


class ConfigError(Exception):
    """One line: where, what is wrong, what to do."""


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TerminalSection(Section):
    time_zone: str = Field(default="Asia/Shanghai", description="of this place, for receipts and the day's date")
    state_folder: Path = Field(
        default=Path("var/terminal"), description="where keys, outbox and receipts' intents live"
    )
    reserve_mb: int = Field(default=64, ge=1, description="free disk space below which no new visit begins, in MB")

    keep_days: int = Field(
        default=7, ge=0, le=3650, description="delivered cases stay sealed here so long, and until the center backed up"
    )

    @field_validator("time_zone")
    @classmethod
    def must_be_a_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is no IANA time zone such as Asia/Shanghai or Europe/Rome")
        return value


class CenterSection(Section):
    url: str = Field(default="", description="address of the center; empty: the one this terminal enrolled with")
    timeout_seconds: float = Field(default=5.0, gt=0, le=60, description="time limit of one request to the center")
    retry_ceiling_seconds: float = Field(default=60.0, gt=0, le=3600, description="longest wait between two tries")
    upload_kbit_per_second: int = Field(default=0, ge=0, le=1_000_000, description="most that cases take; 0: no limit")

    heartbeat_seconds: float = Field(default=60.0, ge=1, le=3600, description="between two reports to the center")
    publishers: tuple[str, ...] = Field(
        default=(), description="public keys of those who sign packages of matters beside the center"
    )
    publishers_needed: int = Field(default=0, ge=0, description="how many of them must have signed a package")

    @field_validator("publishers")
    @classmethod
    def must_be_keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            if len(text) != _KEY_LETTERS or not text.endswith("="):
                raise ValueError("is no public key as `kiosk-center keys publisher` prints it")
        return value

    @model_validator(mode="after")
    def must_be_enough(self) -> Self:
        if self.publishers_needed > len(set(self.publishers)):
            raise ValueError("publishers_needed: there are fewer publishers than that")
        return self

    @field_validator("url")
    @classmethod
    def must_be_an_address(cls, value: str) -> str:
        if value:
            TypeAdapter(HttpUrl).validate_python(value)
        return value.rstrip("/")


class ScreenSection(Section):
    width: int = Field(default=1080, ge=480, le=7680, description="pixels")
    height: int = Field(default=1920, ge=480, le=7680, description="pixels")
    pixels_per_mm: float = Field(default=4.03, ge=1.0, le=20.0, description="of the panel: 1080 px on 21.5 inch = 4.03")
    windowed: bool = Field(default=False, description="with a frame, for a desk; false on a terminal")


class IdleSection(Section):
    seconds: int = Field(default=120, ge=20, le=600, description="without a touch, before the warning")
    warning_seconds: int = Field(default=30, ge=20, le=120, description="of warning, before everything is wiped")


class ServiceSection(Section):
    contact: str = Field(default="0577-12345 (示例)", description="whom a citizen calls, shown when out of service")
    opening_hours: str = Field(
        default="", pattern=HOURS, description="local time in which visits may begin, 08:00-20:00; empty: always"
    )
    phone_url: str = Field(
        default="", pattern=ADDRESS, description="where phones find the center's pages; empty: as the center says"
    )
    site: str = Field(default="", description="name of this place; empty: as the center enrolled it")


class VoiceSection(Section):
    enabled: bool = Field(default=False, description="says the guidance of some pages aloud, through espeak-ng")
    volume: int = Field(default=100, ge=0, le=200, description="100: as espeak-ng has it; 200: twice as loud")
    file: str = Field(default="", description="a WAV file to speak into instead of the sound card, for a check")


class TerminalConfig(Section):
    """The whole of terminal.toml; `devices` keeps each section raw, the driver named there checks its own keys."""

    terminal: TerminalSection = TerminalSection()
    center: CenterSection = CenterSection()
    screen: ScreenSection = ScreenSection()
    idle: IdleSection = IdleSection()
    service: ServiceSection = ServiceSection()
    voice: VoiceSection = VoiceSection()
    devices: Mapping[str, Mapping[str, Json]] = Field(default_factory=dict)


def load_config(path: Path) -> TerminalConfig:
    """Read terminal.toml. Raises ConfigError, whose text is one line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path}: no such file; copy config/terminal.toml there or name another with --config"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not text in UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; name a file that can be read with --config") from error
    try:
        return _anchored(TerminalConfig.model_validate(tomllib.loads(text)), root_of(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}; correct that place") from error
    except ValidationError as error:
        raise ConfigError("; ".join(_describe(path, text, problem) for problem in error.errors())) from error


def root_of(path: Path) -> Path:
    """The folder that relative paths in this file start from: the one that holds config/, or the file's own."""
    folder = path.resolve().parent
    return folder.parent if folder.name == "config" else folder


def _anchored(config: TerminalConfig, root: Path) -> TerminalConfig:
    terminal = config.terminal.model_copy(update={"state_folder": root / config.terminal.state_folder})
    devices = {name: {key: _place(value, root) for key, value in keys.items()} for name, keys in config.devices.items()}
    voice = (
        config.voice.model_copy(update={"file": str(root / config.voice.file)}) if config.voice.file else config.voice
    )
    return config.model_copy(update={"terminal": terminal, "voice": voice, "devices": devices})


def _place(value: Json, root: Path) -> Json:
    """A relative path becomes absolute; URLs, absolute paths and everything else stay."""
    if isinstance(value, str) and "/" in value and "://" not in value and not value.startswith("/"):
        return str(root / value)
    return value


def schema() -> dict[str, Any]:
    """JSON Schema of terminal.toml."""
    return TerminalConfig.model_json_schema()


def line_of(text: str, section: str, key: str) -> int | None:
    """1-based line of `key` in `[section]`, else of the section's header; `section` is empty at the top level."""
    here, header = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            here = stripped.partition("]")[0].strip("[ ")
            mine = here == section or (not section and here.partition(".")[0] == key)
            header = number if mine and header is None else header
        elif here == section and stripped.partition("=")[0].strip(' "') == key:
            return number
    return header


def _describe(path: Path, text: str, problem: "ErrorDetails") -> str:
    *sections, key = [str(part) for part in problem["loc"]]
    section = ".".join(sections)
    line = line_of(text, section, key)
    place = f"{path}:{line}" if line else str(path)
    where = f"[{section}] " if section else ""
    if problem["type"] == "extra_forbidden":
        kind = "key" if section else "section"
        return f"{place}: {where}unknown {kind} '{key}'; known: {', '.join(_known(sections))}"
    return f"{place}: {where}{key}: {problem['msg']} (got {problem['input']!r})"


def _known(sections: list[str]) -> list[str]:
    model: Any = TerminalConfig
    for name in sections:
        model = model.model_fields[name].annotation
    return list(model.model_fields)

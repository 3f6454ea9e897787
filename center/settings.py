"""What the center can be told: from `config/center.toml` and the command line, checked on arrival."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

import flows
from center.errors import CenterUnusable
from flows.keys import decode_verify_key, encode_verify_key

DEFAULT_URL = "http://127.0.0.1:8700"
SHORTEST_SECRET = 16  # characters
FLOWS_CATALOG = Path(flows.__file__).parent / "catalog"


_ADDRESS = r"(|https?://[^\s/?#]+(/[0-9A-Za-z._~-]+)*/?)"


def _web_address(text: str) -> str:
    """Without a slash at its end."""
    if not re.fullmatch(_ADDRESS, text):
        raise ValueError("write an address such as https://example.invalid, without ? and #")
    return text.rstrip("/")


def _case_number_template(template: str) -> str:
    """Refuses a template that cannot make numbers or makes the same one twice."""
    try:
        first, second = (template.format(division="330381", date="20261123", serial=serial) for serial in (1, 2))
    except (KeyError, IndexError, ValueError) as error:
        raise ValueError("may use {division}, {date} and {serial:06d}") from error
    if first == second:
        raise ValueError("must use {serial:06d}, or every case would get the same number")
    return template


def _publisher_key(text: str) -> str:
    return encode_verify_key(decode_verify_key(text))


class CenterSettings(BaseModel):
    """Everything a center is told; relative folders are relative to the folder it is started in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state_folder: Path = Path("var/center")
    database: str = ""  # SQLAlchemy URL; empty: SQLite in the state folder
    blobs: str = ""  # folder, file:// or s3:// URL; empty: in the state folder
    public_url: Annotated[str, AfterValidator(_web_address)] = ""  # how phones reach its pages; empty: where it listens
    division: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] = "330381"  # GB/T 2260, 瑞安
    case_number: Annotated[str, AfterValidator(_case_number_template)] = "{division}{date}{serial:06d}"
    correction_days: Annotated[int, Field(ge=1, le=365)] = 30  # days of the calendar to bring what is missing (补正)
    draft_days: Annotated[int, Field(ge=1, le=90)] = 7  # that a visit kept for later can be gone on with
    pickup_days: Annotated[int, Field(ge=1, le=365)] = 30  # that a result lies ready to be collected (取件)
    catalog: Path = FLOWS_CATALOG
    certificate_days: Annotated[int, Field(ge=1, le=3650)] = 365  # that a terminal's certificate is good for
    silent_seconds: Annotated[int, Field(ge=1)] = 180  # without a heartbeat a terminal is down
    alert_url: str = ""  # webhook for staff alerts; empty: they are only listed
    alert_secret: str = ""  # shared with the webhook, to sign with
    alert_hold_seconds: Annotated[int, Field(ge=0)] = 60  # trouble that is over by then is not told
    alert_quiet_seconds: Annotated[int, Field(ge=0)] = 3600  # the same trouble is not told again within
    watch_seconds: Annotated[float, Field(ge=0.1, le=600)] = 5.0  # between two looks
    publishers: tuple[Annotated[str, AfterValidator(_publisher_key)], ...] = ()  # who signs packages of matters
    publishers_needed: Annotated[int, Field(ge=0)] = 0  # how many of them must have signed before one goes out
    workers: Annotated[int, Field(ge=1, le=64)] = 1  # processes that serve
    metrics: Annotated[str, StringConstraints(pattern=r"^$|^.+:\d{1,5}$")] = ""  # host:port of /metrics; empty: none
    places: Annotated[int, Field(ge=4, le=1000)] = 64  # requests a worker works on at once
    places_each: Annotated[int, Field(ge=1)] = 4  # of one terminal
    longest_wait: Annotated[float, Field(gt=0)] = 1.5  # s somebody let in waits before new requests are turned away
    slow_after: Annotated[float, Field(gt=0)] = 5.0  # s a transaction may take before new requests are turned away

    @model_validator(mode="after")
    def enough_publishers(self) -> Self:
        if self.publishers_needed > len(set(self.publishers)):
            raise ValueError("publishers_needed: there are fewer publishers than that")
        return self

    @model_validator(mode="after")
    def alerts_signed(self) -> Self:
        if self.alert_url and len(self.alert_secret) < SHORTEST_SECRET:
            raise ValueError(f"alert_secret: at least {SHORTEST_SECRET} characters, where there is an alert_url")
        return self

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.state_folder / 'center.sqlite3').resolve()}"

    @property
    def blobs_address(self) -> str:
        """A folder or URL, for `open_blobs`."""
        return self.blobs or str(self.state_folder / "blobs")

    @property
    def address(self) -> str:
        """Of the center, for QR codes that are made beside it."""
        return self.public_url or DEFAULT_URL

    @property
    def keys_folder(self) -> Path:
        return self.state_folder / "keys"

    def render_case_number(self, day: date, serial: int) -> str:
        return self.case_number.format(division=self.division, date=f"{day:%Y%m%d}", serial=serial)

    @classmethod
    def read(cls, path: Path | None, **given: object) -> Self:
        """The file where there is one, then what was given and is not None. Raises CenterUnusable with its line."""
        text = _read_text(path) if path is not None else ""
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CenterUnusable(f"{path}: not TOML: {error}") from error
        try:
            return cls.model_validate(told | {key: value for key, value in given.items() if value is not None})
        except ValidationError as error:
            raise CenterUnusable(_first_problem(error, path, text, tuple(cls.model_fields))) from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CenterUnusable(f"{path}: is not text in UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise CenterUnusable(f"{path}: {error.strerror}; name a file that can be read with --config") from error


def _first_problem(error: ValidationError, path: Path | None, text: str, known: tuple[str, ...]) -> str:
    problem = error.errors()[0]
    key = str(problem["loc"][0]) if problem["loc"] else ""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*{re.escape(key)}\s*=", line)]
    place = f"{path}:{lines[0]}: " if lines else ""
    if problem["type"] == "extra_forbidden":
        return f"{place}unknown key '{key}'; known: {', '.join(known)}"
    return f"{place}{key}: {problem['msg']}"

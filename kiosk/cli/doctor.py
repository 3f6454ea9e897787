"""What `kiosk doctor` looks at: machine, libraries, configuration, disk, enrolment, center and every device."""

import ctypes.util
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from devices.clock import SystemClock
from devices.device import DeviceError, DeviceState
from kiosk.cli.devices import advice, rows_of
from kiosk.config import ConfigError, TerminalConfig, load_config

LIBRARIES = {"glib-2.0": "libglib2.0-0", "zbar": "libzbar0", "xkbcommon": "libxkbcommon0", "rime": "librime1"}

CUPS_PORT = 631


@dataclass(frozen=True)
class Finding:
    check: str
    ok: bool
    message: str
    action: str = ""


def examine_machine(path: Path) -> Iterator[Finding]:
    """Every check in turn; stops after the configuration where that is wrong."""
    yield _python()
    yield from _libraries()
    yield _font()
    try:
        config = load_config(path)
    except ConfigError as error:
        yield Finding("config", False, str(error), "correct the file, then run kiosk config check")
        return
    yield Finding("config", True, str(path))
    yield _disk(config)
    yield Finding("storage", True, f"SQLite {sqlite3.sqlite_version}, rollback journal (WAL is not used)")
    yield _enrolment(config)
    yield _center(config)
    yield _certificate(config)
    yield _matters(config)
    yield _settings(config)
    yield from _print_service(config)
    yield from _devices(config)


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(
        "python", sys.version_info >= (3, 11), version, "" if sys.version_info >= (3, 11) else "install 3.11"
    )


def _libraries() -> Iterator[Finding]:
    for library, package in LIBRARIES.items():
        found = ctypes.util.find_library(library)
        yield Finding(
            "library", bool(found), found or f"lib{library} is missing", "" if found else f"apt-get install {package}"
        )


def _font() -> Finding:
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts")
    found = any(next(folder.rglob("NotoSansCJK*"), None) for folder in folders if folder.exists())
    return Finding("font", found, "Noto Sans CJK", "" if found else "apt-get install fonts-noto-cjk")


def _disk(config: TerminalConfig) -> Finding:
    folder = config.terminal.state_folder
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    free = shutil.disk_usage(existing).free // 2**20
    enough = free > config.terminal.reserve_mb
    action = "" if enough else "free some space: no new visit begins until then; waiting cases are kept"
    return Finding(
        "disk", enough, f"{free} MB free for {folder}, {config.terminal.reserve_mb} MB kept in reserve", action
    )


def _enrolment(config: TerminalConfig) -> Finding:
    known = (config.terminal.state_folder / "identity.json").exists()
    action = "" if known else "ask the center for a code, then: kiosk enrol CODE --center URL"
    return Finding("enrolment", known, "this terminal has an identity" if known else "not enrolled yet", action)


def _enrolled_center(config: TerminalConfig) -> str:
    from kiosk.identity import IdentityDamaged, load_identity

    try:
        identity = load_identity(config.terminal.state_folder)
    except IdentityDamaged:
        return ""
    return identity.center_url if identity else ""


def _center(config: TerminalConfig) -> Finding:
    import httpx

    from devices.clock import SystemClock
    from kiosk.backroom.promptness import prompt_client

    url = config.center.url or _enrolled_center(config)
    if not url:
        return Finding("center", False, "no center is named", "enrol this terminal, or set [center] url")
    try:
        with prompt_client(SystemClock(), config.center.timeout_seconds) as client:
            reply = client.get(f"{url}/v1/health")
        if reply.status_code == 200 and reply.json().get("status") == "ok":
            return Finding("center", True, f"{url} answers")
        said = f"{url} answers, but not as a center does (status {reply.status_code})"
    except (httpx.HTTPError, ValueError, AttributeError) as error:
        said = f"{url} cannot be reached ({type(error).__name__})"
    return Finding("center", False, said, "check the address and the network; cases are kept here until then")


def _settings(config: TerminalConfig) -> Finding:
    from kiosk.backroom.heartbeat import read_last_beat
    from kiosk.given import read_given

    version = read_given(config.terminal.state_folder).get("version", 0)
    in_force = f"settings {version} of the center are in force" if version else "the center has set nothing"
    trouble = read_last_beat(config.terminal.state_folder).settings_trouble
    if not trouble:
        return Finding("settings", True, in_force)
    return Finding("settings", False, f"{in_force}; refused: {trouble}", "tell the center, which sets them anew")


def _certificate(config: TerminalConfig) -> Finding:
    from kiosk.backroom.certificate import valid_until
    from kiosk.backroom.heartbeat import read_last_beat

    if read_last_beat(config.terminal.state_folder).standing == "revoked":
        return Finding("certificate", False, "the center took this terminal out of service", "ask the center why")
    until = valid_until(config.terminal.state_folder)
    if until is None:
        return Finding("certificate", True, "none yet; it is fetched while the terminal runs")
    if until < SystemClock().now():
        action = "if this terminal is still in use, ask the center: kiosk-center terminals renew"
        return Finding("certificate", False, f"expired on {until:%Y-%m-%d}", action)
    return Finding("certificate", True, f"valid until {until:%Y-%m-%d}")


def _matters(config: TerminalConfig) -> Finding:
    """What the last heartbeat found, for the package itself may have been refused long ago."""
    from kiosk.backroom.heartbeat import read_last_beat

    last = read_last_beat(config.terminal.state_folder)
    in_use = f"package {last.package} is in use" if last.package else "the matters of the program are in use"
    if not last.package_trouble:
        return Finding("matters", True, in_use)
    action = "the last good ones go on; tell the center, which publishes them anew"
    return Finding("matters", False, f"{in_use}; refused: {last.package_trouble}", action)


def _print_service(config: TerminalConfig) -> Iterator[Finding]:
    """CUPS of this machine, where a printer is reached through it."""
    ipp = [section for section in config.devices.values() if section.get("driver") == "printer.ipp"]
    addresses = [urlsplit(str(section.get("url", ""))) for section in ipp]
    here = ("localhost", "127.0.0.1")
    if not any(address.hostname in here and address.port in (None, CUPS_PORT) for address in addresses):
        return
    with socket.socket() as probe:
        probe.settimeout(1.0)
        listens = probe.connect_ex(("127.0.0.1", CUPS_PORT)) == 0
    if listens:
        yield Finding("cups", True, f"a print service listens on port {CUPS_PORT}")
    else:
        action = "apt-get install cups cups-filters, then add the printer: http://localhost:631/admin"
        yield Finding("cups", False, f"nothing listens on port {CUPS_PORT}", action)


def _devices(config: TerminalConfig) -> Iterator[Finding]:
    """Beside a running terminal as that one sees them: a device in use is no fault."""
    from devices.drivers import DriverConfigError

    try:
        rows = rows_of(config)
    except DriverConfigError as error:
        yield Finding("devices", False, str(error), "correct the file, then run kiosk config check")
        return
    except DeviceError as error:
        yield Finding("devices", False, str(error), "wait, or stop the terminal and ask again")
        return
    for row in rows:
        ok = row["state"] in (DeviceState.ONLINE, DeviceState.BUSY)
        use = " in use by the running terminal," if row["in_use"] else ""
        message = f"{row['device']}:{use} {row['state']} {row['message']}".strip()
        yield Finding("device", ok, message, "" if ok else advice(row["action"]).removeprefix(" -> "))

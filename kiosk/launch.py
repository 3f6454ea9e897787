"""What ./run does once all is installed: start center, twins, terminal and device desk, and say so in plain words."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from devices.clock import Clock, SystemClock
from kiosk.cli.run import HOME_PAGE_SHOWN
from kiosk.config import ConfigError, TerminalConfig, load_config, root_of

VNC_PORT = 5900
START_LIMIT = 30.0  # s; a part that is not up by then is reported, not waited for
DESK_WIDTH = 1180  # px, beside the terminal's screen


class LaunchError(Exception):
    """One line: which part did not start, and where to look."""


@dataclass
class Stand:
    """The running parts, in the order they were started; `folder` holds their logs."""

    folder: Path
    clock: Clock
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        log = self.folder / f"{name}.log"
        with log.open("wb") as output:
            self.parts[name] = subprocess.Popen(
                command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}
            )

    def wait_for(self, name: str, ready: Callable[[], bool]) -> None:
        limit = self.clock.monotonic() + START_LIMIT
        while not ready():
            code = self.parts[name].poll()
            if code is not None or self.clock.monotonic() > limit:
                raise LaunchError(
                    f"{name} did not start: {self.last_words(name)} (see {self.folder / (name + '.log')})"
                )
            self.clock.sleep(0.05)

    def words(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace").strip()

    def last_words(self, name: str) -> str:
        lines = self.words(name).splitlines()
        return lines[-1] if lines else "it said nothing"

    def stop(self) -> None:
        for process in reversed(self.parts.values()):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.parts.values()):
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="./run", description="Start center, terminal and device desk on this machine."
    )
    parser.add_argument("--config", type=Path, default=Path("config/terminal.toml"))
    parser.add_argument("--landscape", action="store_true", help="1920x1080 instead of the configured size")
    options = parser.parse_args(arguments)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a log wants the lines as they are said
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a script started this in the background
    stand = Stand(Path("var/log"), SystemClock())
    stand.folder.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        config = load_config(options.config)
        return _run(stand, config, options)
    except (ConfigError, LaunchError) as error:
        print(f"瓯e办 did not start. {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        print("Stopping. Cases that were not delivered yet stay on this machine and go out at the next start.")
        stand.stop()


def _run(stand: Stand, config: TerminalConfig, options: argparse.Namespace) -> int:
    if not config.center.url:
        raise LaunchError(f"{options.config}: [center] url is empty; name the center there")
    _start_center(stand, config)
    _start_twins(stand, root_of(options.config) / "var/twins")
    _enrol(config, options.config)
    display = _start_display(stand, config, landscape=options.landscape)
    size = ["--landscape"] if options.landscape else []
    terminal = [sys.executable, "-m", "kiosk", "run", "--windowed", "--config", str(options.config), *size]
    stand.start("terminal", terminal, display)
    beside = str(_terminal_size(config, landscape=options.landscape)[0])
    stand.start("desk", [sys.executable, "-m", "kiosk", "desk", "--folder", "var/twins", "--left", beside], display)
    stand.wait_for("terminal", lambda: HOME_PAGE_SHOWN in stand.words("terminal"))
    print("Terminal  its home page is on the screen; the device desk stands beside it (lay a card there).")
    print("Stop with Ctrl-C. Logs are in var/log.")
    return _watch(stand, terminal, display)


def _start_center(stand: Stand, config: TerminalConfig) -> None:
    if _center_answers(config.center.url):
        print(f"Center    already running on {config.center.url}")
        return
    port = httpx.URL(config.center.url).port or 80
    serve = [sys.executable, "-m", "center", "serve", "--port", str(port), "--public-url", config.center.url]
    stand.start("center", serve)  # receipts lead to its own pages, which a browser on this machine opens
    stand.wait_for("center", lambda: _center_answers(config.center.url))
    print(f"Center    running on {config.center.url}, SQLite in var/center")


def _center_answers(url: str) -> bool:
    try:
        return bool(httpx.get(f"{url}/v1/health", timeout=1.0).json().get("status") == "ok")
    except (httpx.HTTPError, ValueError, AttributeError):
        return False


def _start_twins(stand: Stand, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stand.start("twins", [sys.executable, "-m", "devices.twins", "--folder", str(folder)])
    stand.wait_for("twins", lambda: "ready" in stand.last_words("twins"))
    print("Devices   virtual card reader, scanner, cameras, receipt and A4 printer are plugged in (var/twins)")


def _enrol(config: TerminalConfig, path: Path) -> None:
    if (config.terminal.state_folder / "identity.json").exists():
        print("Enrolment this terminal is known to the center already")
        return
    add = [sys.executable, "-m", "center", "terminals", "add", "--site", "瑞安市示例便民服务站", "--json"]
    code = json.loads(subprocess.run(add, check=True, capture_output=True).stdout)["code"]
    enrol = [sys.executable, "-m", "kiosk", "enrol", code, "--center", config.center.url, "--config", str(path)]
    done = subprocess.run(enrol, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LaunchError(f"enrolment failed: {(done.stderr or done.stdout).strip()}")
    print("Enrolment this terminal now has a key of its own, and the center knows it")


def _start_display(stand: Stand, config: TerminalConfig, *, landscape: bool) -> dict[str, str]:
    """The environment the windows are to be shown in: the display there is, or one served over VNC on loopback."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        print("Screen    shown on this machine's display")
        return {}
    if not shutil.which("Xtigervnc"):
        raise LaunchError("there is no display and no Xtigervnc to make one; install tigervnc-standalone-server")
    width, height = _terminal_size(config, landscape=landscape)
    port = _free_port(VNC_PORT)
    display = f":{port - VNC_PORT + 20}"
    geometry = f"{width + DESK_WIDTH}x{height}"
    server = ["Xtigervnc", display, "-rfbport", str(port), "-localhost", "-SecurityTypes", "None"]
    stand.start("display", [*server, "-geometry", geometry, "-depth", "24", "-AlwaysShared", "-nolisten", "tcp"])
    stand.wait_for("display", lambda: not _is_free(port))
    print(f"Screen    no display here: look at it with a VNC viewer on 127.0.0.1:{port} (this machine only)")
    return {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def _terminal_size(config: TerminalConfig, *, landscape: bool) -> tuple[int, int]:
    sides = config.screen.width, config.screen.height
    return (max(sides), min(sides)) if landscape else sides


def _free_port(first: int) -> int:
    return next(port for port in range(first, first + 50) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _watch(stand: Stand, terminal: list[str], display: dict[str, str]) -> int:
    """Stay until stopped; a terminal that falls over is started again, more slowly each time."""
    falls = 0
    while True:
        for name, process in list(stand.parts.items()):
            code = process.poll()
            if code is None:
                continue
            if name == "terminal" and code != 0:
                print(f"Terminal  ended unexpectedly ({stand.last_words(name)}); starting it again")
                stand.clock.sleep(min(30.0, falls))
                falls += 1
                stand.start("terminal", terminal, display)
            elif name == "terminal":
                return 0
            else:
                print(f"{name} ended ({stand.last_words(name)}); the rest goes on")
                del stand.parts[name]
        stand.clock.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())

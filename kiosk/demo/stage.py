"""The stage for a demo or a journey test: a folder with twins, a center and an enrolled terminal's configuration."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from devices.clock import Clock
from devices.twins import TwinClient
from kiosk.places import PROJECT

START_LIMIT = 30.0  # s

CONFIG = """\
[terminal]
state_folder = "terminal"
[center]
url = "{center}"
retry_ceiling_seconds = 2
heartbeat_seconds = 1
[service]
phone_url = "{center}"
[screen]
width = {width}
height = {height}
pixels_per_mm = 4.03
windowed = true
[devices.card_reader]
driver = "idcard.sdt"
port = "{twins}/idcard.tty"
[devices.code_scanner]
driver = "scanner.serial_engine"
port = "{twins}/scanner.tty"
[devices.document_camera]
driver = "camera.opencv"
source = "{twins}/document_camera.url"
[devices.code_camera]
driver = "scanner.camera_codes"
camera = "document_camera"
[devices.face_camera]
driver = "camera.opencv"
source = "{twins}/face_camera.url"
[devices.receipt_printer]
driver = "printer.escpos_receipt"
port = "{twins}/printer.tty"
[devices.document_printer]
driver = "printer.ipp"
url = "{twins}/a4_printer.url"
"""


class StageError(Exception):
    """A part of the stage did not come up; one line."""


class Stage:
    """`with Stage(folder, clock) as stage:` has everything running; leaving it stops every process it started."""

    def __init__(self, folder: Path, clock: Clock, *, size: tuple[int, int] = (1080, 1920)) -> None:
        self.folder = folder.resolve()
        self.twin_folder = self.folder / "twins"
        self.config = self.folder / "terminal.toml"
        self.center_url = ""
        self._clock = clock
        self._size = size
        self._center: subprocess.Popen[str] | None = None
        self._twins: subprocess.Popen[str] | None = None
        self.twins = TwinClient(self.twin_folder)

    def __enter__(self) -> "Stage":
        try:
            self._set_up()
        except BaseException:
            self._take_down()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._take_down()

    def _set_up(self) -> None:
        self.twin_folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "devices.twins", "--folder", str(self.twin_folder)]
        self._twins, _ = self._start(command, "ready")
        self.start_center()
        width, height = self._size
        text = CONFIG.format(center=self.center_url, twins=self.twin_folder, width=width, height=height)
        self.config.write_text(text, encoding="utf-8")
        self._enrol()

    def _take_down(self) -> None:
        self.twins.close()
        for process in (self._center, self._twins):
            if process is not None:
                _end(process)

    def start_center(self) -> None:
        """Start the center, on the port it had before if it ran before."""
        port = self.center_url.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "center", "serve", "--port", port, "--state", str(self.folder / "center")]
        self._center, line = self._start(command, "center ready on ")
        self.center_url = line.rpartition(" ")[2].strip()

    def kill_center(self) -> None:
        """SIGKILL, as a power cut at the center would."""
        assert self._center is not None
        self._center.kill()
        _end(self._center)
        self._center = None

    def cases(self) -> list[dict[str, object]]:
        """The cases as the center lists them."""
        return [json.loads(line) for line in self._center_command("cases", "list", "--json").splitlines()]

    def case(self, number: str, out: Path | None = None) -> dict[str, object]:
        """One case as the center has it, opened; `out` receives its attachments and document."""
        extra = ["--out", str(out)] if out else []
        shown: dict[str, object] = json.loads(self._center_command("cases", "show", number, "--json", *extra))
        return shown

    def asks_for(self, number: str, *missing: str) -> None:
        """Staff ask the applicant for what is missing (补正)."""
        told = [word for item in missing for word in ("--missing", item)]
        self._center_command("cases", "request-correction", number, *told)

    def publish(self, path: Path) -> int:
        """Publish a matter to the terminal; the version of the package."""
        published: int = json.loads(self._center_command("matters", "publish", str(path), "--json"))["version"]
        return published

    def withdraw(self, matter: str) -> int:
        """Take a matter away; the version of the package without it."""
        published: int = json.loads(self._center_command("matters", "withdraw", matter, "--json"))["version"]
        return published

    def package_in_use(self) -> int:
        """Which one the terminal's screen offers, as the center heard it."""
        (terminal,) = self._center_command("terminals", "list", "--json").splitlines()
        shown = json.loads(self._center_command("terminals", "show", json.loads(terminal)["terminal_id"], "--json"))
        return int(shown["heartbeat"]["package"]) if shown["heartbeat"] else -1

    def kiosk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `kiosk` command with this stage's configuration."""
        return self.command(*arguments, "--config", str(self.config))

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `kiosk` command that takes no configuration."""
        command = [sys.executable, "-m", "kiosk", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)

    def _enrol(self) -> None:
        added = self._center_command("terminals", "add", "--site", "瑞安市示例便民服务站", "--json")
        done = self.kiosk("enrol", json.loads(added)["code"], "--center", self.center_url)
        if done.returncode:
            raise StageError(f"enrolment failed: {done.stderr.strip()}")

    def _center_command(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "center", *arguments, "--state", str(self.folder / "center")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
        if done.returncode:
            raise StageError(f"kiosk-center {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
        return done.stdout

    def _start(self, command: list[str], ready: str) -> tuple[subprocess.Popen[str], str]:
        """Start a process and wait for the line that says it is up."""
        log = (self.folder / f"{command[2]}.log").open("w", encoding="utf-8")
        with log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=PROJECT)
        assert process.stdout is not None
        for line in process.stdout:
            if ready in line:
                return process, line
        _end(process)
        raise StageError(f"{command[2]} did not start; see {self.folder / (command[2] + '.log')}")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()

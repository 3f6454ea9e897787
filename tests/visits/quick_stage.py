"""The stage of the journeys, up in a third of the time: its processes are forked and its commands run here."""

import json
from pathlib import Path
from subprocess import CompletedProcess, Popen
from typing import cast

import center.__main__
import devices.twins
from kiosk.backroom.enrolment import enrol
from kiosk.demo.stage import Stage, StageError
from tests.center.begun import CHECKED, DATABASE, lay_begun
from tests.center.running import run_center
from tests.cli.commands import kiosk
from tests.warm import WarmProcess

_MAIN = {"devices.twins": devices.twins.main, "center": center.__main__.main}


class QuickStage(Stage):
    def start_center(self) -> None:
        lay_begun(self.folder / "center", CHECKED, DATABASE)
        super().start_center()

    def _start(self, command: list[str], ready: str) -> tuple[Popen[str], str]:
        _, _, module, *arguments = command
        log = self.folder / f"{module}.log"
        process = WarmProcess(_MAIN[module], [arguments], log)
        line = process.stdout.readline()
        assert ready in line, log.read_text()
        return cast("Popen[str]", process), line

    def command(self, *arguments: str) -> CompletedProcess[str]:
        return kiosk(*arguments)

    def _center_command(self, *arguments: str) -> str:
        done = run_center(*arguments, "--state", str(self.folder / "center"))
        if done.returncode:
            raise StageError(done.stderr.strip())
        return done.stdout

    def _enrol(self) -> None:
        added = json.loads(self._center_command("terminals", "add", "--site", "瑞安市示例便民服务站", "--json"))
        enrol(added["code"], self.center_url, Path(self.folder / "terminal"))

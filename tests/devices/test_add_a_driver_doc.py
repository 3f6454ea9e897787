"""docs/add-a-driver.md does what it says: its file is a driver, is configured, and passes the conformance suites."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.printer.twin import PrinterTwin

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "add-a-driver.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def files_named() -> list[str]:
    return re.findall(r"Save this as\s+`([a-z_/]+\.py)`", PAGE)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a driver stands in, with the page's files in their places."""
    for folder in ("devices", "tests/contracts", "tests/devices/printer", "tests/devices/vendor"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "tests/conftest.py", "tests/patience.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name, text in zip(files_named(), blocks("python"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": f"{project}:{ROOT}"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[PrinterTwin]:
    twin = PrinterTwin(SystemClock())
    twin.start(tmp_path / "twins")
    yield twin
    twin.stop()


def test_the_files_of_the_page_are_where_it_says() -> None:
    assert files_named() == ["devices/printer/tear_bar.py", "tests/contracts/rigs/printer_tear_bar.py"]


def test_the_new_driver_is_configured_listed_and_tested_by_its_name(project: Path, twin: PrinterTwin) -> None:
    (section,) = blocks("toml")
    config = project / "terminal.toml"
    config.write_text(section.replace("/dev/ttyUSB0", twin.port), encoding="utf-8")
    checked = run(project, "kiosk", "config", "check", "--config", str(config))
    assert checked.returncode == 0, checked.stderr
    listed = run(project, "kiosk", "devices", "list", "--json", "--config", str(config))
    told = json.loads(listed.stdout)
    assert (told["device"], told["state"], told["model"]) == (
        "receipt_printer",
        "online",
        "ESC/POS, 58 mm, torn by hand",
    )
    tested = run(project, "kiosk", "devices", "test", "printer", "--config", str(config))
    assert tested.returncode == 0, tested.stdout + tested.stderr
    config.write_text(section.replace("port =", "prot ="), encoding="utf-8")
    refused = run(project, "kiosk", "config", "check", "--config", str(config))
    assert "unknown key 'prot'; known: driver, port, baud" in refused.stdout + refused.stderr


def test_the_new_driver_passes_the_conformance_suites(project: Path) -> None:
    done = run(project, "pytest", "tests/contracts", "-k", "printer_tear_bar", "--no-header", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) >= 20, done.stdout[-3000:]

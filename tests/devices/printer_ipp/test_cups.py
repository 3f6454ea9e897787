"""The driver against CUPS itself, whose own IPP backend carries the job to the virtual printer."""

import os
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from devices.clock import SystemClock
from devices.device import DeviceError, DeviceState, HealthLevel
from devices.printer.contract import PaperState, PrintPhase
from devices.printer.ipp import IppPrinter, Options, create
from devices.printer.ipp_test_page import draw_test_page
from devices.printer.ipp_twin import IppPrinterTwin

LIMIT = 20.0  # s until CUPS takes jobs
TRIES = 5
PDF = draw_test_page("certificate")
PLACES = """
SystemGroup root
{user}
ServerRoot {folder}/root
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
"""
RULES = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess all
JobPrivateValues none
SubscriptionPrivateAccess all
SubscriptionPrivateValues none
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""


@dataclass(frozen=True)
class Counter:
    """A printer, the CUPS queue in front of it, and the driver."""

    printer: IppPrinter
    twin: IppPrinterTwin
    url: str
    printed: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def counter() -> Iterator[Counter]:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)  # CUPS carries jobs as another user
        for part in ("root", "spool/tmp", "cache", "state"):
            (folder / part).mkdir(parents=True)
        user = "User lp\nGroup lp" if os.getuid() == 0 else ""
        (folder / "cups-files.conf").write_text(PLACES.format(folder=folder, user=user))
        (folder / "cupsd.conf").write_text(RULES.format(port=port))
        command = ["/usr/sbin/cupsd", "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
        twin = IppPrinterTwin(SystemClock())
        twin.start(folder / "twin")
        with (folder / "out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as running:
            try:
                wait_for_port(port)
                add_queue(port, Path(twin.port).read_text("ascii").strip())
                url = f"ipp://127.0.0.1:{port}/printers/a4"
                printer = create("a4", Options(url=url), SystemClock())
                printer.open()
                yield Counter(printer, twin, url, folder / "twin" / "printed")
            finally:
                running.terminate()
                running.wait(LIMIT)
                twin.stop()


def wait_for_port(port: int) -> None:
    until, pause = SystemClock().monotonic() + LIMIT, threading.Event()
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert SystemClock().monotonic() < until, "cupsd does not start"
        pause.wait(0.05)


def add_queue(port: int, printer: str) -> None:
    command = ["/usr/sbin/lpadmin", "-h", f"127.0.0.1:{port}", "-p", "a4", "-E", "-v", printer]
    subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def test_the_pdf_goes_through_cups_once_and_is_found_again_after_a_restart(counter: Counter) -> None:
    assert counter.printer.check_health(HealthLevel.SELF_TEST).healthy
    assert counter.printer.print_document(PDF, "case-1", "社保参保证明") is PrintPhase.PRINTED
    assert [path.read_bytes() for path in counter.printed.iterdir()] == [PDF]
    again = create("a4", Options(url=counter.url), SystemClock())
    assert again.ask_printed("case-1") is PrintPhase.PRINTED
    assert again.print_document(PDF, "case-1", "社保参保证明") is PrintPhase.PRINTED
    assert len(list(counter.printed.iterdir())) == 1


def test_no_paper_is_told_through_cups_and_the_job_is_taken_back(counter: Counter) -> None:
    counter.twin.do("paper", {"level": "out"})
    assert counter.printer.print_document(PDF, "case-1", "") is not PrintPhase.PRINTED
    assert counter.printer.status().paper is PaperState.OUT
    assert counter.printer.status().state is DeviceState.USER_ERROR
    counter.twin.do("paper", {"level": "full"})
    # CUPS may go on telling what the last job met for a while: refused is honest then, and the next try prints
    phases = [counter.printer.print_document(PDF, "case-2", "")]
    while phases[-1] is PrintPhase.REFUSED and len(phases) < TRIES:
        phases.append(counter.printer.print_document(PDF, f"case-{2 + len(phases)}", ""))
    assert phases[-1] is PrintPhase.PRINTED
    assert len(list(counter.printed.iterdir())) == 1


def test_a_queue_that_is_not_there_is_named(counter: Counter) -> None:
    printer = create("a4", Options(url=counter.url + "-none"), SystemClock())
    with pytest.raises(DeviceError, match="0x0406"):
        printer.open()

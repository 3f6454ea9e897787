"""`kiosk doctor` and the print service that an A4 printer is reached through."""

import socket

import pytest

from kiosk.cli.doctor import CUPS_PORT, examine_machine

SECTION = """
[devices.document_printer]
driver = "printer.ipp"
url = "{url}"
"""


def checks(tmp_path, url):
    path = tmp_path / "terminal.toml"
    path.write_text('[terminal]\nstate_folder = "state"\n' + SECTION.format(url=url))
    found = {}
    for finding in examine_machine(path):
        if finding.check in ("device", "devices"):
            break
        found[finding.check] = finding
    return found


@pytest.mark.parametrize("url", ["ipp://localhost:631/printers/A4", "ipp://127.0.0.1/printers/A4"])
def test_cups_that_is_not_there_is_named_with_the_package(tmp_path, url):
    finding = checks(tmp_path, url)["cups"]
    with socket.socket() as probe:
        there = probe.connect_ex(("127.0.0.1", CUPS_PORT)) == 0
    assert finding.ok == there
    assert there or "apt-get install cups" in finding.action


@pytest.mark.parametrize("url", ["ipp://192.0.2.1/ipp/print", "var/twins/a4_printer.url"])
def test_a_printer_that_is_reached_without_cups_asks_for_none(tmp_path, url):
    assert "cups" not in checks(tmp_path, url)

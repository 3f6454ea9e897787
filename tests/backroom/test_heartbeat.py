"""A running terminal tells the center how it is; a copied one is noticed; a revoked one stops."""

import json
import shutil

from kiosk.backroom.certificate import valid_until
from kiosk.backroom.heartbeat import read_last_beat
from kiosk.catalog import load_installed
from kiosk.config import load_config
from kiosk.given import FILE, with_given
from kiosk.messages.from_backroom import MattersReady, ServiceChanged
from kiosk.places import CATALOG
from tests.backroom.running import CLOCK, Backroom, make_case, write_config


def brisk(config):
    """A heartbeat every second."""
    config.write_text(config.read_text().replace("[center]\n", "[center]\nheartbeat_seconds = 1\n"))
    return config


def shown(center, terminal_id):
    return json.loads(center.command("terminals", "show", terminal_id, "--json"))


def beats_more(backroom, folder):
    """Until the center has answered one more."""
    before = read_last_beat(folder).counter
    backroom.waits_until(lambda: read_last_beat(folder).counter > before + 1, "heartbeats")


def test_a_terminal_tells_how_it_is_gets_its_certificate_and_stops_when_it_is_revoked(center, config):
    folder = config.parent / "terminal"
    backroom = Backroom(brisk(config)).start()
    terminal_id = backroom.ready.terminal_id
    backroom.submit(make_case(terminal_id))
    backroom.waits_until(lambda: valid_until(folder) is not None, "a certificate")
    assert valid_until(folder) > CLOCK.now()
    beats_more(backroom, folder)
    beat = shown(center, terminal_id)["heartbeat"]
    assert (beat["program"], beat["set_aside"], beat["package_trouble"]) == ("0.1.0", 0, "")
    assert beat["disk_free_mb"] > 0
    center.command("terminals", "revoke", terminal_id, "--why", "示例")
    backroom.expect(ServiceChanged, lambda m: m.code == "revoked")
    assert backroom.stop() == 0
    again = Backroom(config).start()
    again.expect(ServiceChanged, lambda m: m.code == "revoked")
    assert again.stop() == 0


def test_a_copy_of_the_disk_is_noticed_when_both_machines_run(center, config, tmp_path):
    folder, elsewhere = config.parent / "terminal", tmp_path / "elsewhere"
    elsewhere.mkdir()
    first = Backroom(brisk(config)).start()
    beats_more(first, folder)
    shutil.copytree(folder, elsewhere / "terminal", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    beats_more(first, folder)
    terminal_id = first.ready.terminal_id
    assert "clone" not in [item["kind"] for item in shown(center, terminal_id)["troubles"]]
    copy = Backroom(brisk(write_config(elsewhere, center.url))).start()
    beats_more(copy, elsewhere / "terminal")
    assert "clone" in [item["kind"] for item in shown(center, terminal_id)["troubles"]]
    assert (first.stop(), copy.stop()) == (0, 0)


CERTIFICATE = "social-insurance-certificate"


def test_settings_of_the_center_hold_where_the_technician_said_nothing(center, config):
    """And the last good ones go on where what lies on the disk, or what comes, is not right."""
    folder = config.parent / "terminal"
    backroom = Backroom(brisk(config)).start()
    terminal_id = backroom.ready.terminal_id
    backroom.expect(MattersReady)
    for_all = ("idle_seconds=77", "keep_days=30", "phone_url=https://center.example")
    center.command("settings", "set", *for_all, "--terminal", terminal_id)
    center.command("sites", "matter", CERTIFICATE, "disabled", "--terminal", terminal_id)
    backroom.waits_until(lambda: CERTIFICATE not in load_installed(folder, CATALOG).matters, "the matter to be gone")
    told = load_config(config)
    assert told.terminal.keep_days == 7
    assert (with_given(told).idle.seconds, with_given(told).terminal.keep_days) == (77, 7)
    assert with_given(told).service.phone_url == "https://center.example"

    center.command("settings", "set", "opening_hours=00:00-00:00", "--terminal", terminal_id)
    center.rows("UPDATE settings SET value = '5' WHERE name = 'idle_seconds'")  # as a center of another age might
    backroom.waits_until(lambda: "idle_seconds" in read_last_beat(folder).settings_trouble, "the refusal")
    assert with_given(told).idle.seconds == 77
    center.rows("UPDATE settings SET value = '66' WHERE name = 'idle_seconds'")
    center.command("settings", "set", "opening_hours=23:58-23:59", "--terminal", terminal_id)
    backroom.expect(ServiceChanged, lambda m: m.code == "closed")
    assert with_given(told).idle.seconds == 66
    assert backroom.stop() == 0

    stored = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(stored.replace(b'"idle_seconds":66', b'"idle_seconds":67'))
    again = Backroom(config).start()
    again.waits_until(lambda: (folder / FILE).exists() and (folder / FILE).read_bytes() == stored, "the true ones")
    center.command("settings", "set", "opening_hours=", "--terminal", terminal_id)
    again.expect(ServiceChanged, lambda m: m.in_service)
    assert again.stop() == 0

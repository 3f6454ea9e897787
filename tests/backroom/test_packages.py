"""What the center publishes arrives at a running terminal; what is not right is refused, the last good one stays."""

import json
import subprocess
import sys

import pytest

from flows.heartbeats import Beat, sign_beat_answer
from flows.keys import SealingKey, new_signing_key
from flows.packages import new_manifest
from flows.wire import iso_utc
from kiosk.catalog import load_installed
from kiosk.messages.from_backroom import MattersReady
from kiosk.messages.to_backroom import MattersInUse
from kiosk.places import CATALOG
from tests.backroom.running import CLOCK, Backroom, HostileCenter, store_identity, write_config
from tests.center.publishing import SENIOR_CARD, write_matter
from tests.shipped import catalog

MATTER = SENIOR_CARD.encode()


def offers(config):
    """(version, ids) that a screen started now would show."""
    catalog = load_installed(config.parent / "terminal", CATALOG)
    return catalog.version, set(catalog.matters)


def brisk(config):
    """A heartbeat every second."""
    config.write_text(config.read_text().replace("[center]\n", "[center]\nheartbeat_seconds = 1\n"))
    return config


def published(center, *arguments):
    return json.loads(center.command("matters", "publish", *arguments, "--json"))["version"]


def test_a_published_matter_arrives_at_the_running_terminal_and_a_withdrawn_one_leaves(center, config, tmp_path):
    backroom = Backroom(brisk(config)).start()
    backroom.expect(MattersReady, lambda m: m.version == 0)
    first = published(center, str(write_matter(tmp_path / "new")))
    backroom.expect(MattersReady, lambda m: m.version == first)
    assert offers(config) == (first, {"senior-card", *catalog()})
    backroom.send(MattersInUse(version=first))
    second = json.loads(center.command("matters", "withdraw", "senior-card", "--json"))["version"]
    backroom.expect(MattersReady, lambda m: m.version == second)
    assert "senior-card" not in offers(config)[1]
    assert backroom.stop() == 0
    assert second == first + 1
    again = Backroom(config).start()
    again.expect(MattersReady, lambda m: m.version == second)
    assert again.stop() == 0


class Publishing:
    """A center that says of its packages whatever the test wants, properly signed where it can be."""

    def __init__(self, folder, publishers=()):
        self.signing, self.publishers, self.beats = new_signing_key(), publishers, []
        store_identity(folder, SealingKey.generate(), self.signing, new_signing_key())
        self.announced = None
        self.files, self.manifests = {}, {}
        self.cut = 0  # bytes that are missing at the end of every file
        self.http = HostileCenter(self.answer)
        self.config = brisk(write_config(folder, self.http.url))

    def package(self, version, files, *, announce=True, key=None):
        manifest = new_manifest(version, CLOCK.now(), "0.1.0", files).signed_by(key or self.signing)
        for publisher in self.publishers:
            manifest = manifest.signed_by(publisher)
        self.files |= {item.sha256: files[item.path] for item in manifest.files}
        self.manifests[version] = manifest
        if announce:
            self.announced = {"version": version, "digest": manifest.digest}
        return manifest

    def answer(self, method, path, body):
        kind = "application/json"
        if path == "/v1/heartbeats":
            self.beats.append(Beat.model_validate_json(body))
            values = {"nonce": self.http.headers["OEB-Nonce"], "now": iso_utc(CLOCK.now()), "epoch": "e"}
            answer = sign_beat_answer(values | {"package": self.announced}, self.signing)
            return 200, kind, answer.model_dump_json().encode()
        if "/files/" in path:
            data = self.files[path.rpartition("/")[2]]
            return 200, "application/octet-stream", data[: len(data) - self.cut]
        if path.startswith("/v1/packages/"):
            return 200, kind, self.manifests[int(path.rpartition("/")[2])].to_bytes()
        return 200, kind, b'{"status": "ok", "epoch": "e"}'

    def trouble(self):
        return self.beats[-1].package_trouble if self.beats else ""


@pytest.fixture
def publishing(tmp_path):
    made = Publishing(tmp_path)
    yield made
    made.http.close()


def senior(version=1):
    return {"matters/senior-card.yaml": MATTER.replace(b"version: 1 ", b"version: %d " % version)}


@pytest.fixture
def terminal(publishing):
    """Running, with package 5 in use."""
    publishing.package(5, senior())
    backroom = Backroom(publishing.config).start()
    backroom.expect(MattersReady, lambda m: m.version == 5)
    yield backroom
    assert backroom.stop() == 0


def test_a_package_that_is_not_right_is_refused_with_the_reason_and_the_last_good_one_goes_on(publishing, terminal):
    def refused_with(words, version=5):
        terminal.waits_until(lambda: words in publishing.trouble(), words)
        assert offers(publishing.config) == (version, {"senior-card"})

    publishing.package(6, senior(2), key=new_signing_key())
    refused_with("is not signed by the center, or was altered")

    manifest = publishing.package(6, senior(2))
    publishing.manifests[6] = manifest.model_copy(update={"program": "9.9"})
    refused_with("is not signed by the center, or was altered")

    publishing.package(6, senior(2))
    publishing.cut = 7
    refused_with("senior-card.yaml came altered or in part")

    old = publishing.package(4, senior(3))
    refused_with("package 4 is older than 5")
    publishing.cut = 0

    publishing.package(7, senior(2))
    publishing.manifests[7] = old
    refused_with("is not package 7 as the center announced it")

    publishing.package(5, senior(4))
    refused_with("there is another package under the version 5")

    publishing.package(8, senior() | {"matters/broken.yaml": b"id: broken\nstepps: []\n"})
    refused_with("does not load on this program: broken.yaml:")

    doctor = subprocess.run(
        [sys.executable, "-m", "kiosk", "doctor", "--json", "--config", str(publishing.config)],
        capture_output=True,
        text=True,
        check=False,
    )
    (found,) = [row for row in map(json.loads, doctor.stdout.splitlines()) if row["check"] == "matters"]
    assert not found["ok"]
    assert "package 5 is in use" in found["message"]
    assert "broken.yaml" in found["message"]

    publishing.package(9, senior(5))
    terminal.expect(MattersReady, lambda m: m.version == 9)
    terminal.waits_until(lambda: not publishing.trouble(), "no trouble any more")


def test_what_rots_on_the_disk_is_noticed_and_fetched_again(publishing, terminal):
    six = publishing.package(6, senior(2))
    terminal.expect(MattersReady, lambda m: m.version == 6)
    terminal.stop()
    folder = publishing.config.parent / "terminal" / "matters" / "6"
    (folder / "matters" / "senior-card.yaml").write_bytes(senior(2)["matters/senior-card.yaml"] + b"# altered\n")
    publishing.announced = None
    assert offers(publishing.config)[0] == 5
    terminal.start()
    terminal.expect(MattersReady, lambda m: m.version == 5)
    terminal.waits_until(lambda: "package 6 is damaged on this disk" in publishing.trouble(), "the damage")
    publishing.announced = {"version": 6, "digest": six.digest}
    terminal.expect(MattersReady, lambda m: m.version == 6)


def test_publishers_must_have_signed_where_the_technician_said_so(tmp_path):
    first, second, stranger = (new_signing_key() for _ in range(3))
    publishing = Publishing(tmp_path, publishers=(first,))
    keys = ", ".join(f'"{text}"' for text in map(public, (first, second)))
    text = publishing.config.read_text().replace(
        "[center]\n", f"[center]\npublishers = [{keys}]\npublishers_needed = 2\n"
    )
    publishing.config.write_text(text)
    try:
        backroom = Backroom(publishing.config).start()
        publishing.package(1, senior())
        backroom.waits_until(lambda: "has 1 signatures of publishers, 2 are needed" in publishing.trouble(), "refusal")
        publishing.publishers = (first, stranger)
        publishing.package(2, senior(2))
        backroom.waits_until(lambda: "package 2 has 1 signatures" in publishing.trouble(), "refusal")
        publishing.publishers = (first, second)
        publishing.package(3, senior(3))
        backroom.expect(MattersReady, lambda m: m.version == 3)
        assert backroom.stop() == 0
    finally:
        publishing.http.close()


def public(key):
    from flows.keys import encode_verify_key

    return encode_verify_key(key.public_key())

"""What the center knows of its terminals: heartbeats in words, alerts to staff, clones, certificates, revocation."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509

from center.alerts import signature
from center.clock import SystemClock
from flows.certificates import verify_certificate_reply
from flows.keys import decode_verify_key
from tests.center.running import RunningCenter
from tests.center.terminals import picture

SECRET = "示例-a-secret-shared-with-the-hook"
PRINTER = {"device": "receipt_printer", "device_class": "printer", "state": "online", "cover": "closed"}


class Hook:
    """Where staff alerts go: fails as often as it is told, checks the signature, keeps what it took."""

    def __init__(self, failures=0):
        self.taken, self.failures, self.came = [], failures, threading.Condition()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time, signed = self.headers["OEB-Alert-Time"], self.headers["OEB-Alert-Signature"]
                with hook.came:
                    right = signed == signature(SECRET, time, body)
                    hook.failures -= 1
                    if right and hook.failures < 0:
                        hook.taken.append(json.loads(body))
                    self.send_response(200 if right and hook.failures < 0 else 503)
                    self.end_headers()
                    hook.came.notify_all()

            def log_message(self, *_):
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def gets(self, *, kind, event="begun", within=20):
        """The alert of that kind."""

        def found():
            return [alert for alert in self.taken if (alert["kind"], alert["event"]) == (kind, event)]

        with self.came:
            assert self.came.wait_for(found, timeout=within), self.taken
            return found()[0]

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


@pytest.fixture
def hook():
    listening = Hook(failures=1)
    yield listening
    listening.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def watching(request, tmp_path, hook):
    """A center that tells that hook, at once, and thinks a terminal down after three seconds."""
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    config = tmp_path / "center.toml"
    config.write_text(
        f'alert_url = "{hook.url}"\nalert_secret = "{SECRET}"\nalert_hold_seconds = 0\nwatch_seconds = 0.1\n'
        "silent_seconds = 3\n"
    )
    running = RunningCenter(tmp_path / "state", cluster, options=("--config", str(config))).start()
    yield running
    assert running.stop() == 0


def listed(center, terminal):
    rows = map(json.loads, center.command("terminals", "list", "--json").splitlines())
    return next(row for row in rows if row["terminal_id"] == terminal.identity.terminal_id)


def kinds(center, terminal):
    return {item["kind"] for item in listed(center, terminal)["troubles"]}


def test_staff_are_told_what_is_wrong_once_and_when_it_is_over(watching, new_terminal, hook):
    terminal = new_terminal(watching)
    terminal.beats(devices=[PRINTER | {"paper": "out"}])
    told = hook.gets(kind="paper")
    assert told["words"]["zh"] == "瑞安市民中心 一号机：receipt_printer：纸张：用完"
    down = hook.gets(kind="down")
    assert down["terminal_id"] == terminal.identity.terminal_id
    assert {"down", "paper"} <= kinds(watching, terminal)

    terminal.beats(devices=[PRINTER | {"paper": "full"}])
    hook.gets(kind="down", event="ended")
    assert hook.gets(kind="paper", event="ended")["since"] == told["since"]
    assert not {"down", "paper"} & kinds(watching, terminal)

    terminal.beats(devices=[PRINTER | {"paper": "out", "state": "hardwareError"}])
    hook.gets(kind="device")
    assert [alert["kind"] for alert in hook.taken if alert["event"] == "begun"].count("paper") == 1
    rows = [json.loads(line) for line in watching.command("terminals", "alerts", "--json").splitlines()]
    tried = {(row["kind"], row["event"]): row["attempts"] for row in rows}
    assert tried["paper", "begun"] == 2
    assert "已恢复" in watching.command("terminals", "alerts")


def test_heartbeats_are_told_in_words(center, new_terminal):
    terminal = new_terminal(center)
    assert "no heartbeat yet" in center.command("terminals", "show", terminal.identity.terminal_id)
    terminal.beats(
        devices=[
            PRINTER | {"paper": "low"},
            {"device": "card_reader", "device_class": "idcard", "state": "noDevice", "message": "not plugged in"},
        ],
        package_trouble="package 9 is older than 12",
        waiting=3,
        set_aside=1,
        oldest_waiting="2026-01-01T00:00:00Z",
        disk_free_mb=90,
        errors=["the voice is silent"],
    )
    assert kinds(center, terminal) == {"paper", "device", "package", "queue", "setAside", "disk"}
    shown = center.command("terminals", "show", terminal.identity.terminal_id)
    for words in (
        "receipt_printer: paper low, since 20",
        "card_reader: is noDevice not plugged in",
        "refused a package of matters: package 9 is older than 12",
        "3 waiting, 1 set aside, 90 MB free",
        "last error: the voice is silent",
    ):
        assert words in shown
    assert terminal.identity.terminal_id in center.command("terminals", "list", "--trouble")


def test_two_machines_with_one_identity_are_noticed_by_their_heartbeats(center, new_terminal):
    terminal = new_terminal(center)
    for _ in range(3):
        terminal.beats()
    assert kinds(center, terminal) <= {"behind", "disk"}
    terminal.beat_counter = 1  # what a copy of the disk made earlier knows
    terminal.beats()
    assert "clone" in kinds(center, terminal)
    terminal.beat_counter = 10
    terminal.beats()
    assert "clone" in kinds(center, terminal)
    center.command("terminals", "cleared", terminal.identity.terminal_id)
    assert "clone" not in kinds(center, terminal)


def test_two_machines_with_one_identity_are_noticed_by_their_cases(center, new_terminal):
    terminal = new_terminal(center)
    terminal.delivers(terminal.certificate_case())
    other = terminal.send(terminal.seal(terminal.certificate_case(), sequence=1))
    assert (other.status_code, other.json()["code"]) == (409, "conflict")
    assert "clone" in kinds(center, terminal)


def certificate_of(terminal):
    target = "/v1/certificate"
    headers = terminal.headers("POST", target)
    answer = terminal.http.post(terminal.center.url + target, headers=headers)
    if answer.status_code != 200:
        return answer.json()["code"]
    key = decode_verify_key(terminal.identity.center_signing_key)
    reply = verify_certificate_reply(answer.content, nonce=headers["OEB-Nonce"], center_key=key)
    return tuple(x509.load_pem_x509_certificate(pem.encode()) for pem in (reply.certificate, reply.authority))


def expires(center, terminal, when):
    for table, column in (("terminals", "certificate_expires_at"), ("terminal_certificates", "expires_at")):
        center.rows(f"UPDATE {table} SET {column} = ? WHERE terminal_id = ?", when, terminal.identity.terminal_id)


def test_a_terminal_has_a_certificate_of_its_key_and_renews_it_before_it_ends(center, new_terminal):
    terminal = new_terminal(center)
    certificate, authority = certificate_of(terminal)
    certificate.verify_directly_issued_by(authority)
    assert certificate.public_key() == terminal.key.public_key()
    assert terminal.identity.terminal_id in certificate.subject.rfc4514_string()
    assert certificate_of(terminal)[0] == certificate
    soon = SystemClock().now().replace(tzinfo=None)
    expires(center, terminal, str(soon))
    assert terminal.look_up("social-insurance", {}).json()["code"] == "certificateExpired"
    assert terminal.delivers(terminal.certificate_case()).case_number
    renewed, _ = certificate_of(terminal)
    assert renewed.serial_number != certificate.serial_number
    assert terminal.look_up("social-insurance", {}).json().get("code") != "certificateExpired"


def test_a_certificate_that_ended_long_ago_is_renewed_only_by_a_person(center, new_terminal):
    terminal = new_terminal(center)
    expires(center, terminal, "2026-01-01 00:00:00")
    assert certificate_of(terminal) == "certificateExpired"
    center.command("terminals", "renew", terminal.identity.terminal_id)
    certificate, _ = certificate_of(terminal)
    assert certificate.not_valid_after_utc > SystemClock().now()


def test_what_a_revoked_terminal_still_sends_is_held_until_a_person_admits_it(center, new_terminal):
    terminal = new_terminal(center)
    certificate, authority = certificate_of(terminal)
    early = terminal.seal(terminal.certificate_case())
    receipt = terminal.receipt(early, terminal.send(early))
    plain = b"\xff\xd8 a page"
    reference, sealed = terminal.seal_picture("material-1", plain)
    late = terminal.seal(terminal.medical_case((picture("material-1", plain),)), [reference])
    center.command("terminals", "revoke", terminal.identity.terminal_id, "--why", "stolen from the hall")

    assert terminal.beats().standing == "revoked"
    assert terminal.receipt(early, terminal.send(early)) == receipt
    assert terminal.put_attachment(sealed).status_code == 200
    for _ in range(2):
        refused = terminal.send(late)
        assert (refused.status_code, refused.json()["code"]) == (403, "revoked")
    assert terminal.look_up("social-insurance", {}).json()["code"] == "revoked"
    assert certificate_of(terminal) == "revoked"
    assert center.rows("SELECT count(*) FROM cases WHERE case_id = ?", late.envelope_id) == [(0,)]
    listing = x509.load_der_x509_crl(terminal.http.get(f"{center.url}/v1/revoked.crl").content)
    assert listing.is_signature_valid(authority.public_key())
    assert listing.get_revoked_certificate_by_serial_number(certificate.serial_number)

    rows = map(json.loads, center.command("terminals", "held", "--json").splitlines())
    (held,) = [row["id"] for row in rows if row["terminal_id"] == terminal.identity.terminal_id]
    assert "is case" in center.command("terminals", "admit", held)
    assert terminal.receipt(late, terminal.send(late)).case_number
    assert "stolen from the hall" in center.command("terminals", "show", terminal.identity.terminal_id)
    audited = center.command("audit", "list")
    assert f"console  terminal.revoke  {terminal.identity.terminal_id}" in audited
    assert f"console  envelope.admit  {late.envelope_id}" in audited

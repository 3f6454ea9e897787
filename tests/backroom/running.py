"""A backroom as a process of its own, spoken to as the screen does; and a hostile stand-in for a center."""

import resource
import secrets
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from devices.clock import SystemClock
from flows.canonical import sha256_hex
from flows.case import Applicant, Attachment, Case, Rating, iso_seconds
from kiosk.backroom.__main__ import main
from kiosk.identity import Identity
from kiosk.messages.frames import Decoder, encode
from kiosk.messages.from_backroom import Attached, Committed, Ready
from kiosk.messages.to_backroom import Attach, SubmitCase, SubmitRating, SubmitSupplement
from tests.shipped import catalog
from tests.warm import WarmProcess

NAME, NUMBER, ADDRESS = (
    "欧阳测试甲",
    "330381189901010015",
    "示例省示例市测试路一号",
)  # canaries: never to be found on disk
CLOCK = SystemClock()


def write_config(folder: Path, center_url: str, *, reserve_mb: int = 1, keep_days: int = 7, devices: str = "") -> Path:
    path = folder / "terminal.toml"
    path.write_text(
        f'[terminal]\nstate_folder = "{folder}/terminal"\nreserve_mb = {reserve_mb}\nkeep_days = {keep_days}\n'
        f'[center]\nurl = "{center_url}"\ntimeout_seconds = 3\nretry_ceiling_seconds = 1\n{devices}'
    )
    return path


def _backroom(config: Path, theirs: socket.socket) -> int:
    return main(["--config", str(config), "--fd", str(theirs.detach())])


@dataclass
class Backroom:
    """`start` waits for Ready; `heard` keeps every message that came, with its blob."""

    config: Path
    largest_file: int = 0  # bytes; 0: no limit
    heard: list = field(default_factory=list)
    process: WarmProcess | None = None

    def start(self):
        self.heard, self._decoder, self._seen = [], Decoder(), 0
        self._socket, theirs = socket.socketpair()
        with theirs:
            self.process = self._launch(theirs)
        if self.largest_file:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (self.largest_file, self.largest_file))
        self.ready = self.expect(Ready)
        return self

    def _launch(self, theirs):
        return WarmProcess(_backroom, (self.config, theirs), self.config.parent / "backroom.log")

    def send(self, message, blob=b""):
        self._socket.sendall(encode(message, blob))

    def expect(self, kind, test=lambda _: True, within=15.0):
        """The next message of this kind that passes; those before it are passed over, and kept in `heard`."""
        until = CLOCK.monotonic() + within
        while True:
            while self._seen < len(self.heard):
                message, blob = self.heard[self._seen]
                self._seen += 1
                if isinstance(message, kind) and test(message):
                    self.blob = blob
                    return message
            heard = self._listen(max(0.01, until - CLOCK.monotonic()))
            assert heard, f"no {kind.__name__}; heard {[m for m, _ in self.heard]}; {self.log[-2000:]}"

    def _listen(self, within):
        """Whether anything came in that time (s)."""
        self._socket.settimeout(within)
        try:
            data = self._socket.recv(1 << 18)
        except TimeoutError:
            return False
        self.heard.extend(self._decoder.feed(data))
        return bool(data)

    def waits_until(self, condition, what, within=15.0):
        """Listens meanwhile; what is heard can be expected afterwards."""
        until = CLOCK.monotonic() + within
        while not condition():
            assert CLOCK.monotonic() < until, f"no {what}; {self.log[-2000:]}"
            self._listen(0.05)

    @property
    def log(self):
        return (self.config.parent / "backroom.log").read_text()

    def kill(self):
        self.process.kill()
        self.process.wait(10)
        self._socket.close()

    def stop(self):
        self._socket.close()
        code = self.process.wait(15)
        assert "Traceback" not in self.log, self.log
        return code

    def attach(self, name, content):
        self.send(Attach(request=f"a-{name}", name=name, media_type="image/jpeg"), content)
        return self.expect(Attached, lambda m: m.request == f"a-{name}")

    def submit(self, case):
        self.send(SubmitCase(request=case.case_id, case=case.model_dump(mode="json")))
        return self.expect(Committed, lambda m: m.case_id == case.case_id)

    def bring(self, supplement):
        self.send(SubmitSupplement(request=supplement.supplement_id, supplement=supplement.model_dump(mode="json")))
        return self.expect(Committed, lambda m: m.case_id == supplement.supplement_id)

    def rate(self, case, level=5, rating_id=""):
        """The id of the rating."""
        rating = Rating(
            rating_id=rating_id or secrets.token_hex(16),
            case_id=case.case_id,
            level=level,
            tags=("510",),
            created_at=iso_seconds(CLOCK.now()),
        )
        self.send(SubmitRating(request=rating.rating_id, rating=rating.model_dump(mode="json")))
        self.expect(Committed, lambda m: m.case_id == rating.rating_id)
        return rating.rating_id


def make_case(terminal_id, attachments=(), *, instant=False):
    card = {"kind": "citizen", "name": NAME, "number": NUMBER, "address": ADDRESS}
    matter = "social-insurance-certificate" if instant else "resident-medical-insurance"
    return Case(
        case_id=secrets.token_hex(16),
        terminal_id=terminal_id,
        matter=matter,
        matter_version=catalog()[matter].version,
        kind="instant" if instant else "accepted",
        language="zh",
        created_at=iso_seconds(CLOCK.now()),
        applicant=Applicant(**card),
        answers={"who": card, **({"insurances": ["pension", "medical"], "period": "months12"} if instant else {})},
        attachments=attachments,
    )


def told(name, content):
    return Attachment(
        name=name, sha256=sha256_hex(content), size=len(content), media_type="image/jpeg", step="material"
    )


class HostileCenter:
    """Answers every request as `answer(method, path, body) -> (status, content type, body)` says."""

    def __init__(self, answer):
        self.answer = answer
        self.asked, self.headers = [], {}
        hostile = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _reply(self):
                hostile.headers = self.headers
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                hostile.asked.append((self.command, self.path, body))
                status, kind, content = hostile.answer(self.command, self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = _reply  # noqa: N815 - the library's names

            def log_message(self, *_):
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def store_identity(folder, sealing_key, signing_key, own_key):
    """A terminal enrolled with keys the test knows."""
    from flows.keys import encode_signing_key, encode_verify_key

    identity = Identity(
        terminal_id="T0123456789ab",
        site="示例站",
        center_sealing_key=sealing_key.public.text,
        center_signing_key=encode_verify_key(signing_key.public_key()),
        epoch="e",
        signing_key=encode_signing_key(own_key),
        center_url="http://127.0.0.1:1",
    )
    (folder / "terminal").mkdir()
    (folder / "terminal" / "identity.json").write_bytes(identity.to_bytes())
    return identity

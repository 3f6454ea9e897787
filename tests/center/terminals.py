"""A terminal as the center sees it: keys, envelopes and signed requests over HTTP; cases of people born before 1900."""

import json
import secrets
from dataclasses import dataclass, field
from threading import Event

import httpx

from center.clock import SystemClock
from center.random_codes import new_code
from flows.api import EnrolmentReply
from flows.backups import verify_backed_up
from flows.batches import BatchAnswer, EnvelopeBatch
from flows.canonical import sha256_hex
from flows.case import Applicant, Attachment, Case, Rating
from flows.heartbeats import verify_beat_answer
from flows.keys import SealingPublicKey, decode_verify_key, encode_verify_key, new_signing_key
from flows.secret_codes import hash_of
from flows.wire import Envelope, Receipt, digest, iso_utc, seal_attachment, seal_envelope, sign_request, verify_receipt
from tests.center.running import RunningCenter
from tests.patience import turns
from tests.shipped import catalog

NUMBER = "330381189901010015"


@dataclass(frozen=True)
class Codes:
    """On the receipt of a case; the case itself has the hashes."""

    follow: str
    pickup: str


@dataclass
class Terminal:
    """The terminal's side of the wire, as the backroom does it."""

    center: RunningCenter
    key: object = field(default_factory=new_signing_key)
    identity: EnrolmentReply | None = None
    sequence: int = 0
    beat_counter: int = 0
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))
    clock: object = field(default_factory=SystemClock)
    codes: dict[str, "Codes"] = field(default_factory=dict)  # of the receipts it printed, by case
    patience: Event = field(default_factory=Event)  # never set: what it is waited for is time

    def enrol(self, code):
        request = {"code": code, "public_key": encode_verify_key(self.key.public_key()), "name": "一号机"}
        answer = self._let_in(lambda: self.http.post(f"{self.center.url}/v1/enrolments", json=request))
        if answer.status_code == 201:
            self.identity = EnrolmentReply.model_validate_json(answer.content)
        return answer

    def _let_in(self, ask):
        """As a terminal does: who is told that the center has its hands full comes again."""
        for _ in turns("the center has a hand free"):
            answer = ask()
            if answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
                break
            self.patience.wait(0.1)
        return answer

    def headers(self, method, target, body=b"", *, now=None, nonce=None):
        return sign_request(
            method,
            target,
            body,
            terminal_id=self.identity.terminal_id,
            signing_key=self.key,
            time=now or self.clock.now(),
            nonce=nonce or secrets.token_hex(16),
        )

    def get(self, target):
        return self.http.get(self.center.url + target, headers=self.headers("GET", target))

    def post(self, target, **body):
        content = json.dumps(body).encode() if body else b""
        headers = self.headers("POST", target, content) | {"Content-Type": "application/json"}
        return self.http.post(self.center.url + target, content=content, headers=headers)

    def look_up(self, name, parameters, **how):
        target, body = f"/v1/lookups/{name}", json.dumps({"parameters": parameters}).encode()
        headers = self.headers("POST", target, body, **how) | {"Content-Type": "application/json"}
        return self.http.post(self.center.url + target, content=body, headers=headers)

    def put_attachment(self, sealed, **how):
        target = f"/v1/attachments/{sha256_hex(sealed)}"
        return self.http.put(
            self.center.url + target, content=sealed, headers=self.headers("PUT", target, sealed, **how)
        )

    def put_piece(self, sealed, start, end):
        target = f"/v1/attachments/{sha256_hex(sealed)}?start={start}&size={len(sealed)}"
        piece = sealed[start:end]
        headers = self.headers("PATCH", target, piece)
        return self._let_in(lambda: self.http.patch(self.center.url + target, content=piece, headers=headers)).json()

    def seal(self, content, attachments=(), *, sequence=None):
        if sequence is None:
            self.sequence += 1
        return seal_envelope(
            content,
            terminal_id=self.identity.terminal_id,
            sequence=sequence or self.sequence,
            created_at=self.clock.now(),
            center_key=SealingPublicKey(self.identity.center_sealing_key),
            signing_key=self.key,
            attachments=attachments,
        )

    def seal_picture(self, name, plain):
        key = SealingPublicKey(self.identity.center_sealing_key)
        return seal_attachment(name, plain, self.identity.terminal_id, key)

    def send(self, envelope: Envelope, body=None, **headers):
        target = f"{self.center.url}/v1/envelopes/{envelope.envelope_id}"
        told = {"Content-Type": "application/json", **headers}
        return self._let_in(lambda: self.http.put(target, content=body or envelope.to_bytes(), headers=told))

    def send_batch(self, *envelopes, earlier=()):
        """The answer's receipts, verified, and the refusals, each by envelope id."""
        batch = EnvelopeBatch(envelopes=envelopes, earlier=earlier)
        headers = {"Content-Type": "application/json"}
        answer = self.http.post(f"{self.center.url}/v1/envelopes", content=batch.model_dump_json(), headers=headers)
        assert answer.status_code == 200, answer.text
        told = BatchAnswer.model_validate_json(answer.content)
        key, by_id = decode_verify_key(self.identity.center_signing_key), {one.envelope_id: one for one in envelopes}
        receipts = {
            one.envelope_id: verify_receipt(
                one, envelope_id=one.envelope_id, digest=digest(by_id[one.envelope_id]), center_key=key
            )
            for one in told.receipts
        }
        return receipts, {one.envelope_id: one.problem for one in told.refused}

    def ask_backed_up(self, *digests, now=None):
        """The verified answer; `now` by the terminal's own clock."""
        target, body = "/v1/backed-up", json.dumps({"digests": digests}).encode()
        headers = self.headers("POST", target, body, now=now) | {"Content-Type": "application/json"}
        answer = self.http.post(self.center.url + target, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        key = decode_verify_key(self.identity.center_signing_key)
        return verify_backed_up(answer.content, nonce=headers["OEB-Nonce"], center_key=key)

    def beats(self, **values):
        """The verified answer to a heartbeat."""
        self.beat_counter += 1
        target = "/v1/heartbeats"
        body = json.dumps({"counter": self.beat_counter, "program": "0.1.0"} | values).encode()
        headers = self.headers("POST", target, body) | {"Content-Type": "application/json"}
        answer = self.http.post(self.center.url + target, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        key = decode_verify_key(self.identity.center_signing_key)
        return verify_beat_answer(answer.content, nonce=headers["OEB-Nonce"], center_key=key)

    def receipt(self, envelope, answer) -> Receipt:
        """The verified receipt, or ReceiptRefused."""
        key = decode_verify_key(self.identity.center_signing_key)
        return verify_receipt(answer.content, envelope_id=envelope.envelope_id, digest=digest(envelope), center_key=key)

    def delivers(self, content, attachments=()):
        envelope = self.seal(content, attachments)
        answer = self.send(envelope)
        assert answer.status_code == 201, answer.text
        return self.receipt(envelope, answer)

    def certificate_case(self, number=NUMBER, **answers):
        """社保参保证明, instant."""
        given = {"insurances": ["pension", "medical"], "period": "months12"} | answers
        return self._case("social-insurance-certificate", "instant", number, given)

    def medical_case(self, attachments=()):
        """城乡居民医保参保登记, accepted."""
        return self._case("resident-medical-insurance", "accepted", NUMBER, {}, attachments)

    def case_of(self, matter, attachments=(), **answers):
        """Of an accepted matter."""
        return self._case(matter, "accepted", NUMBER, answers, attachments)

    def new_id(self):
        return secrets.token_hex(16)

    def _case(self, matter, kind, number, answers, attachments=()):
        card = {"kind": "citizen", "name": "测试甲", "number": number}
        case_id, codes = secrets.token_hex(16), Codes(new_code(), new_code())
        self.codes[case_id] = codes
        return Case(
            case_id=case_id,
            terminal_id=self.identity.terminal_id,
            matter=matter,
            matter_version=catalog()[matter].version if matter in catalog() else 1,
            kind=kind,
            language="zh",
            created_at=iso_utc(self.clock.now()),
            applicant=Applicant(**card),
            answers={"who": card, **answers},
            attachments=attachments,
            follow_hash=hash_of(codes.follow),
            pickup_hash=hash_of(codes.pickup),
        )


def picture(name, plain):
    """How a case tells of an attachment."""
    return Attachment(name=name, sha256=sha256_hex(plain), size=len(plain), media_type="image/jpeg", step="material")


def rating_of(case, level=5):
    return Rating(
        rating_id=secrets.token_hex(16),
        case_id=case.case_id,
        level=level,
        tags=("510",),
        created_at=iso_utc(SystemClock().now()),
    )

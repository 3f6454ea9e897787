"""The center over HTTP: every answer is believed only as far as it proves itself."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from devices.clock import Clock
from flows.api import (
    ApplicantReply,
    ApplicantRequest,
    AttachmentReply,
    DraftCode,
    DraftRequest,
    FollowRequest,
    Health,
    LookupReply,
    LookupRequest,
    PickupRequest,
    ProgressReply,
    ResultReply,
    SealedDraft,
)
from flows.backups import BackedUp, BackedUpRequest, verify_backed_up
from flows.batches import BatchAnswer, EnvelopeBatch, RefusedEnvelope
from flows.canonical import canonical, from_base64, to_base64
from flows.statements import Statement, verify_statement
from flows.wire import Envelope, Receipt, ReceiptRefused, digest, sign_request, verify_receipt
from kiosk.backroom.answers import CenterFailed, Poison, check_accepted, problem_of
from kiosk.backroom.center_time import CenterTime
from kiosk.backroom.pace import Pace
from kiosk.backroom.promptness import LARGEST_DOCUMENT, MOST_BYTES, prompt_client
from kiosk.identity import Identity

_Model = TypeVar("_Model", bound=BaseModel)
_NOT_FOUND, _UNAUTHORIZED = 404, 401


class CenterLink:
    """Safe to call from any thread. `timeout`: s for connecting, for each part sent, and for the whole of an answer.

    `transport` is the one seam to the network; without it the real one. `upload_kbit` a second is the most that is
    sent; 0: no limit.
    """

    def __init__(
        self,
        url: str,
        identity: Identity,
        clock: Clock,
        timeout: float,
        transport: httpx.BaseTransport | None = None,
        upload_kbit: int = 0,
    ) -> None:
        self.identity = identity
        self.time = CenterTime(clock)
        self._own_key = identity.own_key()
        self._center_key = identity.center_key()
        self._clock = clock
        self._pace = Pace(clock, upload_kbit)
        self._client = prompt_client(clock, timeout, url, transport)

    def limit(self, upload_kbit: int) -> None:
        """Send no faster than that from now on; 0: as fast as it goes."""
        self._pace = Pace(self._clock, upload_kbit)

    def close(self) -> None:
        self._client.close()

    def check(self) -> str:
        """The epoch it says it has, unproven. Raises CenterFailed where no center answers, such as a captive portal."""
        return self._understood(Health, self._request("GET", "/v1/health", b"", signed=False)).epoch

    def statement(self) -> Statement:
        """What the center says of itself, proven; `time` goes by it from now on. Raises CenterFailed."""
        nonce, asked = secrets.token_hex(16), self.time.monotonic()
        answer = self._request("GET", "/v1/statement", b"", signed=False, extra={"OEB-Nonce": nonce})
        _check_plainly(answer)
        try:
            statement = verify_statement(answer.content, self._center_key, nonce)
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer {answer.status_code} is not the center's ({error.code})") from error
        self.time.learn(datetime.fromisoformat(statement.time), asked)
        return statement

    def attachment(self, sha256: str) -> AttachmentReply:
        """How much of it is at the center. Raises CenterFailed."""
        return self._understood(AttachmentReply, self._request("GET", f"/v1/attachments/{sha256}", b""))

    def put_attachment(self, sha256: str, data: bytes) -> None:
        """Raises CenterFailed, Poison."""
        check_accepted(self._request("PUT", f"/v1/attachments/{sha256}", data))

    def put_piece(self, sha256: str, start: int, size: int, data: bytes) -> AttachmentReply:
        """The bytes from `start` on, of `size` in all; how much is there then. Raises CenterFailed, Poison."""
        target = f"/v1/attachments/{sha256}?start={start}&size={size}"
        answer = self._request("PATCH", target, data)
        check_accepted(answer)
        return self._understood(AttachmentReply, answer)

    def deliver(self, envelope: Envelope, earlier: str = "") -> Receipt:
        """The verified receipt. Raises CenterFailed, Poison.

        `earlier`: the receipt there is already, so that a restored center gives the case its number back.
        """
        shown = {"OEB-Receipt": to_base64(earlier.encode())} if earlier else {}
        answer = self._request("PUT", f"/v1/envelopes/{envelope.envelope_id}", envelope.to_bytes(), extra=shown)
        check_accepted(answer)
        try:
            return self._verified(envelope, answer.content)
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer {answer.status_code} is not the center's receipt ({error.code})") from error

    def deliver_batch(self, parcels: Sequence[tuple[Envelope, str]]) -> tuple[list[Receipt], list[RefusedEnvelope]]:
        """Several envelopes, each with its earlier receipt or nothing; what was taken, verified, and what was refused.

        Raises CenterFailed where the answer as a whole is none: then each is to be tried alone.
        """
        batch = EnvelopeBatch(
            envelopes=tuple(envelope for envelope, _ in parcels),
            earlier=tuple(Receipt.model_validate_json(earlier) for _, earlier in parcels if earlier),
        )
        answer = self._request("POST", "/v1/envelopes", canonical(batch.model_dump(mode="json")))
        told = self._understood(BatchAnswer, answer)
        sent = {envelope.envelope_id: envelope for envelope, _ in parcels}
        try:
            receipts = [self._verified(sent[one.envelope_id], one) for one in told.receipts]
        except (KeyError, ReceiptRefused) as error:
            raise CenterFailed("the answer to a batch is not the center's") from error
        return receipts, [one for one in told.refused if one.envelope_id in sent]

    def _verified(self, envelope: Envelope, body: bytes | Receipt) -> Receipt:
        return verify_receipt(
            body, envelope_id=envelope.envelope_id, digest=digest(envelope), center_key=self._center_key
        )

    def result(self, case_id: str) -> ResultReply:
        """Raises CenterFailed."""
        return self._understood(ResultReply, self._request("GET", f"/v1/cases/{case_id}/result", b""))

    def document(self, case_id: str) -> bytes:
        """The PDF as it came; whether it is the one decided on, its digest tells. Raises CenterFailed."""
        target = f"/v1/cases/{quote(case_id, safe='')}/document"
        answer = self._request("GET", target, b"", most=LARGEST_DOCUMENT)
        _check_plainly(answer)
        return answer.content

    def look_up(self, name: str, parameters: dict[str, JsonValue]) -> LookupReply:
        """Raises CenterFailed."""
        body = canonical(LookupRequest(parameters=parameters).model_dump(mode="json"))
        return self._understood(LookupReply, self._request("POST", f"/v1/lookups/{quote(name, safe='')}", body))

    def progress(self, number: str) -> ProgressReply | None:
        """None: there is no such case. Raises CenterFailed."""
        return self._found(ProgressReply, self._request("GET", f"/v1/progress/{quote(number, safe='')}", b""))

    def follow(self, code: str) -> ProgressReply | None:
        """Of the case whose receipt has this code. None: it is not there, or not yet. Raises CenterFailed."""
        body = canonical(FollowRequest(code=code).model_dump(mode="json"))
        return self._found(ProgressReply, self._request("POST", "/v1/follows", body))

    def pickup(self, code: str) -> ProgressReply | None:
        """What a pick-up code is for; before its locker it opens. None: nobody was given it. Raises CenterFailed."""
        body = canonical(PickupRequest(code=code).model_dump(mode="json"))
        return self._found(ProgressReply, self._request("POST", "/v1/pickups", body))

    def is_applicant(self, number: str, card: str) -> bool | None:
        """Whether the case of that number was made with this card; None: there is no such case. Raises CenterFailed."""
        body = canonical(ApplicantRequest(number=card).model_dump(mode="json"))
        target = f"/v1/progress/{quote(number, safe='')}/applicant"
        told = self._found(ApplicantReply, self._request("POST", target, body))
        return told.same if told else None

    def keep_draft(self, token: str, sealed: bytes) -> DraftCode:
        """Raises CenterFailed."""
        body = canonical(DraftRequest(token=token, sealed=to_base64(sealed)).model_dump(mode="json"))
        return self._understood(DraftCode, self._request("POST", "/v1/drafts", body))

    def draft(self, locator: str) -> bytes | None:
        """None: it was used, or its days are over. Raises CenterFailed."""
        found = self._found(SealedDraft, self._request("GET", f"/v1/drafts/{locator}", b""))
        return from_base64(found.sealed) if found is not None else None

    def forget_draft(self, locator: str) -> None:
        """Raises CenterFailed."""
        _check_plainly(self._request("DELETE", f"/v1/drafts/{locator}", b""))

    def backed_up(self, digests: Sequence[str]) -> BackedUp:
        """What need not be kept here any more, and the center's epoch; proven. Raises CenterFailed."""
        body = canonical(BackedUpRequest(digests=tuple(digests)).model_dump(mode="json"))
        nonce = secrets.token_hex(16)
        answer = self._request("POST", "/v1/backed-up", body, nonce=nonce)
        _check_plainly(answer)
        try:
            return verify_backed_up(answer.content, nonce=nonce, center_key=self._center_key)
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer {answer.status_code} is not the center's ({error.code})") from error

    def ask(self, method: str, target: str, body: bytes = b"", nonce: str = "") -> bytes:
        """The body of the answer as it came: what it is, whoever asks must prove. Raises CenterFailed."""
        answer = self._request(method, target, body, nonce=nonce)
        _check_plainly(answer)
        return answer.content

    def _request(
        self,
        method: str,
        target: str,
        body: bytes,
        *,
        signed: bool = True,
        nonce: str = "",
        extra: Mapping[str, str] | None = None,
        most: int = 0,
    ) -> httpx.Response:
        """A center that refuses the time is asked for its own, and then once more. `most`: bytes, if not the usual."""
        nonce = nonce or secrets.token_hex(16)
        answer = self._send(method, target, body, nonce if signed else "", extra or {}, most)
        if signed and _is_clock_refusal(answer):
            self.statement()
            answer = self._send(method, target, body, nonce, extra or {}, most)
        return answer

    def _send(
        self, method: str, target: str, body: bytes, nonce: str, extra: Mapping[str, str], most: int
    ) -> httpx.Response:
        """Signed where there is a nonce."""
        headers = {"Content-Type": "application/octet-stream" if "/attachments/" in target else "application/json"}
        headers |= extra
        if nonce:
            headers |= sign_request(
                method,
                target,
                body,
                terminal_id=self.identity.terminal_id,
                signing_key=self._own_key,
                time=self.time.now(),
                nonce=nonce,
            )
        content: bytes | Iterator[bytes] | None = body or None
        if self._pace.limited and body:
            headers["Content-Length"] = str(len(body))
            content = self._pace.slices(body)
        try:
            more = {MOST_BYTES: most} if most else {}
            return self._client.request(method, target, content=content, headers=headers, extensions=more)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CenterFailed(f"the center cannot be reached ({type(error).__name__})") from error

    def _found(self, model: type[_Model], answer: httpx.Response) -> _Model | None:
        """None where the center itself says that there is no such thing."""
        if answer.status_code == _NOT_FOUND and problem_of(answer) is not None:
            return None
        return self._understood(model, answer)

    def _understood(self, model: type[_Model], answer: httpx.Response) -> _Model:
        _check_plainly(answer)
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            # The cause may quote personal data; it is kept out of every log by never being printed.
            raise CenterFailed(f"the answer {answer.status_code} is not a center's") from error


def _check_plainly(answer: httpx.Response) -> None:
    """For questions, of which none is poison."""
    try:
        check_accepted(answer)
    except Poison as error:
        raise CenterFailed(str(error), answered=True, status=answer.status_code) from error


def _is_clock_refusal(answer: httpx.Response) -> bool:
    known = problem_of(answer) if answer.status_code == _UNAUTHORIZED else None
    return known is not None and known.code == "clock"

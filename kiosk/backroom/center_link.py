"""The center over HTTP: every answer is believed only as far as it proves itself."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from devices.clock import Clock
from flows.api import Health, LookupReply, LookupRequest, ProblemDetails, ProgressReply, ResultReply
from flows.backups import BackedUp, BackedUpRequest, verify_backed_up
from flows.canonical import canonical, to_base64
from flows.wire import Envelope, Receipt, ReceiptRefused, digest, sign_request, verify_receipt
from kiosk.identity import Identity

_Model = TypeVar("_Model", bound=BaseModel)
_QUARANTINE = frozenset({409, 422})
_NOT_FOUND = 404


class CenterFailed(Exception):
    """Try again later; the text is one line without personal data. `answered`: a center was there and said so."""

    def __init__(self, message: str, *, answered: bool = False, status: int = 0) -> None:
        super().__init__(message)
        self.answered = answered
        self.status = status


class Poison(Exception):
    """The center looked at this envelope and will never take it."""


class CenterLink:
    """Safe to call from any thread; each call ends within the time limit given (s, per network operation).

    `transport` is the one seam to the network; without it the real one.
    """

    def __init__(
        self,
        url: str,
        identity: Identity,
        clock: Clock,
        timeout: float,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._identity = identity
        self._own_key = identity.own_key()
        self._center_key = identity.center_key()
        self._clock = clock
        self._client = httpx.Client(
            base_url=url, timeout=timeout, trust_env=False, follow_redirects=False, transport=transport
        )

    def close(self) -> None:
        self._client.close()

    def check(self) -> str:
        """The epoch it says it has, unproven. Raises CenterFailed where no center answers, such as a captive portal."""
        return self._understood(Health, self._request("GET", "/v1/health", b"", signed=False)).epoch

    def deliver(self, envelope: Envelope, sealed: Callable[[str], bytes], earlier: str = "") -> Receipt:
        """Attachments, then the envelope; the verified receipt. Raises CenterFailed, Poison, OSError of `sealed`.

        `earlier`: the receipt there is already, so that a restored center gives the case its number back.
        """
        for attachment in envelope.attachments:
            answer = self._request("PUT", f"/v1/attachments/{attachment.sha256}", sealed(attachment.sha256))
            self._accepted(answer)
        shown = {"OEB-Receipt": to_base64(earlier.encode())} if earlier else {}
        answer = self._request("PUT", f"/v1/envelopes/{envelope.envelope_id}", envelope.to_bytes(), extra=shown)
        self._accepted(answer)
        try:
            return verify_receipt(
                answer.content,
                envelope_id=envelope.envelope_id,
                digest=digest(envelope),
                center_key=self._center_key,
            )
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer {answer.status_code} is not the center's receipt ({error.code})") from error

    def result(self, case_id: str) -> ResultReply:
        """Raises CenterFailed."""
        return self._understood(ResultReply, self._request("GET", f"/v1/cases/{case_id}/result", b""))

    def document(self, case_id: str) -> bytes:
        """The PDF as it came; whether it is the one decided on, its digest tells. Raises CenterFailed."""
        answer = self._request("GET", f"/v1/cases/{quote(case_id, safe='')}/document", b"")
        self._accepted_plainly(answer)
        return answer.content

    def look_up(self, name: str, parameters: dict[str, JsonValue]) -> LookupReply:
        """Raises CenterFailed."""
        body = canonical(LookupRequest(parameters=parameters).model_dump(mode="json"))
        return self._understood(LookupReply, self._request("POST", f"/v1/lookups/{quote(name, safe='')}", body))

    def progress(self, number: str) -> ProgressReply | None:
        """None: there is no such case. Raises CenterFailed."""
        answer = self._request("GET", f"/v1/progress/{quote(number, safe='')}", b"")
        if answer.status_code == _NOT_FOUND and _problem(answer) is not None:
            return None
        return self._understood(ProgressReply, answer)

    def backed_up(self, digests: Sequence[str]) -> BackedUp:
        """What need not be kept here any more, and the center's epoch; proven. Raises CenterFailed."""
        body = canonical(BackedUpRequest(digests=tuple(digests)).model_dump(mode="json"))
        nonce = secrets.token_hex(16)
        answer = self._request("POST", "/v1/backed-up", body, nonce=nonce)
        self._accepted_plainly(answer)
        try:
            return verify_backed_up(answer.content, nonce=nonce, center_key=self._center_key)
        except ReceiptRefused as error:
            raise CenterFailed(f"the answer {answer.status_code} is not the center's ({error.code})") from error

    def ask(self, method: str, target: str, body: bytes = b"", nonce: str = "") -> bytes:
        """The body of the answer as it came: what it is, whoever asks must prove. Raises CenterFailed."""
        answer = self._request(method, target, body, nonce=nonce)
        self._accepted_plainly(answer)
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
    ) -> httpx.Response:
        headers = {"Content-Type": "application/octet-stream" if "/attachments/" in target else "application/json"}
        headers |= extra or {}
        if signed:
            headers |= sign_request(
                method,
                target,
                body,
                terminal_id=self._identity.terminal_id,
                signing_key=self._own_key,
                time=self._clock.now(),
                nonce=nonce or secrets.token_hex(16),
            )
        try:
            return self._client.request(method, target, content=body or None, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CenterFailed(f"the center cannot be reached ({type(error).__name__})") from error

    def _accepted(self, answer: httpx.Response) -> None:
        """Raises Poison where the center itself refuses for good, CenterFailed for every other refusal."""
        if answer.is_success:
            return
        problem = _problem(answer)
        if problem is None:
            raise CenterFailed(f"answered {answer.status_code} without a reason", status=answer.status_code)
        reason = f"{answer.status_code} {problem.code}: {problem.title}"
        if answer.status_code in _QUARANTINE and problem.action != "retry":
            raise Poison(reason)
        raise CenterFailed(reason, answered=True, status=answer.status_code)

    def _understood(self, model: type[_Model], answer: httpx.Response) -> _Model:
        self._accepted_plainly(answer)
        try:
            return model.model_validate_json(answer.content)
        except ValidationError as error:
            # The cause may quote personal data; it is kept out of every log by never being printed.
            raise CenterFailed(f"the answer {answer.status_code} is not a center's") from error

    def _accepted_plainly(self, answer: httpx.Response) -> None:
        try:
            self._accepted(answer)
        except Poison as error:
            raise CenterFailed(str(error), answered=True, status=answer.status_code) from error


def _problem(answer: httpx.Response) -> ProblemDetails | None:
    """What the center says is wrong; None for a page that some other machine sent."""
    try:
        return ProblemDetails.model_validate_json(answer.content)
    except ValidationError:
        return None

"""Terminals: enrolled by a one-time code, known by their key, refused once revoked or when a request comes twice."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.console import noted
from center.database import Database
from center.enrolment import VALID_FOR, fingerprint, new_code, read_code, secret_hash
from center.errors import Refused
from center.journal import Event, log
from center.services import Center
from center.tables import EnrolmentCode, Nonce, Terminal
from flows.api import EnrolmentRequest
from flows.keys import KeyRefused, decode_verify_key, encode_verify_key
from flows.wire import RequestRefused, signed_headers, verify_request

REQUEST_SKEW = timedelta(days=1)  # a terminal's clock may be wrong by this much; nonces are kept for longer
CODE_ID = 12  # hex digits that name a code in lists
REVOKED = "revoked"  # the code of a refusal
_KEEP_NONCES = 3 * REQUEST_SKEW
_ANY_CLOCK = timedelta(days=200_000)  # for requests that may be repeated without harm


@dataclass(frozen=True)
class SignedRequest:
    """A request as it came: `target` is path and query as sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


def add_code(center: Center, site: str) -> tuple[str, datetime]:
    """A new one-time code for a terminal at `site`, and when it expires. Only the code's hash is kept."""
    code, now = new_code(center.keys.signing.public_key()), center.clock.now()
    read = read_code(code)
    assert read is not None
    hashed, expires_at = secret_hash(read[0]), now + VALID_FOR
    with center.database.writing() as session:
        session.add(EnrolmentCode(secret_hash=hashed, site=site, made_at=now, expires_at=expires_at))
        noted(center, session, "code.made", hashed[:CODE_ID], site=site)
    return code, expires_at


def enrol(center: Center, request: EnrolmentRequest) -> Terminal:
    """The terminal this code made; the same key with the same code gets the same answer again. Raises Refused."""
    read = read_code(request.code)
    if read is None:
        raise Refused(422, "code", "This is not an enrolment code", "24 characters in six groups of four", "correct")
    if read[1] != fingerprint(center.keys.signing.public_key()):
        raise Refused(409, "otherCenter", "The code was made by another center", "check the center's URL", "correct")
    public_key, now = _terminal_key(request.public_key), center.clock.now()
    with center.database.writing() as session:
        code = session.get(EnrolmentCode, secret_hash(read[0]), with_for_update=True)
        if code is None:
            raise Refused(404, "code", "No such enrolment code", "make one: kiosk-center terminals add", "correct")
        if code.terminal_id is not None:
            return _same_again(session.get_one(Terminal, code.terminal_id), public_key)
        if code.withdrawn_at is not None:
            raise Refused(410, "codeWithdrawn", "The enrolment code was withdrawn", "make a new one", "correct")
        if code.expires_at < now:
            raise Refused(410, "codeExpired", "The enrolment code has expired", "make a new one", "correct")
        terminal = _new_terminal(session, code, public_key, request.name, now)
        more = {"site": terminal.site, "code": code.secret_hash[:CODE_ID]}
        noted(center, session, "terminal.enrol", terminal.terminal_id, by=terminal.terminal_id, **more)
        return terminal


def _terminal_key(text: str) -> str:
    try:
        return encode_verify_key(decode_verify_key(text))
    except KeyRefused as error:
        raise Refused(422, "key", "The terminal's public key is not one", str(error), "correct") from error


def _same_again(terminal: Terminal, public_key: str) -> Terminal:
    if terminal.public_key != public_key or terminal.revoked_at is not None:
        raise Refused(409, "codeUsed", "The enrolment code was used already", "make a new one", "correct")
    return terminal


def _new_terminal(session: Session, code: EnrolmentCode, public_key: str, name: str, now: datetime) -> Terminal:
    terminal_id = f"T{secrets.token_hex(6)}"
    terminal = Terminal(
        terminal_id=terminal_id, site=code.site, name=name[:200], public_key=public_key, enrolled_at=now
    )
    session.add(terminal)
    session.flush()
    code.terminal_id = terminal_id
    return terminal


def known_terminal(database: Database, terminal_id: str) -> Ed25519PublicKey:
    """The key of a terminal that is enrolled and not revoked. Raises Refused."""
    terminal = enrolled_terminal(database, terminal_id)
    if terminal.revoked_at is not None:
        raise Refused(403, REVOKED, "The terminal was taken out of service", "", "callMaintenance")
    return decode_verify_key(terminal.public_key)


def enrolled_terminal(database: Database, terminal_id: str) -> Terminal:
    """Also one that was revoked. Raises Refused."""
    with database.reading() as session:
        terminal = session.get(Terminal, terminal_id)
    if terminal is None:
        raise Refused(401, "unknownTerminal", "This center does not know the terminal", "enrol it", "enrol")
    return terminal


def authenticate(
    database: Database, request: SignedRequest, now: datetime, *, repeatable: bool = False, any_standing: bool = False
) -> str:
    """The terminal that signed the request. Raises Refused.

    A `repeatable` request changes nothing when it comes twice, so neither its nonce nor the terminal's clock matter:
    a terminal whose clock is wrong by years still delivers what it holds. `any_standing`: also of one that was revoked
    or whose certificate has expired, for what it must still be able to say.
    """
    try:
        terminal_id = signed_headers(request.headers)[0]
        terminal = enrolled_terminal(database, terminal_id)
        nonce = verify_request(
            request.method,
            request.target,
            request.body,
            request.headers,
            terminal_key=decode_verify_key(terminal.public_key),
            now=now,
            allowed_skew=_ANY_CLOCK if repeatable else REQUEST_SKEW,
        )
    except RequestRefused as error:
        action = "setClock" if error.code == "clock" else "callMaintenance"
        raise Refused(401, error.code, "The request is not accepted", str(error), action) from error
    if not any_standing:
        _check_standing(terminal, now)
    if not repeatable:
        _remember(database, terminal_id, nonce, now)
    return terminal_id


def _check_standing(terminal: Terminal, now: datetime) -> None:
    if terminal.revoked_at is not None:
        raise Refused(403, REVOKED, "The terminal was taken out of service", "", "callMaintenance")
    expires_at = terminal.certificate_expires_at
    if expires_at is not None and expires_at < now:
        raise Refused(403, "certificateExpired", "The terminal's certificate has expired", "", "renewCertificate")


def _remember(database: Database, terminal_id: str, nonce: str, now: datetime) -> None:
    """Insert and see: looking first would let two through at once."""
    if not 8 <= len(nonce) <= 64:
        raise Refused(401, "nonce", "The nonce must have 8 to 64 characters", "", "callMaintenance")
    try:
        with database.writing() as session:
            session.execute(delete(Nonce).where(Nonce.seen_at < now - _KEEP_NONCES))
            session.add(Nonce(terminal_id=terminal_id, nonce=nonce, seen_at=now))
    except IntegrityError as error:
        raise Refused(401, "replay", "This request was seen before", "sign it anew", "retry") from error


def all_codes(database: Database) -> list[EnrolmentCode]:
    """Newest first; a code's id is the first 12 digits of the hash that is kept of it."""
    with database.reading() as session:
        return list(session.scalars(select(EnrolmentCode).order_by(EnrolmentCode.made_at.desc())))


def withdraw_code(center: Center, named: str) -> str:
    """The id of the code withdrawn; `named` is that id or the code itself; empty where no unused one fits."""
    read = read_code(named)
    with center.database.writing() as session:
        fitting = EnrolmentCode.secret_hash.startswith(secret_hash(read[0]) if read else named.lower(), autoescape=True)
        unused = EnrolmentCode.terminal_id.is_(None) & EnrolmentCode.withdrawn_at.is_(None)
        found = session.scalars(select(EnrolmentCode).where(fitting, unused)).all()
        if len(found) != 1 or len(named) < CODE_ID:
            return ""
        found[0].withdrawn_at = center.clock.now()
        code_id = found[0].secret_hash[:CODE_ID]
        noted(center, session, "code.withdrawn", code_id)
    log(Event.CODE_WITHDRAWN, code_id=code_id)
    return code_id

"""Answers the screen's questions to the center: lookups of a matter, and the progress of a case."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.api import LookupReply, ProgressReply
from flows.case import CITIZEN_STATES
from flows.codes import CodeRefused, verify_code
from flows.text import Text
from kiosk.backroom import drafts
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.outbox import Outbox
from kiosk.messages.from_backroom import CenterAnswer
from kiosk.messages.to_backroom import (
    APPLICANT,
    FOLLOW,
    FORGET_DRAFT,
    IDENTITY_CODE,
    KEEP_DRAFT,
    OPEN_DRAFT,
    PICKUP,
    AskCenter,
)

PROGRESS = "progress"
_TOO_MANY = "tooManyTries"
_WAITS = Text(zh="材料已安全保存在本机，联网后将自动送达。", en="Kept safely on this terminal; it is sent by itself.")
TOO_MANY_TRIES = Text(
    zh="在这件申请上放过太多别人的证件。为保护申请人，一小时内不再核对。"
    "您是申请人本人的，可以现在继续，由工作人员核对；也可以一小时后再来，或带证件到受理窗口。",
    en="Too many cards of other people were laid for this application. To protect the applicant it is not checked for"
    " an hour. If it is yours you can go on now and staff will check; or come back in an hour, or bring your card to"
    " the counter.",
)
_CLIENT_ERRORS = range(400, 500)


def answer(
    message: AskCenter, link: CenterLink | None, outbox: Outbox | None, doubt: Callable[[], None]
) -> CenterAnswer:
    """Blocks for the time limit of the link at most; `doubt` is called where the center could not be reached."""
    try:
        if message.name == PROGRESS:
            return _progress(message, link, outbox)
        ask = _WAYS.get(message.name, _lookup)
        return ask(message, link)
    except CenterFailed as error:
        if not error.answered:
            doubt()
        refused = error.answered and error.status in _CLIENT_ERRORS and not error.busy
        return CenterAnswer(request=message.request, status="refused" if refused else "unavailable", message=str(error))


def _lookup(message: AskCenter, link: CenterLink | None) -> CenterAnswer:
    reply = _enrolled(link).look_up(message.name, dict(message.parameters))
    words = reply.message.zh if reply.message else ""
    return CenterAnswer(request=message.request, status=reply.status, data=reply.model_dump(mode="json"), message=words)


def _applicant(message: AskCenter, link: CenterLink | None) -> CenterAnswer:
    """In the shape of a lookup's reply; `same`: the case was made with this card, or with what stands for one."""
    number, card = (str(message.parameters.get(name, "")) for name in ("case_number", "number"))
    try:
        same = _enrolled(link).is_applicant(number, card)
    except CenterFailed as error:
        if error.code != _TOO_MANY:
            raise
        told = {"message": TOO_MANY_TRIES.model_dump(mode="json")}
        return CenterAnswer(request=message.request, status="refused", data=told)
    if same is None:
        return CenterAnswer(request=message.request, status="notFound")
    reply = LookupReply(status="found", data={"number": number, "same": same})
    return CenterAnswer(request=message.request, status="found", data=reply.model_dump(mode="json"))


def _identity(message: AskCenter, link: CenterLink | None) -> CenterAnswer:
    """What an identity code says, if the center signed it and it holds; nothing is asked over the network."""
    known = _enrolled(link)
    body, signature = (str(message.parameters.get(name, "")) for name in ("body", "signature"))
    try:
        said = verify_code("identity", body, signature, center_key=known.identity.center_key(), now=known.time.now())
    except CodeRefused as error:
        return CenterAnswer(request=message.request, status="refused", message=error.code)
    content: Any = dict(said.content)
    return CenterAnswer(request=message.request, status="found", data=content)


def _follow(message: AskCenter, link: CenterLink | None) -> CenterAnswer:
    return _told(message, _enrolled(link).follow(str(message.parameters.get("code", ""))))


def _pickup(message: AskCenter, link: CenterLink | None) -> CenterAnswer:
    return _told(message, _enrolled(link).pickup(str(message.parameters.get("code", ""))))


def _told(message: AskCenter, reply: ProgressReply | None) -> CenterAnswer:
    if reply is None:
        return CenterAnswer(request=message.request, status="notFound")
    return CenterAnswer(request=message.request, status="found", data=reply.model_dump(mode="json"))


def _enrolled(link: CenterLink | None) -> CenterLink:
    if link is None:
        raise CenterFailed("this terminal is not enrolled")
    return link


def _progress(message: AskCenter, link: CenterLink | None, outbox: Outbox | None) -> CenterAnswer:
    number = str(message.parameters.get("case_number", ""))
    entry = outbox.by_local_number(number) if outbox else None
    if entry is not None and entry.state in ("waiting", "quarantined") and not entry.case_number:
        waits = ProgressReply(
            case_number=number,
            matter=entry.matter,
            title=Text(zh=entry.matter, en=entry.matter),
            state="toSubmit",
            state_text=CITIZEN_STATES["toSubmit"],
            since=entry.created_at,
            received_at=entry.created_at,
            message=_WAITS,
        )
        return CenterAnswer(request=message.request, status="found", data=waits.model_dump(mode="json"))
    try:
        told = _enrolled(link).progress(entry.case_number if entry and entry.case_number else number)
    except CenterFailed as error:
        if error.code != _TOO_MANY:
            raise
        return CenterAnswer(request=message.request, status="refused", message=error.code)
    return _told(message, told)


_WAYS: Mapping[str, Callable[[AskCenter, CenterLink | None], CenterAnswer]] = {
    IDENTITY_CODE: _identity,
    FOLLOW: _follow,
    PICKUP: _pickup,
    APPLICANT: _applicant,
    KEEP_DRAFT: lambda message, link: drafts.keep(message, _enrolled(link)),
    OPEN_DRAFT: lambda message, link: drafts.open_kept(message, _enrolled(link)),
    FORGET_DRAFT: lambda message, link: drafts.forget(message, _enrolled(link)),
}

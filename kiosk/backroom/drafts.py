"""A visit kept for later, and gone on with: sealed here and opened here, for nobody else has the card's number."""

import secrets
from collections.abc import Mapping
from typing import Any

from flows.case import iso_seconds
from flows.codes import CodeRefused, verify_code
from flows.drafts import NONCE_BYTES, Draft, DraftRefused, locator_of, open_draft, seal_draft
from flows.secret_codes import CODE_BYTES, code_of
from kiosk.backroom.center_link import CenterLink
from kiosk.messages.from_backroom import CenterAnswer
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import AskCenter


def keep(message: AskCenter, link: CenterLink) -> CenterAnswer:
    """`matter`, `language`, `answers`, `number`; found with `code` and `until`. Raises CenterFailed."""
    given = message.parameters
    token = code_of(secrets.token_bytes(CODE_BYTES))
    said: Any = {name: given.get(name) for name in ("matter", "language", "answers")}
    draft = Draft.model_validate(said | {"kept_at": iso_seconds(link.time.now())})
    try:
        sealed = seal_draft(draft, token, str(given.get("number", "")), secrets.token_bytes(NONCE_BYTES))
    except DraftRefused as error:
        return CenterAnswer(request=message.request, status="refused", message=error.code)
    kept = link.keep_draft(token, sealed)
    return CenterAnswer(request=message.request, status="found", data=kept.model_dump(mode="json"))


def open_kept(message: AskCenter, link: CenterLink) -> CenterAnswer:
    """`body`, `signature`, `number`; found with the draft, or refused with the reason's code. Raises CenterFailed."""
    try:
        token = _token_in(message.parameters, link)
        sealed = link.draft(locator_of(token))
        if sealed is None:
            return CenterAnswer(request=message.request, status="notFound")
        draft = open_draft(sealed, token, str(message.parameters.get("number", "")))
    except (CodeRefused, DraftRefused) as error:
        return CenterAnswer(request=message.request, status="refused", message=error.code)
    return CenterAnswer(request=message.request, status="found", data=draft.model_dump(mode="json"))


def forget(message: AskCenter, link: CenterLink) -> CenterAnswer:
    """`body`, `signature`: it is gone on with. Raises CenterFailed: then it ends with its days."""
    try:
        link.forget_draft(locator_of(_token_in(message.parameters, link)))
    except CodeRefused as error:
        return CenterAnswer(request=message.request, status="refused", message=error.code)
    return CenterAnswer(request=message.request, status="found")


def _token_in(parameters: Mapping[str, Json], link: CenterLink) -> str:
    """Of a code that the center signed and that still holds; raises CodeRefused."""
    body, signature = (str(parameters.get(name, "")) for name in ("body", "signature"))
    said = verify_code("resume", body, signature, center_key=link.identity.center_key(), now=link.time.now())
    return str(said.content.get("draft", ""))

"""Every way the center refuses, for the OpenAPI document: status, code, action. A test finds one that is not here."""

from typing import Any, NamedTuple


class Known(NamedTuple):
    status: int
    code: str
    action: str = ""


KNOWN = (
    Known(400, "http"),
    Known(404, "http"),
    Known(405, "http"),
    Known(401, "missing", "callMaintenance"),
    Known(401, "altered", "retry"),
    Known(401, "signature", "callMaintenance"),
    Known(401, "clock", "setClock"),
    Known(401, "nonce", "callMaintenance"),
    Known(401, "replay", "retry"),
    Known(401, "unknownTerminal", "enrol"),
    Known(401, "notStaff", "correct"),
    Known(403, "revoked", "callMaintenance"),
    Known(403, "certificateExpired", "renewCertificate"),
    Known(403, "notYours"),
    Known(404, "code", "correct"),
    Known(404, "noDocument"),
    Known(404, "noSuchCase", "correct"),
    Known(404, "noSuchFile", "retry"),
    Known(404, "noSuchLookup", "callMaintenance"),
    Known(404, "noSuchPackage", "retry"),
    Known(404, "noSettings", "retry"),
    Known(404, "noSuchAttachment"),
    Known(404, "noSuchPart"),
    Known(404, "noSuchDraft", "correct"),
    Known(404, "noSuchPickupCode", "correct"),
    Known(404, "noHandover"),
    Known(404, "noSuchCode", "correct"),
    Known(404, "noSuchFollowUp", "correct"),
    Known(409, "conflict", "quarantine"),
    Known(409, "codeUsed", "correct"),
    Known(409, "otherCenter", "correct"),
    Known(409, "notNow"),
    Known(409, "onlyOnce"),
    Known(410, "codeExpired", "correct"),
    Known(410, "codeWithdrawn", "correct"),
    Known(413, "tooLarge", "quarantine"),
    Known(413, "tooLarge", "correct"),
    Known(422, "content", "quarantine"),
    Known(422, "code", "correct"),
    Known(422, "key", "quarantine"),
    Known(422, "mismatch", "quarantine"),
    Known(422, "piece", "quarantine"),
    Known(422, "sealed", "quarantine"),
    Known(422, "signature", "quarantine"),
    Known(422, "reasonMissing"),
    Known(422, "listMissing"),
    Known(424, "attachmentsMissing", "sendAttachments"),
    Known(429, "busy", "retry"),
    Known(429, "terminalBusy", "retry"),
    Known(429, "tooManyTries", "retry"),
    Known(500, "documentDamaged"),
    Known(500, "attachmentDamaged"),
    Known(503, "databaseSlow", "retry"),
    Known(503, "databaseAway", "retry"),
    Known(503, "blobsAway", "retry"),
    Known(503, "departmentUnavailable", "retry"),
    Known(503, "lockerAway", "retry"),
    Known(503, "fileDamaged", "retry"),
    Known(503, "notReady", "retry"),
)
BINARY = {"type": "string", "format": "binary"}  # schema of a body of bytes
CODES = sorted({known.code for known in KNOWN})
ACTIONS = sorted({known.action for known in KNOWN})


MEANING = {
    400: "The body is not what its Content-Type says",
    401: "Not signed by a terminal, or no token of staff, that the center knows",
    403: "Known, and not allowed",
    404: "There is no such thing, or not for whoever asks",
    409: "It contradicts what is here",
    410: "It was here, and is not any more",
    413: "The body is too large; it was not read",
    422: "The request is not understood, or what it holds is not true",
    424: "Something else must be sent first",
    429: "Too much at once: come back after `Retry-After` seconds",
    500: "What the center kept is damaged",
    503: "The center cannot do it now: come back after `Retry-After` seconds",
}


def may_refuse(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses` of a route: what does not follow from its being signed, or having a body (center/openapi.py)."""
    return {status: {"description": MEANING[status]} for status in statuses}

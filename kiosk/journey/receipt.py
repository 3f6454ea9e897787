"""What goes on the receipt: which template of `assets/receipts`, and the values it fills in."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.phone_pages import follow_address
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Result
from kiosk.messages.json_value import Json


@dataclass(frozen=True)
class Receipt:
    """`template` is a file name in assets/receipts without .yaml; `language` the one it is written in."""

    template: str
    values: Mapping[str, Json]
    language: str


def followed_at(setting: Setting, run: Run) -> str:
    """The address where a phone shows the progress; empty where the center has none, or what was brought is no case."""
    return follow_address(setting.phone_url, run.follow) if setting.phone_url and run.follow else ""


def write_receipt(setting: Setting, run: Run, result: Result, next_steps: tuple[str, ...]) -> Receipt:
    """`certificate` for a document issued on the spot, `case` for everything else; times are local."""
    matter, language = run.visit.matter, setting.language
    issued = bool(result.verify_url and result.verify_code and result.document_title)
    document: dict[str, Json] = {
        "document": result.document_title,
        "rows": [{"label": row.label, "value": row.value} for row in result.document_rows],
        "verify_url": result.verify_url,
        "verify_code": result.verify_code,
    }
    values: dict[str, Json] = {
        "matter": matter.title.in_language(language),
        "department": matter.department.in_language(language),
        "name": run.applicant_name,
        "number": result.number,
        "number_kind": result.number_kind,
        "time": f"{setting.surroundings.local_time():%Y-%m-%d %H:%M}",
        "site": setting.surroundings.site,
        "terminal": setting.surroundings.terminal_id,
        "terms": [{"label": row.label, "value": row.value} for row in run.visit.terms_rows(language)],
        "sample": result.document_sample,
        "next_steps": list(next_steps),
        "handover": list(result.handover.splitlines()),
        "follow_url": followed_at(setting, run),
        "pickup_code": result.pickup_code,
        "pickup_payload": result.pickup_payload,
        "contact": setting.contact,
    }
    return Receipt("certificate" if issued else "case", values | (document if issued else {}), language)

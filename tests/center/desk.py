"""A center in this process whose clock stands until it is put forward; staff and terminals ask it over HTTP."""

import asyncio
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import yaml
from fastapi import FastAPI

from center.app import app_of
from center.casework.timers import run_due
from center.services import Center, open_center
from center.settings import FLOWS_CATALOG, CenterSettings
from center.staff import CONSOLE, add_staff
from center.terminals import add_code
from flows.api import ProgressReply
from flows.case import Applicant
from flows.contents import Report, Supplement
from tests.center.terminals import NUMBER, Terminal
from tests.simulation.network import Server

URL = "http://center.test"
MONDAY = datetime(2023, 11, 6, 2, tzinfo=UTC)  # ten in the morning in China; the calendar knows three years from here
LINKED = "home-in-one-visit"
TOGETHER = "home-collected-together"  # the same, with things to collect
PARTS = (  # what is needed first, and whether it applies
    {"id": "tax", "needs": [], "days": 3},
    {"id": "title", "needs": ["tax"], "days": 5},
    {"id": "loan", "needs": ["title"], "days": 5},
    {"id": "water", "needs": [], "days": 2},
    {"id": "gas", "needs": [], "days": 2, "when": 'details.category == "pupil"'},
)


@dataclass
class StandingClock:
    moment: datetime = MONDAY

    def now(self):
        return self.moment

    def monotonic(self):
        return self.moment.timestamp()

    def forward(self, **time):
        self.moment += timedelta(**time)


@dataclass
class Staff:
    """Somebody at a desk, known by a token."""

    name: str
    http: httpx.Client
    token: str

    def asks(self, method, target, **body):
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.http.request(method, f"/v1/staff{target}", headers=headers, **({"json": body} if body else {}))

    def sees(self, number):
        answer = self.asks("GET", f"/cases/{number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def moves(self, number, move, **given):
        """The only part afterwards, or the one that was named."""
        answer = self.asks("POST", f"/cases/{number}/moves", move=move, **given)
        assert answer.status_code == 200, answer.text
        parts = answer.json()["parts"]
        return next(part for part in parts if part["id"] == given.get("part", parts[0]["id"]))

    def is_refused(self, number, move, **given):
        answer = self.asks("POST", f"/cases/{number}/moves", move=move, **given)
        assert answer.status_code >= 400, answer.text
        return answer.json()["code"]


@dataclass
class Desk:
    """`url` and `code` are what a Terminal of the tests needs of a center."""

    center: Center
    clock: StandingClock
    http: httpx.Client
    app: FastAPI
    url: str = URL
    people: dict = field(default_factory=dict)

    def code(self):
        return add_code(self.center, "瑞安市民中心")[0]

    def terminal(self):
        made = Terminal(self, http=self.http, clock=self.clock)
        assert made.enrol(self.code()).status_code == 201
        return made

    def staff(self, *roles, department="", name=""):
        """The same person for the same roles."""
        name = name or "-".join(filter(None, (*roles, department)))
        if name not in self.people:
            added = add_staff(self.center, CONSOLE, name, roles, department=department, days=4000)
            self.people[name] = Staff(name, self.http, added.token)
        return self.people[name]

    def works(self):
        """What the center does by itself, once."""
        return run_due(self.center, URL)

    def progress(self, terminal, number) -> ProgressReply:
        answer = terminal.get(f"/v1/progress/{number}")
        assert answer.status_code == 200, answer.text
        return ProgressReply.model_validate_json(answer.content)


def write_catalog(folder: Path) -> Path:
    """The two first matters, the accepted one with limits and a document; one that is handed over; two linked ones."""
    folder.mkdir()
    for shipped in ("social-insurance-certificate", "driving-licence-renewal"):
        shutil.copy(FLOWS_CATALOG / f"{shipped}.yaml", folder)
    accepted = yaml.load(
        (FLOWS_CATALOG / "resident-medical-insurance.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    row = {"label": {"zh": "申请人", "en": "Applicant"}, "answer": "who.name"}
    text = {"zh": "居民医保参保凭证（示例）", "en": "Proof of enrolment (sample)"}
    accepted |= {
        "limits": {"legal_days": 20, "promised_days": 10},
        "document": {"title": text, "statement": text, "rows": [row]},
    }
    _write(folder, accepted)
    del accepted["document"]
    _write(folder, accepted | {"id": LINKED, "parts": [_part(part) for part in PARTS]})
    counter = {"by": "pickup", "at": {"zh": "统一出件窗口", "en": "Counter for results"}, "parts": ["title", "gas"]}
    _write(folder, accepted | {"id": TOGETHER, "parts": [_part(part) for part in PARTS], "handover": [counter]})
    return folder


def _part(part):
    name = part["id"]
    told = {"id": name, "title": {"zh": f"{name} 事项", "en": name}, "department": {"zh": f"{name}局", "en": name}}
    told |= {"needs": part["needs"], "answers": ["details"], "limits": {"promised_days": part["days"]}}
    return told | ({"when": part["when"]} if "when" in part else {})


def _write(folder, matter):
    text = json.dumps(matter, ensure_ascii=False, indent=1)  # JSON is YAML
    (folder / f"{matter['id']}.yaml").write_text(text, encoding="utf-8")


class InProcess(httpx.BaseTransport):
    """The center's HTTP without a socket between."""

    def __init__(self, app):
        self._app, self._loop = app, asyncio.new_event_loop()
        self._server = Server(self._loop)

    def handle_request(self, request):
        return self._server.ask(self._app, request)

    def close(self):
        self._server.close()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


@contextmanager
def open_desk(state: Path, database: str, catalog: Path = FLOWS_CATALOG, public_url: str = ""):
    clock = StandingClock()
    settings = CenterSettings(state_folder=state, database=database, catalog=catalog, public_url=public_url)
    center = open_center(settings, clock)
    app = app_of(center, URL)
    with httpx.Client(transport=InProcess(app), base_url=URL) as http:
        yield Desk(center, clock, http, app)
    center.close()


def supplement_of(terminal, number, *, attachments=(), who=NUMBER, **more):
    return Supplement(
        supplement_id=terminal.new_id(),
        terminal_id=terminal.identity.terminal_id,
        case_number=number,
        language="zh",
        created_at="2026-11-02T02:00:00Z",
        applicant=Applicant(kind="citizen", name="测试甲", number=who),
        attachments=attachments,
        **more,
    )


def report_of(terminal, **more):
    return Report(
        report_id=terminal.new_id(),
        terminal_id=terminal.identity.terminal_id,
        place="Unavailable",
        text="测试乙：读卡器没有反应",
        mobile="13800000000",
        language="zh",
        created_at="2026-11-02T02:00:00Z",
        **more,
    )

"""An enrolled terminal's outbox and clerk with nothing around them; filled, where asked, with many waiting cases."""

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from pydantic import JsonValue

from devices.clock import SystemClock
from flows.case import Attachment, Case, applicant_from_card, iso_seconds
from flows.keys import SealingKey, encode_signing_key, encode_verify_key, new_signing_key
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.ledger import database_path
from kiosk.backroom.outbox import Outbox
from kiosk.identity import Identity, identity_path
from tests.shipped import catalog

ROWS = "WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < ?)"


class Stand:
    """In `folder`. `fill`: so many copies of one real sealed case wait already, each under an id of its own."""

    def __init__(self, folder: Path, identity: Identity | None = None, fill: int = 0) -> None:
        self.clock, self.folder = SystemClock(), folder
        folder.mkdir(parents=True, exist_ok=True)
        self.identity = identity or _nobody(folder)
        self._open()
        if fill:
            self.clerk.submit_case("s", self.case().model_dump(mode="json"))
            self.outbox.close()
            _multiply(folder, fill)
            self._open()

    def _open(self) -> None:
        self.outbox = Outbox(self.folder, self.clock, _refuse)
        self.clerk = Clerk(self.outbox, self.identity, self.clock, self.folder, reserve=1)

    def close(self) -> None:
        self.outbox.close()

    def case(self, attachments: tuple[Attachment, ...] = ()) -> Case:
        card: dict[str, JsonValue] = {"kind": "citizen", "name": "测试甲", "number": "330381189001010014"}
        return Case(
            case_id=uuid.uuid4().hex,
            terminal_id=self.identity.terminal_id,
            matter="resident-medical-insurance",
            matter_version=catalog()["resident-medical-insurance"].version,
            kind="accepted",
            language="zh",
            created_at=iso_seconds(self.clock.now()),
            applicant=applicant_from_card(card),
            answers={"who": card},
            attachments=attachments,
        )

    def sealed_bytes(self, case_id: str) -> list[bytes]:
        """What of this case lies on the disk: its attachments and the envelope."""
        query = "SELECT envelope FROM outbox WHERE envelope_id = ?"
        envelope = bytes(self.outbox.database.execute(query, [case_id]).fetchone()[0])
        owned = self.outbox.database.execute("SELECT sha256 FROM attachments WHERE envelope_id = ?", [case_id])
        return [*(self.outbox.attachment_path(sha256).read_bytes() for (sha256,) in owned.fetchall()), envelope]


def _nobody(folder: Path) -> Identity:
    key = new_signing_key()
    identity = Identity(
        terminal_id="T000000000001",
        site="示例站",
        center_sealing_key=SealingKey.generate().public.text,
        center_signing_key=encode_verify_key(new_signing_key().public_key()),
        epoch="e",
        signing_key=encode_signing_key(key),
        center_url="http://127.0.0.1:9",
    )
    identity_path(folder).write_bytes(identity.to_bytes())
    return identity


def _multiply(folder: Path, count: int) -> None:
    """Straight in the file: sealing so many would take minutes and be the same bytes in the end."""
    with closing(sqlite3.connect(database_path(folder))) as database, database:
        names = [row[1] for row in database.execute("PRAGMA table_info(outbox)").fetchall()]
        values = [{"envelope_id": "hex(randomblob(16))", "sequence": "o.sequence + n"}.get(n, f"o.{n}") for n in names]
        database.execute(
            f"{ROWS} INSERT INTO outbox ({', '.join(names)}) SELECT {', '.join(values)} FROM outbox o, count",
            [count],
        )
        database.execute("UPDATE counter SET last = last + ?", [count])


def _refuse(path: object) -> None:
    raise SystemExit(f"error: {path}: the outbox is damaged; run again")

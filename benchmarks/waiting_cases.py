"""Real sealed cases in a stage's outbox, put there by the backroom's own clerk while the center is away."""

import random
import uuid

from pydantic import JsonValue

from devices.clock import SystemClock
from flows.case import Attachment, Case, applicant_from_card, iso_seconds
from kiosk.backroom.clerk import Clerk
from kiosk.backroom.outbox import Outbox
from kiosk.demo.stage import Stage
from kiosk.identity import Identity, load_identity
from kiosk.messages.from_backroom import Committed
from kiosk.messages.to_backroom import Attach
from tests.shipped import catalog

PICTURE_SIZE = 200_000  # bytes, a page of the document camera as JPEG
STATE = "terminal"  # the stage's state folder


def fill_outbox(stage: Stage, count: int) -> None:
    """Sealed and on disk when this returns; no terminal may run on the stage meanwhile."""
    clock, folder = SystemClock(), stage.folder / STATE
    identity = load_identity(folder)
    assert identity is not None
    outbox = Outbox(folder, clock, on_damage=_refuse)
    clerk = Clerk(outbox, identity, clock, folder, reserve=0)
    chance = random.Random(1)
    try:
        for number in range(count):
            _submit(clerk, _case(identity, clock), chance.randbytes(PICTURE_SIZE), str(number))
    finally:
        outbox.close()


def _refuse(path: object) -> None:
    raise SystemExit(f"error: {path}: the stage's outbox is damaged; run again")


def _submit(clerk: Clerk, case: Case, picture: bytes, request: str) -> None:
    attached = clerk.attach(Attach(request=request, name="material-1", media_type="image/jpeg"), picture)
    material = Attachment(
        name="material-1", sha256=attached.sha256, size=attached.size, media_type="image/jpeg", step="material"
    )
    whole = case.model_copy(update={"attachments": (material,)})
    answer, _ = clerk.submit_case(request, whole.model_dump(mode="json"))
    if not isinstance(answer, Committed):
        raise SystemExit(f"error: a case was not committed: {answer.message}")


def _case(identity: Identity, clock: SystemClock) -> Case:
    card: dict[str, JsonValue] = {"kind": "citizen", "name": "测试甲", "number": "330381189001010014"}
    return Case(
        case_id=uuid.uuid4().hex,
        terminal_id=identity.terminal_id,
        matter="resident-medical-insurance",
        matter_version=catalog()["resident-medical-insurance"].version,
        kind="accepted",
        language="zh",
        created_at=iso_seconds(clock.now()),
        applicant=applicant_from_card(card),
        answers={"who": card},
    )

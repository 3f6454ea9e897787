"""What staff said with a move, sealed for the database; and what citizens are told."""

from collections.abc import Mapping

from center.casework.stages import Stage
from center.casework.tables import MoveRecord
from center.services import Center
from flows.contents import Missing
from flows.text import Frozen, Text

_INFO = b"OEB-1 move\n"
TOLD: Mapping[Stage, Text] = {
    Stage.WAITING: Text(
        zh="要等前面的事项办成后，再办这一项。", en="This part begins once the parts before it are done."
    ),
    Stage.RETURNED: Text(
        zh="预审没有通过，请按下面的说明修改后再提交。",
        en="It did not pass the first check. Please mend what is said below.",
    ),
    Stage.AWAITING_CORRECTION: Text(
        zh="材料不齐，请补交下面列出的材料，补齐后继续办理。",
        en="Something is missing. Please bring what is listed below; then it goes on.",
    ),
    Stage.CORRECTING: Text(
        zh="还需要下面列出的材料，补齐后继续办理；补材料的时间不计入办理时限。",
        en="We still need what is listed below. The time until then does not count.",
    ),
    Stage.PAUSED: Text(
        zh="办理时限暂停计算，恢复后继续办理。", en="The time limit is stopped for now; it goes on afterwards."
    ),
    Stage.NOT_ACCEPTED: Text(
        zh="不予受理。原因请看告知书，或到窗口咨询。", en="It was not accepted. Ask at the counter for the reasons."
    ),
    Stage.WITHDRAWN: Text(zh="申请已撤销，可以重新申请。", en="The application was withdrawn. You may apply again."),
    Stage.TERMINATED: Text(
        zh="办理已终止，请到窗口咨询。", en="It was ended before a decision. Please ask at the counter."
    ),
}
BLOCKED = Text(
    zh="前面的事项没有办成，这一项无法继续，请到窗口咨询。",
    en="A part that this one needs was not done, so it cannot go on. Please ask at the counter.",
)
LAPSED = Text(
    zh="没有在期限内补齐材料，申请视为放弃，可以重新申请。",
    en="Nothing came in time, so the application counts as given up. You may apply again.",
)
APPROVED = Text(zh="审批通过。", en="Your application is approved.")
REFUSED = Text(zh="审批不通过。", en="Your application is refused.")


class Given(Frozen):
    """What a move was made with."""

    reason: Text | None = None
    missing: tuple[Missing, ...] = ()


def seal_given(center: Center, case_id: str, given: Given) -> bytes | None:
    """None where nothing was given."""
    if given == Given():
        return None
    return center.keys.sealing.public.seal(given.model_dump_json().encode(), _INFO + case_id.encode())


def given_with(center: Center, move: MoveRecord) -> Given:
    if move.sealed is None:
        return Given()
    return Given.model_validate_json(center.keys.sealing.open(move.sealed, _INFO + move.case_id.encode()))

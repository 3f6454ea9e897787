"""The stages of a case, or of each part of a linked one, and every move between them: who may, from where, with what.

The stages are those of a production platform (domain facts, 办件); citizens see six words for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from flows.case import CaseState
from flows.text import Text


class Stage(StrEnum):
    INITIALISED = "initialised"  # 初始化, only while it is being stored
    WAITING = "waiting"  # 等待前置: a part that needs another one first
    AWAITING_PRECHECK = "awaitingPrecheck"  # 待预审
    RETURNED = "returned"  # 预审退回
    PRECHECKED = "prechecked"  # 预审通过
    AWAITING_RECEIPT = "awaitingReceipt"  # 待接件
    RECEIVED = "received"  # 已接件
    AWAITING_CORRECTION = "awaitingCorrection"  # 待补正, before acceptance (28)
    ACCEPTED = "accepted"  # 已受理: the clock runs
    CORRECTING = "correcting"  # 受理后待补正 (37): the clock stands
    PAUSED = "paused"  # 已暂停: the clock stands
    APPROVED = "approved"  # 审批通过: something is still to be handed over (出件)
    DISAPPROVED = "disapproved"  # 审批不通过
    COMPLETED = "completed"  # 正常办结
    WITHDRAWN = "withdrawn"  # 撤销
    NOT_ACCEPTED = "notAccepted"  # 不予受理
    TERMINATED = "terminated"  # 异常终止


Role = Literal["receiver", "examiner", "supervisor"]
Given = Literal["nothing", "reason", "missing"]
CITIZEN_WORDS: Mapping[Stage, CaseState] = {
    Stage.INITIALISED: "toSubmit",
    Stage.WAITING: "awaitingPrecheck",
    Stage.AWAITING_PRECHECK: "awaitingPrecheck",
    Stage.RETURNED: "returned",
    Stage.PRECHECKED: "inReview",
    Stage.AWAITING_RECEIPT: "inReview",
    Stage.RECEIVED: "inReview",
    Stage.AWAITING_CORRECTION: "awaitingCorrection",
    Stage.ACCEPTED: "inReview",
    Stage.CORRECTING: "awaitingCorrection",
    Stage.PAUSED: "inReview",
    Stage.APPROVED: "inReview",
    Stage.DISAPPROVED: "inReview",
    Stage.COMPLETED: "finished",
    Stage.WITHDRAWN: "finished",
    Stage.NOT_ACCEPTED: "finished",
    Stage.TERMINATED: "finished",
}
FINAL = frozenset({Stage.COMPLETED, Stage.WITHDRAWN, Stage.NOT_ACCEPTED, Stage.TERMINATED})
BEFORE_ACCEPTANCE = frozenset(
    {Stage.AWAITING_PRECHECK, Stage.PRECHECKED, Stage.AWAITING_RECEIPT, Stage.RECEIVED}
)  # here §32 counts five days
ASKED = frozenset({Stage.RETURNED, Stage.AWAITING_CORRECTION, Stage.CORRECTING})  # the citizen's turn
CLOCK_STANDS = frozenset({Stage.CORRECTING, Stage.PAUSED})
_OPEN = frozenset(Stage) - FINAL - {Stage.INITIALISED, Stage.APPROVED, Stage.DISAPPROVED}


@dataclass(frozen=True)
class Move:
    """`to` is None where a case goes back to where it was asked from. Without `roles` only the center itself moves."""

    name: str
    words: Text
    roles: tuple[Role, ...]
    origins: frozenset[Stage]
    to: Stage | None
    given: Given = "nothing"


def _move(
    name: str,
    words: tuple[str, str],
    roles: tuple[Role, ...],
    origins: Stage | frozenset[Stage],
    to: Stage | None,
    given: Given = "nothing",
) -> Move:
    from_ = frozenset({origins}) if isinstance(origins, Stage) else origins
    return Move(name, Text(zh=words[0], en=words[1]), roles, from_, to, given)


_MOVES = (
    # what comes in
    _move("submit", ("提交", "Submitted"), (), Stage.INITIALISED, Stage.AWAITING_PRECHECK),
    _move("submit-instant", ("即办受理", "Accepted at once"), (), Stage.INITIALISED, Stage.ACCEPTED),
    _move("wait", ("等待前置事项", "Waits for another part"), (), Stage.INITIALISED, Stage.WAITING),
    _move("release", ("前置事项已办成", "What it waited for is done"), (), Stage.WAITING, Stage.AWAITING_PRECHECK),
    _move("block", ("前置事项未办成", "What it waited for failed"), (), Stage.WAITING, Stage.TERMINATED),
    # 收件
    _move("precheck", ("预审通过", "Passed the first check"), ("receiver",), Stage.AWAITING_PRECHECK, Stage.PRECHECKED),
    _move("announce", ("待接件", "Waits to be received"), (), Stage.PRECHECKED, Stage.AWAITING_RECEIPT),
    _move("return", ("预审退回", "Returned"), ("receiver",), Stage.AWAITING_PRECHECK, Stage.RETURNED, "missing"),
    _move("receive", ("接件", "Received"), ("receiver",), Stage.AWAITING_RECEIPT, Stage.RECEIVED),
    _move("accept", ("受理", "Accepted"), ("receiver",), BEFORE_ACCEPTANCE, Stage.ACCEPTED),
    _move("accept-by-silence", ("逾期未告知，视为受理", "Accepted by law: nobody asked for anything"), (),
          BEFORE_ACCEPTANCE, Stage.ACCEPTED),
    _move("decline", ("不予受理", "Not accepted"), ("receiver",), BEFORE_ACCEPTANCE | {Stage.AWAITING_CORRECTION},
          Stage.NOT_ACCEPTED, "reason"),
    # 补正
    _move("request-correction", ("补正告知", "Told what is missing"), ("receiver",), BEFORE_ACCEPTANCE,
          Stage.AWAITING_CORRECTION, "missing"),
    _move("request-correction", ("受理后补正告知", "Told what is missing"), ("examiner",), Stage.ACCEPTED,
          Stage.CORRECTING, "missing"),
    _move("supplement", ("已补正", "What was missing has come"), ("receiver", "examiner"), ASKED, None),
    _move("lapse", ("逾期未补正，视为放弃", "Nothing came in time"), (), ASKED - {Stage.CORRECTING}, Stage.WITHDRAWN),
    # 审批
    _move("pause", ("暂停计时", "The clock is stopped"), ("examiner",), Stage.ACCEPTED, Stage.PAUSED, "reason"),
    _move("resume", ("恢复计时", "The clock goes on"), ("examiner",), Stage.PAUSED, Stage.ACCEPTED),
    _move("approve", ("审批通过", "Approved"), ("examiner",), Stage.ACCEPTED, Stage.APPROVED),
    _move("refuse", ("审批不通过", "Refused"), ("examiner",), Stage.ACCEPTED, Stage.DISAPPROVED, "reason"),
    # 出件
    _move("deliver", ("办结", "Finished"), ("receiver", "examiner"), frozenset({Stage.APPROVED, Stage.DISAPPROVED}),
          Stage.COMPLETED),
    # its end otherwise
    _move("withdraw", ("撤销", "Withdrawn"), ("receiver", "examiner"), _OPEN, Stage.WITHDRAWN, "reason"),
    _move("terminate", ("异常终止", "Terminated"), ("supervisor",), _OPEN | {Stage.APPROVED, Stage.DISAPPROVED},
          Stage.TERMINATED, "reason"),
)  # fmt: skip
MOVES: Mapping[str, tuple[Move, ...]] = {
    name: tuple(move for move in _MOVES if move.name == name) for name in dict.fromkeys(move.name for move in _MOVES)
}
STAFF_MOVES: Mapping[str, tuple[Move, ...]] = {name: moves for name, moves in MOVES.items() if moves[0].roles}
ONLY_ONCE = "request-correction"  # 行政许可法 §32: all of it is told once; before acceptance, and once after it


def find_move(name: str, stage: Stage) -> Move | None:
    return next((move for move in MOVES.get(name, ()) if stage in move.origins), None)


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """Those of staff, in the order above."""
    return tuple(move for move in _MOVES if move.roles and stage in move.origins)

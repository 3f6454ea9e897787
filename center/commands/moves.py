"""The moves of a case at the console: one command each, with what the move must be given."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from center.cases import find_case
from center.casework.moving import MoveRefused, Order
from center.casework.naming import read_missing, read_reason
from center.casework.settling import carry_out
from center.casework.stages import Given as Asked
from center.casework.viewing import CaseView, view_case
from center.casework.words import Given
from center.commands.options import By, Json, actor_of, case_named, say, say_json
from center.commands.place import Place, placed
from center.errors import CenterUnusable

CaseArgument = Annotated[str, typer.Argument(metavar="CASE[/PART]", help="Number or id; the part of a linked case.")]
Reason = Annotated[str, typer.Option(help="中文|English; told to the applicant.")]
MissingList = Annotated[
    list[str],
    typer.Option(
        "--missing",
        help="What is missing, for each: STEP, ID=中文|English for a picture, ID?=中文|English for words. Told once.",
    ),
]
HandOver = Annotated[bool, typer.Option("--hand-over", help="Something must still be handed over: then `deliver`.")]


def move_command(name: str, asked: Asked) -> Callable[..., None]:
    makers: Mapping[Asked, Callable[[str], Callable[..., None]]] = {
        "nothing": _plain,
        "reason": _with_reason,
        "missing": _with_list,
    }
    return _approval(name) if name == "approve" else makers[asked](name)


def _plain(name: str) -> Callable[..., None]:
    @placed
    def move(place: Place, case: CaseArgument, by: By = None, as_json: Json = False) -> None:
        _carry_out(case, Order(name), by, as_json, place)

    return move


def _approval(name: str) -> Callable[..., None]:
    @placed
    def move(
        place: Place, case: CaseArgument, hand_over: HandOver = False, by: By = None, as_json: Json = False
    ) -> None:
        _carry_out(case, Order(name, hands_over=hand_over), by, as_json, place)

    return move


def _with_reason(name: str) -> Callable[..., None]:
    @placed
    def move(place: Place, case: CaseArgument, reason: Reason, by: By = None, as_json: Json = False) -> None:
        _carry_out(case, Order(name), by, as_json, place, reason=reason)

    return move


def _with_list(name: str) -> Callable[..., None]:
    @placed
    def move(place: Place, case: CaseArgument, missing: MissingList, by: By = None, as_json: Json = False) -> None:
        _carry_out(case, Order(name), by, as_json, place, missing=tuple(missing))

    return move


def _carry_out(
    case: str,
    order: Order,
    by: str | None,
    as_json: bool,
    place: Place,
    *,
    reason: str | None = None,
    missing: tuple[str, ...] = (),
) -> None:
    number, _, part = case.partition("/")
    with place.opened() as center:
        record = case_named(center, number)
        try:
            given = Given(
                reason=None if reason is None else read_reason(reason),
                missing=tuple(read_missing(center, record, item) for item in missing),
            )
            whole = Order(order.move, part, given, order.hands_over)
            moved = carry_out(center, actor_of(center, by), record.case_id, whole, center.settings.address)
        except MoveRefused as refusal:
            raise CenterUnusable(str(refusal)) from refusal
        view = view_case(center, find_case(center, record.case_id) or record)
    _tell(view, moved.part_id, as_json)


def _tell(view: CaseView, part_id: str, as_json: bool) -> None:
    part = next(part for part in view.parts if part.id == part_id)
    if as_json:
        say_json(view.model_dump(mode="json"))
        return
    after = f"; next: {', '.join(part.possible)}" if part.possible else ""
    say(f"{view.case_number}{'' if len(view.parts) == 1 else f'/{part.id}'}: {part.stage}{after}")

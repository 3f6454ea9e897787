"""`kiosk-center handovers`: what lies ready, is handed out against its code, or goes by post (出件)."""

from typing import Annotated

import typer

from center.casework import handovers
from center.casework.handed_over import list_lines
from center.commands.options import By, Json, actor_of, by_part, case_named, refusals_told, say, tell
from center.commands.place import Place, placed
from center.services import Center
from center.tables import CaseRecord
from flows.handovers import grouped

app = typer.Typer(no_args_is_help=True, help="Results that are handed over: at a counter, from a locker, by post.")
Number = Annotated[str, typer.Argument(metavar="CASE", help="Number or id.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="As printed, in any grouping.")]
Tracking = Annotated[str, typer.Option(help="Number of the parcel; told to whoever asks for the progress.")]


@app.command("list")
@placed
def show_all(
    place: Place,
    done: Annotated[bool, typer.Option("--done", help="Also those that were handed over.")] = False,
    as_json: Json = False,
) -> None:
    """What is still to be handed over, oldest first; nobody is named."""
    with place.opened() as center:
        for line in list_lines(center, only_open=not done):
            stages = by_part((part.id, part.stage) for part in line.parts)
            tell(line, f"{line.case_number}  {stages}  {line.state}  {line.way}  {line.where}", as_json=as_json)


@app.command("ready")
@placed
def ready(place: Place, case: Number, by: By = None) -> None:
    """It lies at the counter, or in the compartment that has just opened."""
    with place.opened() as center, refusals_told():
        record = _case(center, case)
        row = handovers.make_ready(center, actor_of(center, by), record)
        where = f"compartment {row.compartment}" if row.compartment else "the counter"
        say(f"{record.case_number}: ready at {where}; next: handovers give CODE")


@app.command("give")
@placed
def give(place: Place, code: Code, by: By = None) -> None:
    """Hand it out against the code: once."""
    with place.opened() as center, refusals_told():
        record = handovers.give(center, actor_of(center, by), code)
        say(f"{record.case_number}: hand it out; the code is used up")


@app.command("post")
@placed
def post(place: Place, case: Number, tracking: Tracking = "", by: By = None) -> None:
    """It was posted."""
    with place.opened() as center, refusals_told():
        record = _case(center, case)
        handovers.post(center, actor_of(center, by), record, tracking)
        say(f"{record.case_number}: posted")


@app.command("address")
@placed
def address(place: Place, case: Number, by: By = None) -> None:
    """Where it is posted to; that you looked is kept in the audit log."""
    with place.opened() as center, refusals_told():
        say(handovers.address(center, actor_of(center, by), _case(center, case)))


@app.command("renew")
@placed
def renew(place: Place, case: Number, by: By = None) -> None:
    """A new code for somebody whose papers you have seen; the old one is no longer good."""
    with place.opened() as center, refusals_told():
        say(grouped(handovers.renew_code(center, actor_of(center, by), _case(center, case))))


def _case(center: Center, named: str) -> CaseRecord:
    return case_named(center, named, listed_by="handovers list")

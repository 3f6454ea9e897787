"""`kiosk-center followups`: bad ratings and reports that it did not work out, and what is done about them."""

from typing import Annotated

import typer

from center.casework import followups
from center.casework.followups import FollowUp, told
from center.commands.options import By, Json, actor_of, refusals_told, say, say_json, tell
from center.commands.place import Place, placed

app = typer.Typer(no_args_is_help=True, help="Bad ratings and reports, to be answered in time.")
Id = Annotated[str, typer.Argument(metavar="ID")]


@app.command("list")
@placed
def show_all(
    place: Place,
    closed: Annotated[bool, typer.Option("--closed", help="Also those that are answered.")] = False,
    as_json: Json = False,
) -> None:
    """The most urgent first."""
    with place.opened() as center:
        for row in followups.list_follow_ups(center, only_open=not closed):
            _tell(told(row), as_json)


@app.command("show")
@placed
def show(place: Place, follow_up_id: Id, by: By = None, as_json: Json = False) -> None:
    """What was said; that it was opened is logged."""
    with place.opened() as center, refusals_told():
        row, content, done = followups.open_words(center, actor_of(center, by), follow_up_id)
    if as_json:
        said = {"content": content.model_dump(mode="json"), "done": done}
        say_json(told(row).model_dump(mode="json") | said)
        return
    for key, value in (told(row).model_dump() | content.model_dump() | {"done": done}).items():
        say(f"{key}: {value}")


@app.command("contact")
@placed
def contact(place: Place, follow_up_id: Id, by: By = None, as_json: Json = False) -> None:
    """The person was spoken to."""
    with place.opened() as center, refusals_told():
        _tell(told(followups.contact(center, actor_of(center, by), follow_up_id)), as_json)


@app.command("close")
@placed
def close(
    place: Place,
    follow_up_id: Id,
    done: Annotated[str, typer.Option(help="What was done about it; kept sealed.")],
    by: By = None,
    as_json: Json = False,
) -> None:
    """After contact."""
    with place.opened() as center, refusals_told():
        _tell(told(followups.close(center, actor_of(center, by), follow_up_id, done)), as_json)


@app.command("review")
@placed
def review(
    place: Place,
    follow_up_id: Id,
    level: Annotated[int, typer.Option(min=1, max=5, help="What the person says now.")],
    by: By = None,
    as_json: Json = False,
) -> None:
    """追评, once and after it was closed."""
    with place.opened() as center, refusals_told():
        _tell(told(followups.review(center, actor_of(center, by), follow_up_id, level)), as_json)


def _tell(line: FollowUp, as_json: bool) -> None:
    level = f"level {line.level}" if line.level else "report"
    due = line.contact_by if line.state == "open" else line.fix_by
    late = f"  late: {line.late}" if line.late else ""
    words = f"{line.follow_up_id}  {line.state:9}  {level}  until {due}  {line.matter}{late}"
    tell(line, words, as_json=as_json)

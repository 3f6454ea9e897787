"""`kiosk-center audit`: who did what, and whether the log is whole."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from center import audit
from center.commands.options import Json, say, say_json, tell
from center.commands.place import Place, placed
from center.errors import CenterUnusable

app = typer.Typer(no_args_is_help=True, help="The audit log: a chain that shows whether it was touched.")


@app.command("list")
@placed
def show_all(
    place: Place,
    newest: Annotated[int, typer.Option(min=1, help="So many of the newest ones.")] = 100,
    as_json: Json = False,
) -> None:
    """One line an entry, oldest first."""
    with place.opened() as center, center.database.reading() as session:
        for entry in audit.entries_of(session, newest):
            more = " ".join(f"{key}={value}" for key, value in entry.more.items())
            words = f"{entry.number}  {entry.at}  {entry.actor}  {entry.action}  {entry.subject}  {more}".rstrip()
            tell(entry, words, as_json=as_json)


@app.command("head")
@placed
def head(place: Place) -> None:
    """The signed head as JSON: keep it elsewhere, and `verify --head` shows whether the log still holds it."""
    with place.opened() as center, center.database.reading() as session:
        newest = audit.head_of(session)
    if newest is None:
        raise CenterUnusable("the audit log has no entries yet")
    say(newest.model_dump_json())


@app.command("verify")
@placed
def verify(
    place: Place,
    noted: Annotated[Path | None, typer.Option("--head", help="File with a head that was kept elsewhere.")] = None,
    as_json: Json = False,
) -> None:
    """Walk the whole chain; exit code 1 and the first wrong entry if it was touched."""
    kept = audit.read_head(noted.read_text(encoding="utf-8")) if noted is not None else None
    if noted is not None and kept is None:
        raise CenterUnusable(f"{noted}: no head of an audit log; make one with: kiosk-center audit head")
    with place.opened() as center, center.database.reading() as session:
        verdict = audit.verify(session, center.keys.signing.public_key(), kept)
    if as_json:
        say_json({"entries": verdict.entries, "problem": verdict.problem})
    else:
        say(f"{verdict.entries} entries: {verdict.problem or 'whole'}", to_stderr=bool(verdict.problem))
    if verdict.problem:
        sys.exit(1)

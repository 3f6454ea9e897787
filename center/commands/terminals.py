"""`kiosk-center terminals`: codes to enrol them with, what is enrolled, and taking one out of service."""

from typing import Annotated

import typer

from center.commands.options import Config, Database, Json, State, opened, say, say_json
from center.errors import CenterUnusable
from center.terminals import add_code, all_terminals, revoke
from flows.case import iso_seconds

app = typer.Typer(no_args_is_help=True, help="Terminals and their enrolment.")


@app.command("add")
def add(
    site: Annotated[str, typer.Option(help="Where the terminal stands.")],
    as_json: Json = False,
    state: State = None,
    database: Database = None,
    config: Config = None,
) -> None:
    """Print a one-time code for a new terminal; it expires in seven days."""
    with opened(config, state, database) as center:
        code, expires_at = add_code(center.database, site, center.keys.signing.public_key(), center.clock.now())
    if as_json:
        say_json({"code": code, "site": site, "expires_at": iso_seconds(expires_at)})
    else:
        say(code)


@app.command("list")
def show_all(as_json: Json = False, state: State = None, database: Database = None, config: Config = None) -> None:
    """Every terminal that was enrolled."""
    with opened(config, state, database) as center:
        for terminal in all_terminals(center.database):
            status = "revoked" if terminal.revoked_at else "enrolled"
            since = iso_seconds(terminal.enrolled_at)
            if as_json:
                say_json(
                    {
                        "terminal_id": terminal.terminal_id,
                        "name": terminal.name,
                        "site": terminal.site,
                        "status": status,
                        "enrolled_at": since,
                    }
                )
            else:
                say(f"{terminal.terminal_id}  {status:8}  {since}  {terminal.name}  {terminal.site}")


@app.command("revoke")
def take_out(
    terminal_id: Annotated[str, typer.Argument(metavar="TERMINAL")],
    state: State = None,
    database: Database = None,
    config: Config = None,
) -> None:
    """Take nothing more from this terminal."""
    with opened(config, state, database) as center:
        if not revoke(center.database, terminal_id, center.clock.now()):
            raise CenterUnusable(f"no terminal {terminal_id}; see: kiosk-center terminals list")
    say(f"{terminal_id} revoked")

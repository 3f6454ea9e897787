"""`kiosk queue`: the cases that wait on this machine, in words; and `kiosk sync`."""

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, fail, one_line_errors

app = typer.Typer(no_args_is_help=True, help="The cases on this machine and what happens to them next.")


@app.command(name="list")
def list_cases(
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
    all_states: Annotated[bool, typer.Option("--all", help="Delivered ones and ratings too.")] = False,
) -> None:
    """One line a case that is still here undelivered (with --all: delivered ones and ratings too)."""
    from kiosk.backroom.queue import queue_list

    with one_line_errors(as_json=as_json):
        rows = queue_list(configuration(config).terminal.state_folder)
    rows = [row for row in rows if all_states or (row.state != "delivered" and row.kind == "case")]
    for row in rows:
        if as_json:
            emit(row.as_json())
        else:
            print(row.in_words())
    if not rows and not as_json:
        print("No case is waiting on this machine.")


@app.command()
def show(case_id: str, config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """Everything this machine may know of one case; its content is sealed and only the center can read it."""
    from kiosk.backroom.queue import queue_show

    with one_line_errors(as_json=as_json):
        row = queue_show(configuration(config).terminal.state_folder, case_id)
    if row is None:
        fail(f"no case {case_id} on this machine; `kiosk queue list --all` shows those there are", as_json=as_json)
    if as_json:
        emit({**row.as_json(), "kind": row.kind, "local_number": row.local_number})
    else:
        print(row.in_words())


@app.command()
def retry(
    case_id: Annotated[str | None, typer.Argument(help="One case; without it every one set aside.")] = None,
    config: ConfigFlag = None,
) -> None:
    """Offer cases that were set aside (quarantined) to the center again."""
    from kiosk.backroom.queue import queue_retry

    with one_line_errors():
        count = queue_retry(configuration(config).terminal.state_folder, case_id)
    if case_id is not None and not count:
        fail(f"no case {case_id} is set aside here; `kiosk queue list` shows those that are")
    print(f"{count} case(s) will be offered to the center again.")


@app.command()
def export(folder: Path, config: ConfigFlag = None) -> None:
    """Copy every sealed, undelivered case to a folder such as a USB stick."""
    from kiosk.backroom.queue import queue_export

    with one_line_errors():
        count = queue_export(configuration(config).terminal.state_folder, folder)
    print(f"{count} sealed case(s) written to {folder}; only the center can open them.")

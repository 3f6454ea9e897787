"""`kiosk queue`: the cases that wait on this machine, in words, and their way out on a stick."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, fail, one_line_errors

if TYPE_CHECKING:
    from kiosk.backroom.queue import Line

app = typer.Typer(no_args_is_help=True, help="The cases on this machine and what happens to them next.")
Words = Literal["zh", "en"]
_KINDS: Mapping[Words, Mapping[str, str]] = {
    "zh": {"rating": "评价", "supplement": "补正材料"},
    "en": {"rating": "rating", "supplement": "supplement"},
}
LanguageFlag = Annotated[Words | None, typer.Option("--language", help="zh or en; default: this machine's.")]


@app.command(name="list")
def list_cases(
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
    all_states: Annotated[bool, typer.Option("--all", help="Delivered ones and ratings too.")] = False,
    language: LanguageFlag = None,
) -> None:
    """Every case that is still here undelivered: why, since when, and what happens next."""
    from kiosk.backroom.queue import queue_lines

    words = language or _of_this_machine()
    with one_line_errors(as_json=as_json):
        lines = queue_lines(configuration(config))
    shown = [line for line in lines if all_states or (line.entry.state != "delivered" and line.entry.kind != "rating")]
    for line in shown:
        if as_json:
            emit(line.as_json())
        else:
            print(_in_words(line, words))
    if not shown and not as_json:
        print("本机没有等待送出的办件。" if words == "zh" else "No case is waiting on this machine.")


@app.command()
def show(case_id: str, config: ConfigFlag = None, as_json: JsonFlag = False, language: LanguageFlag = None) -> None:
    """Everything this machine may know of one case; its content is sealed and only the center can read it."""
    from kiosk.backroom.queue import queue_show

    with one_line_errors(as_json=as_json):
        line = queue_show(configuration(config), case_id)
    if line is None:
        fail(f"no case {case_id} on this machine; `kiosk queue list --all` shows those there are", as_json=as_json)
    if as_json:
        emit({**line.as_json(), "kind": line.entry.kind, "local_number": line.entry.local_number})
    else:
        print(_in_words(line, language or _of_this_machine()))


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
    from kiosk.backroom.stick import queue_export

    with one_line_errors():
        count = queue_export(configuration(config).terminal.state_folder, folder)
    print(f"{count} sealed case(s) written to {folder}; only the center can open them.")
    if count:
        print(f"next: kiosk-center cases import {folder} at the center, then kiosk queue import-receipts {folder} here")


@app.command(name="set-aside")
def set_aside(config: ConfigFlag = None) -> None:
    """Keep an outbox that this program cannot use beside a fresh one; nothing in it is deleted. Export it first."""
    from devices.clock import SystemClock
    from kiosk.backroom.queue import SyncProblem, queue_set_aside

    with one_line_errors():
        try:
            kept = queue_set_aside(configuration(config).terminal.state_folder, SystemClock())
        except SyncProblem as error:
            fail(str(error), code=error.code)
    if kept is None:
        fail("there is no outbox on this machine")
    print(f"kept as {kept}, its attachments beside it; a fresh one begins when the terminal starts.")


@app.command(name="import-receipts")
def import_receipts(folder: Path, config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """Mark the cases delivered whose receipts the center wrote to FOLDER (`kiosk-center cases import`)."""
    from kiosk.backroom import stick
    from kiosk.identity import IdentityDamaged, load_identity

    refused = good = 0
    with one_line_errors(as_json=as_json):
        state_folder = configuration(config).terminal.state_folder
        try:
            identity = load_identity(state_folder)
        except IdentityDamaged as error:
            fail(str(error), code="notEnrolled", as_json=as_json)
        if identity is None:
            fail("this terminal is not enrolled; run `kiosk enrol CODE --center URL`", as_json=as_json)
        for verdict in stick.import_receipts(state_folder, folder, identity):
            refused, good = refused + bool(verdict.refused), good + (not verdict.refused)
            if as_json:
                emit(
                    {
                        "file": verdict.file,
                        "case_number": verdict.case_number or None,
                        "skipped": verdict.refused or None,
                    }
                )
            else:
                said = f"skipped: {verdict.refused}" if verdict.refused else f"delivered, {verdict.case_number}"
                print(f"{verdict.file}: {said}")
    if not good and not refused:
        fail(f"{folder}: no receipts there; run `kiosk-center cases import` on it at the center", as_json=as_json)
    if refused:
        raise typer.Exit(1)


def _of_this_machine() -> Words:
    """As the other programs of this machine speak: Chinese where its locale is, and where it has none."""
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "zh")
    return "en" if locale.startswith(("en", "C", "POSIX")) else "zh"


def _in_words(line: "Line", words: Words) -> str:
    entry, told = line.entry, line.explanation
    what = entry.matter if entry.kind == "case" else _KINDS[words][entry.kind]
    number = entry.case_number or entry.local_number
    if words == "zh":
        head = f"{entry.envelope_id}  {what}  {number}  第 {entry.sequence} 件"
        waits = f"{line.since} 起在本机，已试 {entry.attempts} 次"
        return f"{head}\n    {waits}\n    原因：{told.why.zh}\n    接下来：{told.next.zh}"
    head = f"{entry.envelope_id}  {what}  {number}  no. {entry.sequence}"
    waits = f"here since {line.since}, tried {entry.attempts} times"
    return f"{head}\n    {waits}\n    why: {told.why.en}\n    next: {told.next.en}"

"""The tree of `kiosk` commands."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli import card, code, config, devices, matters, queue, receipt
from kiosk.cli.output import ConfigFlag, JsonFlag, config_path, configuration, emit, fail, one_line_errors

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    help="瓯e办: a self-service government terminal.",
)
app.add_typer(devices.app, name="devices")
app.add_typer(card.app, name="card")
app.add_typer(code.app, name="code")
app.add_typer(receipt.app, name="receipt")
app.add_typer(queue.app, name="queue")
app.add_typer(matters.app, name="matters")
app.add_typer(config.app, name="config")


@app.command()
def run(
    config: ConfigFlag = None,
    windowed: Annotated[bool, typer.Option("--windowed", help="In a window with a frame.")] = False,
    landscape: Annotated[bool, typer.Option("--landscape", help="Turn the configured screen on its side.")] = False,
) -> None:
    """Start the terminal on this screen."""
    from kiosk.cli.run import start

    raise typer.Exit(start(config_path(config), windowed=windowed, landscape=landscape))


@app.command()
def demo(
    visits: Annotated[
        int, typer.Option(min=1, max=1000, help="How many visits; matters and languages take turns.")
    ] = 4,
    out: Annotated[Path, typer.Option(help="Folder for pictures, receipts and cases.")] = Path("build/demo"),
    landscape: Annotated[bool, typer.Option("--landscape", help="1920x1080 instead of 1080x1920.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """A scripted visitor drives the real screens through whole visits; leaves pictures, receipt and case."""
    from kiosk.demo.show import DemoError, run_demo

    try:
        with one_line_errors(as_json=as_json):
            for row in run_demo(visits, out, landscape=landscape):
                if as_json:
                    emit(row.as_json())
                else:
                    print(row.in_words())
    except DemoError as error:
        fail(str(error), code="internalError", action="retry", as_json=as_json)


@app.command()
def doctor(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """What is wrong with this machine, and what to do; exit code 0 only when nothing is."""
    from kiosk.cli.doctor import examine_machine

    findings = list(examine_machine(config_path(config)))
    for finding in findings:
        if as_json:
            emit({"check": finding.check, "ok": finding.ok, "message": finding.message, "action": finding.action})
        else:
            advice = f" -> {finding.action}" if finding.action else ""
            print(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.check:12} {finding.message}{advice}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@app.command()
def sync(
    once: Annotated[bool, typer.Option("--once", help="One round over the waiting cases, then stop.")] = False,
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Deliver waiting cases to the center; without --once keep on until every case is delivered."""
    from kiosk.backroom.queue import SyncProblem, sync_now

    try:
        with one_line_errors(as_json=as_json):
            summary = sync_now(configuration(config), until_empty=not once)
    except SyncProblem as error:
        fail(
            str(error), code=error.code, action="configure" if error.code == "notEnrolled" else "retry", as_json=as_json
        )
    if as_json:
        emit(summary.as_json())
    else:
        print(summary.in_words())
    if summary.waiting:
        raise typer.Exit(1)


@app.command()
def enrol(
    code: str,
    center: Annotated[str | None, typer.Option(help="Address of the center; default: the configured one.")] = None,
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Make this terminal known to its center with a one-time code."""
    from kiosk.backroom.enrolment import EnrolmentError
    from kiosk.backroom.enrolment import enrol as enrol_here

    try:
        with one_line_errors(as_json=as_json):
            loaded = configuration(config)
            address = center or loaded.center.url
            if not address:
                fail("no center is named; add --center URL or [center] url", code="notEnrolled", as_json=as_json)
            identity = enrol_here(code, address, loaded.terminal.state_folder)
    except EnrolmentError as error:
        fail(str(error), code="notEnrolled", action="configure", as_json=as_json)
    if as_json:
        emit({"terminal_id": identity.terminal_id, "site": identity.site})
    else:
        print(f"Enrolled as {identity.terminal_id} at {identity.site}.")
        if loaded.center.url not in ("", identity.center_url):
            print(f"note: [center] url in terminal.toml is {loaded.center.url}: it overrides this; change or remove it")


@app.command()
def desk(
    folder: Annotated[Path, typer.Option(help="Folder of the running twins.")] = Path("var/twins"),
    left: Annotated[int, typer.Option(help="Pixels from the screen's left edge; beside the terminal.")] = 0,
) -> None:
    """The device desk: work the virtual devices by hand."""
    from kiosk.ui.desk.window import main

    raise typer.Exit(main(folder, left))

"""`kiosk devices`: what is plugged in, whether it works, what happened to it, and what to do where it does not work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from devices.clock import SystemClock
from devices.device import Action, Device, DeviceError, DeviceStatus, HealthLevel
from kiosk.backroom.hatch import TerminalSilent, ask_terminal
from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, fail, one_line_errors
from kiosk.cli.twins import twin
from kiosk.config import TerminalConfig

app = typer.Typer(invoke_without_command=True, help="The devices of this machine.")
app.command()(twin)

HISTORY = "devices.jsonl"
ADVICE = {
    Action.RETRY: "try again",
    Action.RESET: "switch it off and on again",
    Action.CLEAR: "put that right by hand",
    Action.REFILL: "refill it",
    Action.CONFIGURE: "check its cable and its section in terminal.toml",
    Action.CALL_MAINTENANCE: "have it repaired or replaced",
    Action.SUSPEND: "take it out of use",
}


@app.callback()
def devices(context: typer.Context) -> None:
    """The devices of this machine."""
    if context.invoked_subcommand is None:
        list_devices()


def examine(devices: Mapping[str, Device]) -> dict[str, DeviceStatus | DeviceError]:
    """Open all (one may look through another), ask each, close all; a device that is away is a value here."""
    found: dict[str, DeviceStatus | DeviceError] = {}
    with opened(devices) as away:
        for name, device in devices.items():
            try:
                found[name] = away.get(name) or device.status()
            except DeviceError as error:
                found[name] = error
    return found


@contextmanager
def opened(devices: Mapping[str, Device]) -> Iterator[dict[str, DeviceError]]:
    """Yields the errors of those that would not open."""
    away: dict[str, DeviceError] = {}
    for name, device in devices.items():
        try:
            device.open()
        except DeviceError as error:
            away[name] = error
    try:
        yield away
    finally:
        for device in reversed(list(devices.values())):
            with suppress(DeviceError):
                device.close()


def rows_of(config: TerminalConfig) -> list[dict[str, Any]]:
    """What is known of each device: from the running terminal, which has them all, else by asking each.

    Raises DriverConfigError, DeviceError.
    """
    running = _asked(config.terminal.state_folder, {"ask": "list"})
    if running is not None:
        return [{**row, "in_use": True} for row in running["devices"]]
    built = _built(config)
    return [_row(name, built[name], found) for name, found in examine(built).items()]


def _row(name: str, device: Device, found: DeviceStatus | DeviceError) -> dict[str, Any]:
    told = device.capabilities
    return {
        "device": name,
        "class": told.device_class,
        "model": told.model,
        "features": sorted(told.features),
        "state": "offline" if isinstance(found, DeviceError) else str(found.state),
        "action": str(found.action) if found.action else None,
        "message": str(found) if isinstance(found, DeviceError) else found.message,
        "in_use": False,
    }


@app.command(name="list")
def list_devices(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """Each configured device: its class, state, and what to do; beside a running terminal as that one sees them."""
    with one_line_errors(as_json=as_json):
        rows = rows_of(configuration(config))
    for row in rows:
        if as_json:
            emit(row)
        else:
            state = f"in use by the running terminal: {row['state']}" if row["in_use"] else row["state"]
            said = f"{row['message']}{advice(row['action'])}"
            print(f"{row['device']:18} {state:14} {row['model']}  {said}".rstrip())


@app.command()
def test(
    device_class: Annotated[
        str, typer.Argument(metavar="CLASS", help="idcard, scanner, camera, printer, or a device's name")
    ],
    level: Annotated[
        HealthLevel, typer.Option(help="How far to go: ask it, exercise it unseen, or with you watching.")
    ] = HealthLevel.SELF_TEST,
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Exercise every device of a class and say what was found; exit code 1 when one is not healthy."""
    with one_line_errors(as_json=as_json):
        loaded = configuration(config)
        built = _built(loaded)
        folders = {name: str(keys.get("driver", "")) for name, keys in loaded.devices.items()}
        chosen = [
            name
            for name, device in built.items()
            if device_class in (name, device.capabilities.device_class, folders[name].partition(".")[0])
        ]
        if not chosen:
            fail(f"no device or class '{device_class}'; configured: {', '.join(built)}", as_json=as_json)
        results = [_reported(name, result, as_json) for name, result in _tested(loaded, built, chosen, level)]
    if not all(results):
        raise typer.Exit(1)


def _tested(
    config: TerminalConfig, built: Mapping[str, Device], chosen: list[str], level: HealthLevel
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    folder = config.terminal.state_folder
    if _asked(folder, {"ask": "list"}) is not None:
        for name in chosen:
            answer = dict(_asked(folder, {"ask": "test", "device": name, "level": str(level)}) or {})
            yield name, {"healthy": False, "findings": [str(answer.get("error", "no answer"))], "action": None} | answer
        return
    with opened(built) as away:
        for name in chosen:
            yield name, _health(built[name], away.get(name), level)


def _health(device: Device, away: DeviceError | None, level: HealthLevel) -> Mapping[str, Any]:
    try:
        if away is not None:
            raise away
        report = device.check_health(level)
        healthy, findings, action = report.healthy, report.findings, report.action
    except DeviceError as error:
        healthy, findings, action = False, (str(error),), error.action
    return {"healthy": healthy, "findings": list(findings), "action": str(action) if action else None}


def _reported(name: str, result: Mapping[str, Any], as_json: bool) -> bool:
    healthy = bool(result["healthy"])
    if as_json:
        keys = ("healthy", "findings", "action")
        emit({"device": name, **{key: result[key] for key in keys}})
    else:
        found = "; ".join(result["findings"])
        words = f"{'works' if healthy else 'does not work'}{': ' if found else ''}{found}"
        print(f"{name}: {words}{advice(result['action'])}")
    return healthy


@app.command()
def history(
    name: Annotated[str, typer.Argument(help="A device; all of them without it.")] = "",
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """What happened to the devices, oldest first: the last 200 changes of each, over restarts."""
    from dataclasses import asdict

    from devices.history import DeviceHistory

    with one_line_errors(as_json=as_json):
        loaded = configuration(config)
    if name and name not in loaded.devices:
        fail(f"no device '{name}'; configured: {', '.join(loaded.devices)}", as_json=as_json)
    changes = DeviceHistory(loaded.terminal.state_folder / HISTORY, SystemClock()).changes(name)
    for change in changes:
        if as_json:
            emit(asdict(change))
        else:
            print(
                f"{change.time}  {change.device:18} {change.state:14} {change.message}{advice(change.action)}".rstrip()
            )
    if not changes and not as_json:
        print("nothing has been noted yet: history begins with the first `kiosk run`")


def advice(action: str | None) -> str:
    """What to do, in words, behind an arrow; empty where there is nothing to do."""
    return f" -> {ADVICE[Action(action)]}" if action in list(Action) else ""


def _built(config: TerminalConfig) -> dict[str, Device]:
    from devices.drivers import build_devices

    return dict(build_devices(config.devices, SystemClock()))


def _asked(folder: Path, question: Mapping[str, Any]) -> Mapping[str, Any] | None:
    try:
        return ask_terminal(folder, question)
    except TerminalSilent as error:
        raise DeviceError(str(error), code="deviceNotReady", action=Action.RETRY) from error

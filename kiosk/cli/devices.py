"""`kiosk devices`: what is plugged in, whether it works, and what to do where it does not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Annotated

import typer

from devices.clock import SystemClock
from devices.device import Device, DeviceError, DeviceStatus, HealthLevel
from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, fail, one_line_errors

app = typer.Typer(invoke_without_command=True, help="The devices of this machine.")


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


def built(config: ConfigFlag) -> dict[str, Device]:
    from devices.drivers import build_devices

    return dict(build_devices(configuration(config).devices, SystemClock()))


@app.command(name="list")
def list_devices(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """Each configured device: its class, state, and what to do."""
    with one_line_errors(as_json=as_json):
        devices = built(config)
        statuses = examine(devices)
    for name, device in devices.items():
        found = statuses[name]
        state = "offline" if isinstance(found, DeviceError) else str(found.state)
        message = str(found) if isinstance(found, DeviceError) else found.message
        if as_json:
            model, kind = device.capabilities.model, device.capabilities.device_class
            action = str(found.action) if found.action else None
            emit({"device": name, "class": kind, "model": model, "state": state, "action": action, "message": message})
        else:
            print(f"{name:18} {state:14} {device.capabilities.model}  {message}".rstrip())


@app.command()
def test(
    device_class: Annotated[
        str, typer.Argument(metavar="CLASS", help="idcard, scanner, camera, printer, or a device's name")
    ],
    config: ConfigFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Exercise every device of a class and say what was found; exit code 1 when one is not healthy."""
    with one_line_errors(as_json=as_json):
        devices = built(config)
        folders = {name: str(keys.get("driver", "")) for name, keys in configuration(config).devices.items()}
        chosen = {
            name: device
            for name, device in devices.items()
            if device_class in (name, device.capabilities.device_class, folders[name].partition(".")[0])
        }
        if not chosen:
            fail(f"no device or class '{device_class}'; configured: {', '.join(devices)}", as_json=as_json)
    with opened(devices) as away:
        healthy = [_test_one(name, device, away.get(name), as_json) for name, device in chosen.items()]
    if not all(healthy):
        raise typer.Exit(1)


def _test_one(name: str, device: Device, away: DeviceError | None, as_json: bool) -> bool:
    try:
        if away is not None:
            raise away
        report = device.check_health(HealthLevel.SELF_TEST)
        healthy, findings, action = report.healthy, report.findings, report.action
    except DeviceError as error:
        healthy, findings, action = False, (str(error),), error.action
    if as_json:
        emit(
            {"device": name, "healthy": healthy, "findings": list(findings), "action": str(action) if action else None}
        )
    else:
        advice = f" -> {action}" if action else ""
        print(f"{name}: {'works' if healthy else 'does not work'}: {'; '.join(findings)}{advice}")
    return healthy

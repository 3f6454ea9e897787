"""`kiosk config`: check, show and describe terminal.toml."""

import typer

from devices.clock import SystemClock
from kiosk.cli.output import ConfigFlag, JsonFlag, config_path, configuration, emit, one_line_errors
from kiosk.config import schema
from kiosk.given import with_given

app = typer.Typer(no_args_is_help=True, help="Check, show or describe terminal.toml.")


@app.command()
def check(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """Say whether the configuration is right; otherwise where it is wrong and what is known there."""
    from devices.drivers import build_devices

    with one_line_errors(as_json=as_json):
        loaded = configuration(config)
        build_devices(loaded.devices, SystemClock())
        path = config_path(config)
    if as_json:
        emit({"file": str(path), "valid": True, "devices": sorted(loaded.devices)})
    else:
        print(f"{path}: right; devices: {', '.join(sorted(loaded.devices)) or 'none'}")


@app.command()
def show(config: ConfigFlag = None) -> None:
    """Print the configuration in force, with defaults and what the center set, as JSON."""
    with one_line_errors():
        print(with_given(configuration(config)).model_dump_json(indent=2))


@app.command(name="schema")
def print_schema() -> None:
    """Print the JSON Schema of terminal.toml."""
    import json

    print(json.dumps(schema(), ensure_ascii=False, indent=2))

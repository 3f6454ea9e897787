"""`kiosk devices twin`: works the virtual devices; alone it lists them, their states and what each can be told."""

from pathlib import Path
from typing import Annotated

import typer

from devices.twins_client import TwinClient, TwinError
from kiosk.cli.output import JsonFlag, emit, fail


def twin(
    name: Annotated[str, typer.Argument(help="idcard, scanner, camera, printer; all of them without it.")] = "",
    verb: Annotated[str, typer.Argument(help="What to do, such as unplug; without it: state and verbs.")] = "",
    arguments: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE...", help="Such as card=moved.")] = None,
    folder: Annotated[Path, typer.Option(help="Folder of the running twins.")] = Path("var/twins"),
    as_json: JsonFlag = False,
) -> None:
    """Work a virtual device, or list them with what each can be told."""
    given = dict(argument.partition("=")[::2] for argument in arguments or ())
    unclear = [argument for argument in arguments or () if "=" not in argument]
    if unclear:
        fail(f"'{unclear[0]}' is no KEY=VALUE", as_json=as_json)
    client = TwinClient(folder)
    try:
        if verb:
            _show(name, dict(client.do(name, verb, **given)), {}, as_json=as_json)
            return
        known = client.verbs()
        if name and name not in known:
            fail(f"unknown twin '{name}'; known: {', '.join(known)}", as_json=as_json)
        for each in [name] if name else known:
            _show(each, dict(client.state(each)), known[each], as_json=as_json)
    except TwinError as error:
        fail(str(error), as_json=as_json)
    finally:
        client.close()


def _show(name: str, state: dict[str, object], verbs: dict[str, dict[str, list[str] | None]], *, as_json: bool) -> None:
    if as_json:
        emit({"twin": name, "state": state} | ({"verbs": verbs} if verbs else {}))
        return
    print(f"{name}: " + ", ".join(f"{key}={_word(value)}" for key, value in state.items()))
    for verb, arguments in verbs.items():
        told = " ".join(f"{key}={'|'.join(allowed) if allowed else '…'}" for key, allowed in arguments.items())
        print(f"    {verb} {told}".rstrip())


def _word(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)

"""`kiosk-center openapi`: the contract as a file, such as docs/openapi.json."""

import json
from pathlib import Path
from typing import Annotated

import typer

from center.commands.options import say


def openapi(out: Annotated[Path | None, typer.Option(help="File to write; absent: stdout.")] = None) -> None:
    """Write the OpenAPI document of the center's HTTP interface."""
    from center.app import bare_app

    text = json.dumps(bare_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True)
    if out is None:
        say(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")

"""`kiosk code`: read bar and QR codes from pictures."""

from pathlib import Path

import typer

from kiosk.cli.output import JsonFlag, emit, one_line_errors

app = typer.Typer(no_args_is_help=True, help="Read bar codes and QR codes.")


@app.callback()
def code() -> None:
    """Read bar codes and QR codes."""


@app.command()
def read(images: list[Path], as_json: JsonFlag = False) -> None:
    """A line an image: the codes found in it. Exit code 1 when an image could not be opened."""
    from devices.scanner.read_image import read_image

    failed: list[str] = []
    for image in images:
        try:
            with one_line_errors(as_json=as_json):
                found = read_image(image)
        except typer.Exit:
            failed.append(str(image))
            continue
        codes = [{"symbology": code.symbology, "text": code.text} for code in found.codes]
        if as_json:
            refused = {"refused": list(found.refused)} if found.refused else {}
            emit({"image": str(image), "codes": codes, "ms": round(found.ms, 1), **refused})
        else:
            words = ", ".join(f"{code.symbology} {code.text}" for code in found.codes)
            turned_away = f"a code was refused: {'; '.join(found.refused)}" if found.refused else ""
            print(f"{image}: {'; '.join(filter(None, (words, turned_away))) or 'no code found'}")
    if failed:
        raise typer.Exit(1)

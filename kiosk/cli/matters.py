"""`kiosk matters`: list, check and preview matters (事项)."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli.output import ConfigFlag, JsonFlag, configuration, emit, one_line_errors
from kiosk.places import ASSETS, CATALOG

if TYPE_CHECKING:
    from flows.positions import Problem

app = typer.Typer(no_args_is_help=True, help="The matters (事项) this terminal offers.")


@app.command(name="list")
def list_matters(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """What this terminal offers: the center's newest package, without what is switched off here, else what shipped."""
    from kiosk.catalog import load_installed

    with one_line_errors(as_json=as_json):
        offered = load_installed(configuration(config).terminal.state_folder, CATALOG)
    for matter in offered.matters.values():
        row = {
            "id": matter.id,
            "version": matter.version,
            "kind": matter.kind,
            "title": matter.title.zh,
            "title_en": matter.title.en,
            "steps": len(matter.steps),
            "package": offered.version,
        }
        if as_json:
            emit(row)
        else:
            print(f"{matter.id:32} {matter.kind:9} {len(matter.steps):2} steps  {matter.title.zh}  {matter.title.en}")


@app.command()
def unconfirmed(config: ConfigFlag = None, as_json: JsonFlag = False) -> None:
    """What is offered here and nobody has checked against the local 办事指南 yet: matter, what, value."""
    from kiosk.catalog import load_installed

    with one_line_errors(as_json=as_json):
        offered = load_installed(configuration(config).terminal.state_folder, CATALOG)
    for matter in offered.matters.values():
        for fact in matter.unconfirmed:
            if as_json:
                emit({"id": matter.id, "what": fact.what.model_dump(), "value": fact.value.model_dump()})
            else:
                print(f"{matter.id:32} {fact.what.zh}: {fact.value.zh}")


@app.command()
def check(paths: list[Path], as_json: JsonFlag = False) -> None:
    """Check matter files; each mistake is one line: file, line, what is wrong, what is allowed."""
    from flows.load import MatterError, load_matter

    wrong = 0
    for path in paths:
        try:
            with one_line_errors(as_json=as_json):
                matter = load_matter(path)
            missing = _missing_icon(path, matter.icon)
            if missing:
                raise MatterError([missing])
        except MatterError as error:
            wrong += 1
            _say_wrong(map(str, error.problems), as_json=as_json)
            continue
        except typer.Exit:
            wrong += 1
            continue
        if as_json:
            emit({"file": str(path), "valid": True, "id": matter.id, "steps": len(matter.steps)})
        else:
            print(f"{path}: right: {matter.title.zh} / {matter.title.en}, {len(matter.steps)} steps")
    if wrong:
        raise typer.Exit(1)


def _missing_icon(path: Path, name: str) -> "Problem | None":
    """It lies beside the file or comes with the program; what is published without one is refused."""
    from flows.positions import Problem

    shipped = ASSETS / "icons"
    if any((folder / f"{name}.svg").is_file() for folder in (path.parent / "icons", shipped)):
        return None
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    line = next((number for number, text in enumerate(lines, 1) if text.startswith("icon:")), 1)
    known = ", ".join(sorted(icon.stem for icon in shipped.glob("*.svg")))
    return Problem(str(path), line, f"there is no icon '{name}'", f"icons/{name}.svg beside the file, or {known}")


def _say_wrong(problems: Iterable[str], *, as_json: bool) -> None:
    for problem in problems:
        if as_json:
            emit({"error": {"code": "invalidMatter", "action": "configure", "message": problem}})
        else:
            typer.echo(problem, err=True)


@app.command()
def schema() -> None:
    """The shape of a matter file as JSON Schema, for editors; `use` stands for what a fragment puts in."""
    from flows.schema import matter_schema

    emit(matter_schema())


@app.command()
def preview(
    path: Path,
    config: ConfigFlag = None,
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
) -> None:
    """Open the real screens with this one matter, with virtual devices, for its author to walk through."""
    from kiosk.cli.preview import preview_matter

    with one_line_errors():
        preview_matter(path, config, language)

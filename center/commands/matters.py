"""`kiosk-center matters`: publish matters to every terminal, list what is offered, take one away."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import JsonValue

from center.commands.options import Json, say, say_json, tell
from center.commands.place import Place, placed
from center.errors import CenterUnusable
from center.packages import (
    Draft,
    all_packages,
    offered,
    package,
    publish,
    read_draft,
    sign_package,
    signatures,
    withdraw,
)
from center.services import Center
from flows.case import iso_seconds
from flows.keys import KeyRefused, decode_signing_key
from flows.load import MatterError
from flows.packages import Manifest

app = typer.Typer(no_args_is_help=True, help="Matters (事项) and the packages that carry them to the terminals.")


@app.command("publish")
@placed
def publish_matters(
    place: Place,
    paths: Annotated[list[Path] | None, typer.Argument(help="YAML files, or folders of them.")] = None,
    as_json: Json = False,
) -> None:
    """Check these matters and send them out, beside all that is offered; without a path, what is offered once more."""
    drafts = _drafts(paths or [], as_json=as_json)
    with place.opened() as center:
        _tell(center, publish(center, drafts), as_json=as_json)


@app.command("withdraw")
@placed
def withdraw_matter(
    place: Place, matter: Annotated[str, typer.Argument(help="Its id.")], as_json: Json = False
) -> None:
    """Take a matter off every terminal; cases under way are decided all the same."""
    with place.opened() as center:
        _tell(center, withdraw(center, matter), as_json=as_json)


@app.command("sign")
@placed
def sign(
    place: Place,
    version: Annotated[int, typer.Argument(help="Of the package.", min=1)],
    key: Annotated[Path, typer.Option(help="File with the publisher's private key (kiosk-center keys publisher).")],
    as_json: Json = False,
) -> None:
    """Add a publisher's signature to a package that waits for it."""
    try:
        private = decode_signing_key(key.read_text(encoding="ascii", errors="replace"))
    except KeyRefused as error:
        raise CenterUnusable(f"{key}: {error}") from error
    with place.opened() as center:
        _tell(center, sign_package(center, version, private), as_json=as_json)


@app.command("list")
@placed
def show_all(place: Place, as_json: Json = False) -> None:
    """What is offered, and which package carries it."""
    with place.opened() as center:
        newest = next(iter(all_packages(center)), None)
        manifest = package(center, newest.version) if newest else None
        carried = {item.path for item in manifest.files} if manifest else set()
        with center.database.reading() as session:
            rows = offered(session)
        for row in rows:
            matter = center.catalog.of_version(row.matter, row.version)
            values: dict[str, JsonValue] = {
                "id": row.matter,
                "version": row.version,
                "title": matter.title.zh if matter else "",
                "origin": "shipped" if row.shipped else "published",
                "since": iso_seconds(row.published_at),
                "in_package": f"matters/{row.matter}.yaml" in carried,
            }
            words = f"{row.matter:32}  v{row.version}  {values['origin']:9}  {values['since']}  {values['title']}"
            tell(values, words, as_json=as_json)
        if not as_json:
            say(_package_words(center, manifest, announced=bool(newest and newest.announced_at)))


def _package_words(center: Center, manifest: Manifest | None, *, announced: bool) -> str:
    if manifest is None:
        return "no package yet: terminals offer the matters they came with"
    if announced:
        return f"package {manifest.version} is out"
    missing = center.settings.publishers_needed - signatures(center, manifest)
    return (
        f"package {manifest.version} waits for {missing} more signatures: kiosk-center matters sign {manifest.version}"
    )


def _tell(center: Center, manifest: Manifest, *, as_json: bool) -> None:
    missing = max(0, center.settings.publishers_needed - signatures(center, manifest))
    if as_json:
        say_json(
            {
                "version": manifest.version,
                "digest": manifest.digest,
                "files": len(manifest.files),
                "announced": not missing,
                "signatures_missing": missing,
            }
        )
    else:
        say(_package_words(center, manifest, announced=not missing))


def _drafts(paths: list[Path], *, as_json: bool) -> list[Draft]:
    """All of them, or none: each mistake is a line as `kiosk matters check` prints it. Raises CenterUnusable."""
    drafts, problems = [], []
    for path in _files(paths):
        try:
            drafts.append(read_draft(path))
        except MatterError as error:
            problems += [str(problem) for problem in error.problems]
    for problem in problems:
        if as_json:
            say_json({"error": {"code": "invalidMatter", "action": "correct", "message": problem}})
        else:
            say(problem, to_stderr=True)
    if problems:
        raise typer.Exit(1)
    return drafts


def _files(paths: list[Path]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if paths and not files:
        raise CenterUnusable(f"{paths[0]}: no matter here: name files *.yaml, or a folder with some")
    return files

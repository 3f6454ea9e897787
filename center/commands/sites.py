"""`kiosk-center sites` and `settings`: where terminals stand, and what holds there."""

import json
from typing import Annotated

import typer
from pydantic import JsonValue

from center.commands.options import Json, say, say_json
from center.commands.place import Place, placed
from center.errors import CenterUnusable
from center.sites import add_site, given_to, remove_site, set_matter, set_values, tree
from center.tables import Terminal
from flows.settings import TerminalSettings

app = typer.Typer(no_args_is_help=True, help="The tree of sites, and which matters are offered where.")
settings_app = typer.Typer(no_args_is_help=True, help="Settings of terminals; their terminal.toml wins.")
AtSite = Annotated[str | None, typer.Option("--site", help="This site and all below it.")]
AtTerminal = Annotated[str | None, typer.Option("--terminal", help="This terminal alone.")]


@app.command("add")
@placed
def add(
    place: Place,
    name: str,
    level: Annotated[str, typer.Option(help="city, town (also a street) or village")],
    under: Annotated[str | None, typer.Option(help="The site it belongs to.")] = None,
) -> None:
    """Put a site into the tree; terminals enrolled with its name belong to it."""
    with place.opened() as center:
        add_site(center, name, level, under)
    say(f"{name} added")


@app.command("remove")
@placed
def remove(place: Place, name: str) -> None:
    """Take a site out of the tree that nothing belongs to any more."""
    with place.opened() as center:
        remove_site(center, name)
    say(f"{name} removed")


@app.command("list")
@placed
def show_all(place: Place, as_json: Json = False) -> None:
    """The tree, with the terminals of each site and the matters that were switched there."""
    with place.opened() as center:
        for line in tree(center):
            switched: dict[str, JsonValue] = {row.matter: row.state for row in line.matters}
            if as_json:
                site = line.site
                values: dict[str, JsonValue] = {"name": site.name, "level": site.level, "under": site.under}
                say_json(values | {"terminals": line.terminals, "matters": switched})
            else:
                words = "".join(f"  {matter}: {state_there}" for matter, state_there in switched.items())
                say(f"{'  ' * line.depth}{line.site.name}  {line.site.level}  {line.terminals} terminals{words}")


@app.command("matter")
@placed
def switch(
    place: Place,
    matter: str,
    to: Annotated[str, typer.Argument(metavar="STATE", help="0 deleted, 1 registered, 2 normal, 3 disabled")],
    site: AtSite = None,
    terminal: AtTerminal = None,
) -> None:
    """Offer a matter somewhere (normal) or not (the other states); the nearest of terminal, site and all counts."""
    with place.opened() as center:
        version = set_matter(center, matter, to, site, terminal)
    say(f"settings {version}: {matter} {to}")


@settings_app.command("set")
@placed
def set_settings(
    place: Place,
    pairs: Annotated[list[str], typer.Argument(metavar="NAME=VALUE...", help="An empty value takes it away.")],
    site: AtSite = None,
    terminal: AtTerminal = None,
) -> None:
    """Set what terminals go by; each hears of it with its next heartbeat and applies it between two visits."""
    values = dict(_pair(text) for text in pairs)
    with place.opened() as center:
        version = set_values(center, values, site, terminal)
    say(f"settings {version}")


def _pair(text: str) -> tuple[str, JsonValue]:
    name, separator, value = text.partition("=")
    if not separator or name not in TerminalSettings.model_fields:
        raise CenterUnusable(f"{name}: write NAME=VALUE; known: {', '.join(TerminalSettings.model_fields)}")
    if not value:
        return name, None
    try:
        read: JsonValue = json.loads(value)
    except ValueError:
        return name, value
    return name, read if isinstance(read, int | float) else value


@settings_app.command("show")
@placed
def show_settings(place: Place, terminal: Annotated[str, typer.Argument(metavar="TERMINAL")]) -> None:
    """What holds for one terminal, as JSON."""
    with place.opened() as center, center.database.reading() as session:
        found = session.get(Terminal, terminal)
        if found is None:
            raise CenterUnusable(f"no terminal {terminal}; see: kiosk-center terminals list")
        given = given_to(center, session, found)
    say_json(given.model_dump(mode="json", exclude={"signature"}) if given else {"version": 0})

"""The tree of sites (1+8+15), and what holds where: settings and matters, the nearest scope first.

A scope is the whole fleet (empty), a site with all below it, or one terminal. Every change makes a new version, which
each terminal hears of with its next heartbeat.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from center.console import noted
from center.errors import CenterUnusable
from center.fleet_tables import MatterAt, Setting, Site
from center.journal import Event, log
from center.services import Center
from center.staff import CENTER, CONSOLE
from center.tables import Fact, Terminal
from flows.heartbeats import Announced
from flows.settings import MATTER_STATES, GivenSettings, MatterState, TerminalSettings, sign_settings

LEVELS = ("city", "town", "village")
SETTINGS_VERSION = "settings_version"  # a fact
Scope = str


def scope_of(session: Session, site: str | None, terminal: str | None) -> Scope:
    """Raises CenterUnusable for a site or terminal that there is not, or both at once."""
    if site and terminal:
        raise CenterUnusable("name a --site or a --terminal, not both")
    if site:
        if session.get(Site, site) is None:
            raise CenterUnusable(f"no site {site}; see: kiosk-center sites list")
        return f"site:{site}"
    if terminal:
        if session.get(Terminal, terminal) is None:
            raise CenterUnusable(f"no terminal {terminal}; see: kiosk-center terminals list")
        return f"terminal:{terminal}"
    return ""


def add_site(center: Center, name: str, level: str, under: str | None) -> None:
    """Raises CenterUnusable where the tree would not be one."""
    with center.database.writing() as session:
        above = session.get(Site, under) if under else None
        if session.get(Site, name) is not None:
            raise CenterUnusable(f"there is a site {name} already")
        if under and above is None:
            raise CenterUnusable(f"no site {under}; see: kiosk-center sites list")
        if level not in LEVELS:
            raise CenterUnusable(f"unknown level '{level}'; known: {', '.join(LEVELS)}")
        if (above is None) != (level == LEVELS[0]):
            raise CenterUnusable(f"{name}: a city stands at the top, a town or village --under another site")
        if above is not None and LEVELS.index(above.level) >= LEVELS.index(level):
            raise CenterUnusable(f"{name}: a {level} cannot be under the {above.level} {under}")
        session.add(Site(name=name, level=level, under=under))
        _next_version(session)


def remove_site(center: Center, name: str) -> None:
    """With all that was set for it. Raises CenterUnusable while something still belongs to it."""
    with center.database.writing() as session:
        site = session.get(Site, name)
        if site is None:
            raise CenterUnusable(f"no site {name}; see: kiosk-center sites list")
        below = session.scalar(select(Site.name).where(Site.under == name).limit(1))
        terminal = session.scalar(select(Terminal.terminal_id).where(Terminal.site == name).limit(1))
        if below or terminal:
            raise CenterUnusable(f"{name}: {below or terminal} still belongs to it; move or remove that first")
        session.delete(site)
        for table in (Setting, MatterAt):
            session.execute(delete(table).where(table.scope == f"site:{name}"))
        _next_version(session)


def move_terminal(center: Center, terminal_id: str, site: str) -> None:
    """Raises CenterUnusable."""
    with center.database.writing() as session:
        scope_of(session, site, None)
        scope_of(session, None, terminal_id)
        session.get_one(Terminal, terminal_id).site = site
        _next_version(session)
        noted(center, session, "terminal.move", terminal_id, site=site)


def set_values(
    center: Center, values: dict[str, JsonValue], site: str | None, terminal: str | None, by: str = CONSOLE.name
) -> int:
    """The new version; a value of None takes the setting away. Raises CenterUnusable."""
    try:
        TerminalSettings.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        known = ", ".join(TerminalSettings.model_fields)
        reason = f"known: {known}" if problem["type"] == "extra_forbidden" else problem["msg"]
        raise CenterUnusable(f"{'.'.join(map(str, problem['loc']))}: {reason}") from error
    with center.database.writing() as session:
        scope = scope_of(session, site, terminal)
        for name, value in values.items():
            if value is None:
                session.execute(delete(Setting).where(Setting.scope == scope, Setting.name == name))
            else:
                session.merge(Setting(scope=scope, name=name, value=json.dumps(value, ensure_ascii=False)))
        version = _next_version(session)
        told = json.dumps(values, ensure_ascii=False)
        noted(center, session, "settings.set", scope or "everywhere", by=by, version=str(version), values=told)
    log(Event.SETTINGS_CHANGED, version=version, scope=scope or "everywhere", names=",".join(values))
    return version


def tell_public_url(center: Center) -> None:
    """Terminals print codes that lead phones there; each hears of another address with its next heartbeat."""
    url = center.settings.public_url
    with center.database.reading() as session:
        told = session.get(Setting, ("", "phone_url"))
    if url and (told is None or json.loads(told.value) != url):
        set_values(center, {"phone_url": url}, None, None, by=CENTER.name)


def set_matter(center: Center, matter: str, state: str, site: str | None, terminal: str | None) -> int:
    """The new version. Raises CenterUnusable."""
    named = MATTER_STATES[int(state)] if state in ("0", "1", "2", "3") else state
    if named not in MATTER_STATES:
        raise CenterUnusable(f"unknown state '{state}'; known: 0 deleted, 1 registered, 2 normal, 3 disabled")
    if matter not in center.catalog:
        raise CenterUnusable(f"no matter {matter}; see: kiosk-center matters list")
    with center.database.writing() as session:
        scope = scope_of(session, site, terminal)
        session.merge(MatterAt(scope=scope, matter=matter, state=named))
        version = _next_version(session)
        noted(center, session, "matter.switch", scope or "everywhere", matter=matter, state=named)
    log(Event.MATTER_SWITCHED, version=version, scope=scope or "everywhere", matter=matter, state=named)
    return version


def given_to(center: Center, session: Session, terminal: Terminal) -> GivenSettings | None:
    """What holds for this terminal, signed; None where nothing was ever set."""
    fact = session.get(Fact, SETTINGS_VERSION)
    if fact is None:
        return None
    values: dict[str, JsonValue] = {}
    matters: dict[str, MatterState] = {}
    for scope in scopes(session, terminal):
        for name, value in session.execute(select(Setting.name, Setting.value).where(Setting.scope == scope)):
            values[name] = json.loads(value)
        for matter, state in session.execute(select(MatterAt.matter, MatterAt.state).where(MatterAt.scope == scope)):
            matters[matter] = _state(state)
    return sign_settings(terminal.terminal_id, int(fact.value), values, matters, center.keys.signing)


def _state(text: str) -> MatterState:
    return next(state for state in MATTER_STATES if state == text)


def announced_settings(center: Center, session: Session, terminal: Terminal, known: int) -> Announced | None:
    """None while the terminal has the newest version."""
    fact = session.get(Fact, SETTINGS_VERSION)
    if fact is None or int(fact.value) == known:
        return None
    given = given_to(center, session, terminal)
    return Announced(version=given.version, digest=given.digest) if given else None


def scopes(session: Session, terminal: Terminal) -> Sequence[Scope]:
    """From the widest to the nearest."""
    chain: list[Scope] = []
    site = session.get(Site, terminal.site)
    while site is not None:
        chain.insert(0, f"site:{site.name}")
        site = session.get(Site, site.under) if site.under else None
    return ["", *chain, f"terminal:{terminal.terminal_id}"]


def _next_version(session: Session) -> int:
    fact = session.get(Fact, SETTINGS_VERSION, with_for_update=True)
    if fact is None:
        fact = Fact(name=SETTINGS_VERSION, value="0")
        session.add(fact)
    fact.value = str(int(fact.value) + 1)
    return int(fact.value)


@dataclass(frozen=True)
class SiteLine:
    """A line of the tree; `terminals` are those of this site alone."""

    site: Site
    depth: int
    terminals: int
    matters: Sequence[MatterAt]


def tree(center: Center) -> Iterator[SiteLine]:
    """Top to bottom; what is below a site follows it."""
    with center.database.reading() as session:
        sites = session.scalars(select(Site).order_by(Site.name)).all()
        terminals = session.execute(select(Terminal.site, func.count()).group_by(Terminal.site))
        counted = {row[0]: row[1] for row in terminals}
        switched = session.scalars(select(MatterAt).order_by(MatterAt.matter)).all()

    def below(name: str | None, depth: int) -> Iterator[SiteLine]:
        for site in sites:
            if site.under == name:
                mine = [row for row in switched if row.scope == f"site:{site.name}"]
                yield SiteLine(site, depth, counted.get(site.name, 0), mine)
                yield from below(site.name, depth + 1)

    yield from below(None, 0)

"""`kiosk-center staff`: who works at the center, with which roles, and their tokens."""

from typing import Annotated

import typer
from pydantic import JsonValue

from center.commands.options import Json, say, tell
from center.commands.place import Place, placed
from center.errors import CenterUnusable
from center.staff import CONSOLE, ROLES, TOKEN_DAYS, add_staff, all_staff, revoke_staff
from flows.case import iso_seconds

app = typer.Typer(no_args_is_help=True, help="Staff, their roles and their tokens.")


@app.command("add")
@placed
def add(
    place: Place,
    name: Annotated[str, typer.Argument(help="As it stands in the audit log.")],
    role: Annotated[list[str], typer.Option(help=f"As often as needed: {', '.join(ROLES)}.")],
    department: Annotated[str, typer.Option(help="Chinese name of the only department whose cases they touch.")] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="The token expires after so many.")] = TOKEN_DAYS,
    as_json: Json = False,
) -> None:
    """Print a new token, once; a known name gets these roles and a new token instead of the old ones."""
    with place.opened() as center:
        added = add_staff(center, CONSOLE, name, role, department=department, days=days)
    expires_at = iso_seconds(added.record.expires_at)
    values: dict[str, JsonValue] = {"name": name, "token": added.token, "roles": list(role), "expires_at": expires_at}
    tell(values, added.token, as_json=as_json)


@app.command("list")
@placed
def show_all(place: Place, as_json: Json = False) -> None:
    """Everybody, also those whose token is no longer valid."""
    with place.opened() as center:
        now = center.clock.now()
        for record in all_staff(center):
            status = "revoked" if record.revoked_at else "expired" if record.expires_at <= now else "valid"
            roles, expires_at = record.roles.split("|"), iso_seconds(record.expires_at)
            values: dict[str, JsonValue] = {"name": record.name, "status": status, "expires_at": expires_at}
            values |= {"department": record.department, "roles": list(roles)}
            words = f"{record.name}  {status:7}  {expires_at}  {','.join(roles)}  {record.department}"
            tell(values, words, as_json=as_json)


@app.command("revoke")
@placed
def revoke(place: Place, name: Annotated[str, typer.Argument()]) -> None:
    """The token is dead at once."""
    with place.opened() as center:
        if not revoke_staff(center, CONSOLE, name):
            raise CenterUnusable(f"no staff {name}; see: kiosk-center staff list")
    say(f"{name} revoked")

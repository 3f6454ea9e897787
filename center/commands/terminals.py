"""`kiosk-center terminals`: who is enrolled and how they are; codes, certificates, and taking one out of service."""

import json
from typing import Annotated

import typer
from pydantic import JsonValue

from center.alerts import all_alerts
from center.certificates import issue
from center.commands.options import Json, say, say_json, tell
from center.commands.place import Place, placed
from center.decisions import decide_case
from center.errors import CenterUnusable, Refused
from center.fleet import TerminalView, all_views, looked_at, take_out, view_of
from center.held import held_envelopes
from center.intake import admit
from center.sites import move_terminal
from center.tables import EnrolmentCode
from center.terminals import CODE_ID, add_code, all_codes, enrolled_terminal, withdraw_code
from flows.case import iso_seconds
from flows.text import Text

app = typer.Typer(no_args_is_help=True, help="Terminals: enrolment, how they are, certificates.")
Which = Annotated[str, typer.Argument(metavar="TERMINAL")]


@app.command("add")
@placed
def add(
    place: Place, site: Annotated[str, typer.Option(help="Where the terminal stands.")], as_json: Json = False
) -> None:
    """Print a one-time code for a new terminal; it expires in seven days."""
    with place.opened() as center:
        code, expires_at = add_code(center, site)
    tell({"code": code, "site": site, "expires_at": iso_seconds(expires_at)}, code, as_json=as_json)


@app.command("codes")
@placed
def codes(place: Place, as_json: Json = False) -> None:
    """Enrolment codes by their ids (the codes themselves are not kept), and what became of each."""
    with place.opened() as center:
        now = center.clock.now()
        for code in all_codes(center.database):
            status = _status(code, expired=code.expires_at < now)
            code_id, expires_at = code.secret_hash[:CODE_ID], iso_seconds(code.expires_at)
            values: dict[str, JsonValue] = {"id": code_id, "site": code.site, "status": status}
            values |= {"expires_at": expires_at, "terminal_id": code.terminal_id}
            words = f"{code_id}  {status:9}  until {expires_at}  {code.site}  {code.terminal_id or ''}".rstrip()
            tell(values, words, as_json=as_json)


def _status(code: EnrolmentCode, *, expired: bool) -> str:
    if code.terminal_id is not None:
        return "used"
    if code.withdrawn_at is not None:
        return "withdrawn"
    return "expired" if expired else "open"


@app.command("withdraw")
@placed
def withdraw(
    place: Place, code: Annotated[str, typer.Argument(help="The code, or its id in `terminals codes`.")]
) -> None:
    """Make an enrolment code useless that nobody has used yet."""
    with place.opened() as center:
        code_id = withdraw_code(center, code)
    if not code_id:
        raise CenterUnusable("no unused code of that name; see: kiosk-center terminals codes")
    say(f"code {code_id} withdrawn")


@app.command("list")
@placed
def show_all(
    place: Place,
    trouble: Annotated[bool, typer.Option("--trouble", help="Only those with something wrong.")] = False,
    as_json: Json = False,
) -> None:
    """Every terminal, what is wrong with it, and since when."""
    with place.opened() as center:
        for view in all_views(center):
            if view.troubles or not trouble:
                _say_view(view, as_json=as_json)


def _say_view(view: TerminalView, *, as_json: bool) -> None:
    if as_json:
        say_json(view.as_json())
        return
    terminal = view.terminal
    enrolled = iso_seconds(terminal.enrolled_at)
    say(f"{terminal.terminal_id}  {view.status:8}  {enrolled}  {terminal.name}  {terminal.site}")
    for line in view.trouble_lines():
        say(f"    {line}")


@app.command("alerts")
@placed
def alerts(place: Place, as_json: Json = False) -> None:
    """What staff were told, newest first, and what still waits for the webhook."""
    with place.opened() as center:
        for alert in all_alerts(center.database):
            body: dict[str, JsonValue] = json.loads(alert.body)
            sent = iso_seconds(alert.sent_at) if alert.sent_at else None
            waits = "sent" if sent else f"waits, {alert.attempts} tries"
            words = f"{body['made_at']}  {waits:14}  {Text.model_validate(body['words']).zh}"
            tell(body | {"sent_at": sent, "attempts": alert.attempts}, words, as_json=as_json)


@app.command("show")
@placed
def show(place: Place, terminal_id: Which, as_json: Json = False) -> None:
    """One terminal as its last heartbeat told: versions, devices, queue, disk, last errors."""
    with place.opened() as center:
        view = view_of(center, terminal_id)
    if view is None:
        raise CenterUnusable(f"no terminal {terminal_id}; see: kiosk-center terminals list")
    if as_json:
        say_json(view.as_json(whole=True))
    else:
        for line in view.lines():
            say(line)


@app.command("revoke")
@placed
def revoke(
    place: Place, terminal_id: Which, why: Annotated[str, typer.Option(help="The reason, for whoever looks later.")]
) -> None:
    """Take nothing more from this terminal; what it still sends is held (`terminals held`)."""
    with place.opened() as center:
        if not take_out(center, terminal_id, why):
            raise CenterUnusable(f"no terminal {terminal_id}; see: kiosk-center terminals list")
    say(f"{terminal_id} revoked")


@app.command("renew")
@placed
def renew(place: Place, terminal_id: Which) -> None:
    """A new certificate for a terminal whose own expired long ago, and which is still ours; it fetches it by itself."""
    with place.opened() as center:
        try:
            terminal = enrolled_terminal(center.database, terminal_id)
        except Refused as error:
            raise CenterUnusable(f"no terminal {terminal_id}; see: kiosk-center terminals list") from error
        if terminal.revoked_at is not None:
            raise CenterUnusable(f"{terminal_id} was revoked; enrol it anew: kiosk-center terminals add")
        issue(center, terminal)
    say(f"{terminal_id} has a new certificate")


@app.command("cleared")
@placed
def cleared(place: Place, terminal_id: Which) -> None:
    """Somebody has looked into it: two machines with one identity, or too many cards of the wrong people."""
    with place.opened() as center:
        if not looked_at(center, terminal_id):
            raise CenterUnusable(f"nothing of the kind is known of {terminal_id}; see: kiosk-center terminals list")
    say(f"{terminal_id} cleared")


@app.command("move")
@placed
def move(
    place: Place,
    terminal_id: Which,
    site: Annotated[str, typer.Option(help="Where it stands now; a site of the tree.")],
) -> None:
    """A terminal was moved to another site: what holds there holds for it."""
    with place.opened() as center:
        move_terminal(center, terminal_id, site)
    say(f"{terminal_id} is at {site}")


@app.command("held")
@placed
def held(place: Place, as_json: Json = False) -> None:
    """What revoked terminals sent: each is whole and proven, and no case until it is admitted."""
    with place.opened() as center:
        for item in held_envelopes(center):
            since = iso_seconds(item.received_at)
            held_id = item.digest[:CODE_ID]
            values: dict[str, JsonValue] = {"id": held_id, "terminal_id": item.terminal_id, "received_at": since}
            tell(values, f"{held_id}  {item.terminal_id}  {since}  sequence {item.sequence}", as_json=as_json)


@app.command("admit")
@placed
def admit_held(
    place: Place, held_id: Annotated[str, typer.Argument(metavar="ID", help="As `terminals held` lists it.")]
) -> None:
    """Make a case of what a revoked terminal sent."""
    with place.opened() as center:
        found = [item for item in held_envelopes(center) if item.digest.startswith(held_id)]
        if len(found) != 1:
            raise CenterUnusable(f"nothing held is called {held_id}; see: kiosk-center terminals held")
        try:
            receipt = admit(center, found[0]).receipt
        except Refused as error:
            raise CenterUnusable(f"{held_id} cannot be taken: {error.title} {error.detail}".rstrip()) from error
        if center.settings.public_url:
            decide_case(center, receipt.envelope_id, center.settings.public_url)
    say(f"{held_id} is case {receipt.case_number}" if receipt.case_number else f"{held_id} taken")

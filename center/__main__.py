"""`kiosk-center`: serve, and look after cases, terminals and keys, also while the center runs."""

import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from center.commands import (
    audit,
    backup,
    cases,
    drafts,
    followups,
    handovers,
    keys,
    matters,
    openapi,
    serve,
    sites,
    staff,
    terminals,
    timers,
)
from center.commands.options import told
from center.errors import CenterUnusable

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich" if sys.stdout.isatty() else None,
    help="The center of 瓯e办.",
)
app.command("serve")(serve.serve)
app.command("openapi")(openapi.openapi)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("due")(timers.due)
app.add_typer(cases.app, name="cases")
app.add_typer(drafts.app, name="drafts")
app.add_typer(followups.app, name="followups")
app.add_typer(handovers.app, name="handovers")
app.add_typer(staff.app, name="staff")
app.add_typer(audit.app, name="audit")
app.add_typer(terminals.app, name="terminals")
app.add_typer(keys.app, name="keys")
app.add_typer(matters.app, name="matters")
app.add_typer(sites.app, name="sites")
app.add_typer(sites.settings_app, name="settings")


def main(arguments: Sequence[str] | None = None) -> None:
    """Ends with SystemExit; code 0 only for success, and whatever is wrong is one line."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    with told("--json" in given):
        if any(0xD800 <= ord(letter) <= 0xDFFF for word in given for letter in word):
            raise CenterUnusable("what was typed is not in UTF-8; set the terminal to UTF-8 and type it again")
        code = get_command(app).main(given, "kiosk-center", standalone_mode=False)
    sys.exit(code or 0)


if __name__ == "__main__":
    main()

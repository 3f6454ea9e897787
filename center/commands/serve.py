"""`kiosk-center serve`: the options; what serves is loaded only when it is asked to."""

from typing import Annotated

import typer

from center.commands.options import Blobs, Config, Database, State, settings_of

_LOOPBACK = "127.0.0.1"
_PORT = 8700


def serve(  # noqa: PLR0913, PLR0917 - one for each option of the command line
    host: Annotated[str, typer.Option(help="Address to listen on.")] = _LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one and says which.")] = _PORT,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that serve; absent: 1.")] = None,
    metrics: Annotated[str | None, typer.Option(help="HOST:PORT of /metrics for Prometheus; absent: none.")] = None,
    public_url: Annotated[
        str | None, typer.Option(help="How phones reach its pages; absent: as the config says, else not at all.")
    ] = None,
    state: State = None,
    database: Database = None,
    blobs: Blobs = None,
    config: Config = None,
) -> None:
    """Run the center until Ctrl-C or SIGTERM."""
    from center.serving import run_center  # fastapi and uvicorn: half a second that the other commands need not wait

    more = {"workers": workers, "metrics": metrics, "public_url": public_url}
    run_center(settings_of(config, state, database, blobs, **more), host, port)

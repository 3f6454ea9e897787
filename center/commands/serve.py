"""`kiosk-center serve`: the options; what serves is loaded only when it is asked to."""

from typing import Annotated

import typer

from center.commands.place import Place, placed

_LOOPBACK = "127.0.0.1"
_PORT = 8700


@placed
def serve(
    place: Place,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = _LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one and says which.")] = _PORT,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that serve; absent: 1.")] = None,
    metrics: Annotated[str | None, typer.Option(help="HOST:PORT of /metrics for Prometheus; absent: none.")] = None,
    public_url: Annotated[
        str | None, typer.Option(help="How phones reach its pages; absent: as the config says, else not at all.")
    ] = None,
) -> None:
    """Run the center until Ctrl-C or SIGTERM."""
    from center.serving import run_center  # fastapi and uvicorn: half a second that the other commands need not wait

    run_center(place.settings(workers=workers, metrics=metrics, public_url=public_url), host, port)

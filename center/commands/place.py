"""Where the center's things are: the four options that every command takes beside its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated

import typer

from center.clock import SystemClock
from center.services import Center, open_center
from center.settings import CenterSettings

State = Annotated[Path | None, typer.Option("--state", help="Folder of the center's database, blobs and keys.")]
Database = Annotated[str | None, typer.Option("--database", help="SQLAlchemy URL; absent: SQLite in the state folder.")]
Blobs = Annotated[str | None, typer.Option("--blobs", help="Folder, or file:// or s3:// URL; absent: in --state.")]
Config = Annotated[Path | None, typer.Option("--config", help="TOML file, such as config/center.toml.")]
_OPTIONS = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=kind)
    for name, kind in (("state", State), ("database", Database), ("blobs", Blobs), ("config", Config))
]


@dataclass(frozen=True)
class Place:
    """What the command line says; None where it says nothing."""

    state: Path | None = None
    database: str | None = None
    blobs: str | None = None
    config: Path | None = None

    def settings(self, **more: object) -> CenterSettings:
        """The command line wins over the file. Raises CenterUnusable."""
        named = {"state_folder": self.state, "database": self.database, "blobs": self.blobs}
        return CenterSettings.read(self.config, **named, **more)

    @contextmanager
    def opened(self) -> Iterator[Center]:
        """The center's things without its server, to be used beside one. Raises CenterUnusable."""
        center = open_center(self.settings(), SystemClock())
        try:
            yield center
        finally:
            center.close()


def placed(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these options behind its own; it is handed the place first."""

    @wraps(command)
    def run(
        *,
        state: Path | None = None,
        database: str | None = None,
        blobs: str | None = None,
        config: Path | None = None,
        **own: object,
    ) -> None:
        command(Place(state, database, blobs, config), **own)

    own = list(signature(command, eval_str=True).parameters.values())[1:]
    run.__signature__ = Signature([*own, *_OPTIONS])  # type: ignore[attr-defined]
    return run

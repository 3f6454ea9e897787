"""Programs under test in processes of their own that are forked from one which has loaded what they import.

What such a process does is its program's `main`, with arguments, output and end of its own; it is only spared the two
seconds that an interpreter takes to load its libraries.
"""

import os
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import TimeoutExpired

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "center.__main__",
        "center.serving",
        "center.documents.page",
        "center.documents.seal",
        "alembic.command",
        "kiosk.cli.entry",
        "kiosk.backroom.__main__",
        "kiosk.backroom.room",
        "devices.twins",
        "uvicorn.lifespan.on",
        "uvicorn.loops.auto",
        "uvicorn.protocols.http.httptools_impl",
        "tests.frozen",
    ]
)


class WarmProcess:
    """`main` with its arguments; stderr is added to the file `log`, stdout can be read line by line."""

    def __init__(self, main: Callable[..., object], arguments: Sequence[object], log: Path) -> None:
        ours, theirs = _CONTEXT.Pipe(duplex=False)
        self._process = _CONTEXT.Process(
            target=_run, args=(main, arguments, log, theirs, dict(os.environ)), daemon=True
        )
        self._process.start()
        theirs.close()
        self.stdout = os.fdopen(os.dup(ours.fileno()), encoding="utf-8")
        ours.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code, negative where a signal ended it; None while it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, timeout: float) -> int:
        """Its exit code; raises TimeoutExpired after so many seconds."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutExpired(f"process {self.pid}", timeout)
        self.stdout.close()
        return code


def _run(
    main: Callable[..., object], arguments: Sequence[object], log: Path, out: Connection, environment: dict[str, str]
) -> None:
    os.environ.update(environment)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    os.dup2(out.fileno(), 1)
    out.close()
    sys.exit(main(*arguments))

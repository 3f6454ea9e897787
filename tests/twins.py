"""Virtual devices in a process of their own, for as long as a test needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.twins import TwinClient, main
from tests.warm import WarmProcess


@contextmanager
def twins_at(folder: Path, *classes: str) -> Iterator[TwinClient]:
    """Those of `classes`; without any: all."""
    wanted = ("--classes", ",".join(classes)) if classes else ()
    log = folder.with_suffix(".log")
    process = WarmProcess(main, [["--folder", str(folder), *wanted]], log)
    assert "ready" in process.stdout.readline(), log.read_text()
    client = TwinClient(folder)
    yield client
    client.close()
    process.terminate()
    assert process.wait(10) == 0

"""`python -m tests.faults.fork_server SHIM`: loads all that an act needs, then runs each in a fork of its own.

A line of JSON in, `{"act", "folder", "point", "error", "lasting"}`; a line out, `{"said", "calls", "hung"}`. A fork
takes a hundredth of what another interpreter takes to load, so that every single call of an act can be tried.
"""

import ctypes
import importlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
SHIM = Path(__file__).with_name("shim.c")
LIMIT = 120  # s for one run


@dataclass(frozen=True)
class Order:
    """`point`: the call at which it happens, counted from 1, 0 for never; `error` 0: killed; `lasting`: the disk does
    not come back."""

    act: str
    folder: str
    point: int = 0
    error: int = 0
    lasting: bool = False


class ForkServer:
    """The other end; `run` gives what the act said and how many calls it made (0 where it was killed)."""

    def __init__(self, folder: Path, acts: str) -> None:
        shim = folder / "libshim.so"
        subprocess.run(["tcc", "-shared", "-o", shim, SHIM], check=True)
        environment = {**os.environ, "LD_PRELOAD": str(shim), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "tests.faults.fork_server", str(shim), acts]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)

    def run(self, order: Order) -> tuple[str, int]:
        _pipe(self._process.stdin).write(json.dumps(asdict(order)) + "\n")
        _pipe(self._process.stdin).flush()
        answer = json.loads(_pipe(self._process.stdout).readline())
        assert not answer["hung"], f"{order} had not ended after {LIMIT} s"
        return answer["said"], answer["calls"]

    def close(self) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait(10)
        _pipe(self._process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _in_a_fork(shim: ctypes.CDLL, acts: dict, order: Order) -> dict:
    """The child writes what it says into one pipe; how many calls it made into another one, when it ends well."""
    said, saying = os.pipe()
    counted, counting = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(saying, 1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        signal.alarm(LIMIT)
        shim.fault_arm(order.point, order.error, int(order.lasting))
        with suppress(BaseException):  # how it ended is seen by what it said
            acts["perform"](order.act, Path(order.folder))
        calls = shim.fault_calls()
        for words in acts["UNSAID"]:
            os.write(1, f"{words}\n".encode())
        os.write(counting, str(calls).encode())
        os._exit(0)
    os.close(saying)
    os.close(counting)
    with os.fdopen(said) as words, os.fdopen(counted) as number:
        answer = {"said": words.read(), "calls": int(number.read() or 0)}
    _, status = os.waitpid(child, 0)
    return {**answer, "hung": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM}


def main() -> None:
    shim, acts = ctypes.CDLL(sys.argv[1]), vars(importlib.import_module(sys.argv[2]))
    acts["preload"]()
    for line in sys.stdin:
        answer = _in_a_fork(shim, acts, Order(**json.loads(line)))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

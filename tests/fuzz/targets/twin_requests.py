"""Whatever is said to the twin host's control socket is answered, and what is wrong with it is an answer too."""

from pathlib import Path

from devices.clock import SystemClock
from devices.twins import TwinHost

SEEDS = (b'{"id": 1, "twin": "idcard", "do": "lay", "arguments": {"card": "ouyang"}}', b'{"do": "state"}')
HOST = TwinHost(Path("unused"), SystemClock(), ("idcard",))


def check(data: bytes) -> None:
    answer = HOST.answer(data)
    assert answer["ok"] in (True, False)
    assert answer["ok"] or "\n" not in str(answer["error"])

"""The SDT reader on a pseudo-terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.idcard.sdt import Options, create
from devices.idcard.twin import IdCardTwin
from devices.pty_port import Port, PtyPort
from tests.contracts.rig import CardRig

DRIVER = "idcard.sdt"


@contextmanager
def rig(folder: Path, make_port: Callable[..., Port] = PtyPort) -> Iterator[CardRig]:
    twin = IdCardTwin(SystemClock(), make_port)
    twin.start(folder)
    device = create("card_reader", Options(port=twin.port), SystemClock())
    try:
        yield card_rig(twin, device)
    finally:
        device.close()
        twin.stop()


def card_rig(twin: IdCardTwin, device: object) -> CardRig:
    """For every reader that the SAM twin can stand behind."""

    def work() -> None:
        twin.do("lay", {"card": "ceshijia"})
        assert device.read().name == "测试甲"  # type: ignore[attr-defined]
        twin.do("lift", {})

    return CardRig(
        device=device,
        pull=lambda: twin.do("unplug", {}),
        plug=lambda: twin.do("plug", {}),
        mute=lambda on: twin.do("silent", {"on": "yes" if on else "no"}),
        garble=lambda: twin.do("fault", {"kind": "garbage_only", "times": "always"}),
        work=work,
        linger=lambda: device.wait_for_card(20.0),  # type: ignore[attr-defined]
        lay=lambda name: twin.do("lay", {"card": name}),
        lift=lambda: twin.do("lift", {}),
        lift_during_read=lambda after: twin.do("lift_during_read", {"after": str(after)}),
    )

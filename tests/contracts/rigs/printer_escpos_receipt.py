"""The ESC/POS receipt printer on a pseudo-terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.printer.contract import Line, ReceiptDocument
from devices.printer.escpos_receipt import EscposReceiptPrinter, Options, create
from devices.printer.twin import PrinterTwin
from devices.pty_port import Port, PtyPort
from tests.contracts.rig import PrinterRig

DRIVER = "printer.escpos_receipt"


@contextmanager
def rig(folder: Path, make_port: Callable[..., Port] = PtyPort) -> Iterator[PrinterRig]:
    twin = PrinterTwin(SystemClock(), make_port)
    twin.start(folder)
    device = create("receipt_printer", Options(port=twin.port), SystemClock())
    try:
        yield printer_rig(twin, device)
    finally:
        device.close()
        twin.stop()


def printer_rig(twin: PrinterTwin, device: EscposReceiptPrinter, *, cuts: bool = True) -> PrinterRig:
    """For every printer that the ESC/POS twin can stand behind. A page has one line: uncut, pages are lines."""
    numbers = iter(range(1000))

    def print_page(command_id: str) -> str:
        return str(device.print_receipt(ReceiptDocument((Line("回执 一致性"),)), command_id))

    def work() -> None:
        assert print_page(f"work-{next(numbers)}") == "printed"

    return PrinterRig(
        device=device,
        pull=lambda: twin.do("unplug", {}),
        plug=lambda: twin.do("plug", {}),
        mute=lambda on: twin.do("silent", {"on": "yes" if on else "no"}),
        garble=lambda: twin.do("fault", {"kind": "garbage"}),
        work=work,
        linger=None,  # a receipt is printed in two seconds; its cancelling has tests of its own
        print_page=print_page,
        printed=lambda: int(str(twin.state()["receipts" if cuts else "lines"])),
        run_out=lambda: twin.do("paper", {"level": "out"}),
        refill=lambda: twin.do("paper", {"level": "full"}),
    )

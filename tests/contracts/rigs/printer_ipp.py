"""The A4 printer over IPP."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devices.clock import SystemClock
from devices.printer.ipp import Options, create
from devices.printer.ipp_test_page import draw_test_page
from devices.printer.ipp_twin import IppPrinterTwin
from tests.contracts.rig import PrinterRig

DRIVER = "printer.ipp"
PDF = draw_test_page("conformance")


@contextmanager
def rig(folder: Path) -> Iterator[PrinterRig]:
    twin = IppPrinterTwin(SystemClock())
    twin.start(folder)
    device = create("document_printer", Options(url=twin.port), SystemClock())
    numbers = iter(range(1000))

    def print_page(command_id: str) -> str:
        return str(device.print_document(PDF, command_id, "conformance"))

    def work() -> None:
        assert print_page(f"work-{next(numbers)}") == "printed"

    try:
        yield PrinterRig(
            device=device,
            pull=lambda: twin.do("unplug", {}),
            plug=lambda: twin.do("plug", {}),
            mute=lambda on: twin.do("silent", {"on": "yes" if on else "no"}),
            garble=lambda: twin.do("fault", {"kind": "garbage"}),
            work=work,
            linger=None,  # a job that is cancelled is taken back; that has tests of its own
            print_page=print_page,
            printed=lambda: int(str(twin.state()["printed"])),
            run_out=lambda: twin.do("paper", {"level": "out"}),
            refill=lambda: twin.do("paper", {"level": "full"}),
        )
    finally:
        device.close()
        twin.stop()

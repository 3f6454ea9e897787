"""Driver for identity-card readers that are reached only through their vendor's library with the SDT functions."""

from dataclasses import dataclass

from devices.clock import Clock
from devices.idcard.sam_reader import SamReader
from devices.idcard.sdt_library import SdtLibrary

SERIAL, USB = range(1, 17), range(1001, 1017)  # port numbers of the SDT functions


@dataclass(frozen=True)
class Options:
    """`library`: the path of the .so; `port_number`: 1001–1016 a USB reader, 1–16 a serial one; `newest_address`: also
    read an address changed after issue; `photo_decoder`: the path of a library with `GetBmp`.
    """

    library: str
    port_number: int = USB.start
    newest_address: bool = False
    photo_decoder: str = ""

    def __post_init__(self) -> None:
        if self.port_number not in (*SERIAL, *USB):
            raise ValueError(f"port_number = {self.port_number} is none; known: 1001 to 1016 (USB), 1 to 16 (serial)")


class VendorReader(SamReader):
    model = "SDT/SAM identity-card reader behind a vendor's library"


def create(name: str, options: Options, clock: Clock) -> VendorReader:
    """Raises DeviceLost where there is no such photo decoder; a library that is missing is told when it is opened."""
    library = SdtLibrary(options.library, options.port_number, clock)
    return VendorReader(
        name, library, clock, newest_address=options.newest_address, photo_decoder=options.photo_decoder
    )

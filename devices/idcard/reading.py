"""One card from one reader: what `kiosk card read` does."""

from devices.clock import Clock
from devices.idcard.contract import CardRecord
from devices.idcard.records import card_json
from devices.idcard.sam_reader import SamReader
from devices.idcard.sdt import Options, SdtReader

__all__ = ["card_json", "read_card_at", "read_card_once"]


def read_card_at(port: str, timeout: float, clock: Clock, *, newest_address: bool = False) -> CardRecord:
    """From whatever SDT reader stands at that port; see read_card_once."""
    reader = SdtReader("card_reader", Options(port=port), clock)
    return read_card_once(reader, timeout, newest_address=newest_address)


def read_card_once(reader: SamReader, timeout: float, *, newest_address: bool = False) -> CardRecord:
    """Opens the reader, waits up to `timeout` s for a card, reads it, closes the reader.

    Raises CardError (noMedia where none was laid), DeviceLost (no such port), DeviceTimeout, ProtocolError.
    """
    reader.open()
    try:
        reader.wait_for_card(timeout)
        return reader.read(newest_address=newest_address)
    finally:
        reader.close()

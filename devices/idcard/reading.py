"""One card from one reader: what `kiosk card read` does."""

from devices.clock import Clock
from devices.idcard.contract import CardRecord
from devices.idcard.records import card_json
from devices.idcard.sdt import Options, SdtReader

__all__ = ["card_json", "read_card_once"]


def read_card_once(port: str, timeout: float, clock: Clock, *, newest_address: bool = False) -> CardRecord:
    """Waits up to `timeout` s for a card and reads it.

    Raises CardError (noMedia where none was laid), DeviceLost (no such port), DeviceTimeout, ProtocolError.
    """
    reader = SdtReader("card_reader", Options(port=port), clock)
    reader.open()
    try:
        reader.wait_for_card(timeout)
        return reader.read(newest_address=newest_address)
    finally:
        reader.close()

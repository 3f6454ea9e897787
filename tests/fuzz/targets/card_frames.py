"""Whatever a card reader sends: a reply, more to wait for, or damage; never a surprise, never more than was heard."""

from devices.idcard.frames import Damaged, Incomplete, Reply, reply, scan

SEEDS = (reply(0x9F, bytes(4)), reply(0x90, bytes(1284)), b"\xaa\xaa\x96\x69\x00\x04\x00\x00\x80\x84")


def check(data: bytes) -> None:
    for final in (False, True):
        found = scan(data, final=final)
        assert isinstance(found, Reply | Incomplete | Damaged)
        if isinstance(found, Reply):
            assert len(found.data) <= len(data)
        if isinstance(found, Incomplete):
            assert found.missing > 0

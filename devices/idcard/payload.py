"""What the replies of a SAM carry: a record with its photo and prints, the SAM's own number, the fingers of prints."""

import re
import struct
from dataclasses import dataclass

from devices.idcard.records import TEXT_SIZE

SIZE = 2  # bytes of each length before the text
SAM_ID = struct.Struct("<HHIII")  # 16 bytes
PRINT_SIZE = 512  # bytes a fingerprint
FINGER_AT = 5  # of a fingerprint: which finger it is of
FINGERS = {
    11: "right thumb",
    12: "right index",
    13: "right middle",
    14: "right ring",
    15: "right little",
    16: "left thumb",
    17: "left index",
    18: "left middle",
    19: "left ring",
    20: "left little",
    97: "right hand",
    98: "left hand",
}
OTHER_FINGER = "unknown"


@dataclass(frozen=True)
class Payload:
    """`prints` is None where the reply has no place for them, empty where the card has none."""

    text: bytes
    photo: bytes
    prints: bytes | None = None


def unpack(data: bytes) -> Payload | None:
    """The data of a read reply, in either layout: readers answer a plain read with the fingerprint layout too.

    None where the lengths in it are not those of a card.
    """
    for fields in (2, 3):
        head = fields * SIZE
        sizes = [int.from_bytes(data[at : at + SIZE], "big") for at in range(0, head, SIZE)]
        if len(data) == head + sum(sizes) and sizes[0] == TEXT_SIZE:
            text, rest = data[head : head + TEXT_SIZE], data[head + TEXT_SIZE :]
            return Payload(text, rest[: sizes[1]], rest[sizes[1] :] if fields == 3 else None)
    return None


def fingers(prints: bytes) -> tuple[str, ...]:
    """Which fingers the prints are of; the prints themselves go no further."""
    blocks = [prints[at : at + PRINT_SIZE] for at in range(0, len(prints), PRINT_SIZE)]
    taken = [block for block in blocks if len(block) == PRINT_SIZE and any(block)]
    return tuple(FINGERS.get(block[FINGER_AT], OTHER_FINGER) for block in taken)


def sam_id(data: bytes) -> str:
    """The 16 bytes as printed on readers: `05.01-20180615-0012345678-123456789`."""
    maker, model, made, number, check = SAM_ID.unpack(data)
    return f"{maker:02}.{model:02}-{made:08}-{number:010}-{check:09}"


def packed_sam_id(printed: str) -> bytes | None:
    """The other way round; None for what is no such number."""
    parts = re.fullmatch("([0-9]{1,5})[.]([0-9]{1,5})" + "-([0-9]{1,10})" * 3, printed)
    try:
        return SAM_ID.pack(*map(int, parts.groups())) if parts else None
    except struct.error:
        return None

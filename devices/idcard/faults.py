"""What can go wrong with a virtual reader's reply: armed for some replies, then gone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from devices.idcard.frames import PREAMBLE, Command
from devices.twin import UnknownVerb

KINDS = (
    "damaged_preamble",
    "one_byte_at_a_time",
    "garbage",
    "garbage_only",
    "half_frame",
    "wrong_checksum",
    "slow",
    "repeat",
    "drop",
)
NOISE_AT = "noise"  # the kind that the verb of its name arms
ALWAYS = "always"
ON = {
    "any": None,
    "find": Command.FIND,
    "select": Command.SELECT,
    "read": Command.READ,
    "newest_address": Command.READ_NEWEST_ADDRESS,
    "status": Command.SAM_STATUS,
}
NOISE = bytes.fromhex("00FFAA0096AAAA69" * 4)
SLOW = 0.7  # s before a reply begins; within every time limit of the protocol
MOST_NOISE = 4096  # bytes


SPOILT: Mapping[str, Callable[[bytes], bytes]] = {
    "drop": lambda _: b"",
    "damaged_preamble": lambda reply: bytes.fromhex("AA00AAAA9669") + reply[len(PREAMBLE) :],
    "garbage": lambda reply: NOISE + reply,
    "garbage_only": lambda _: NOISE,
    "half_frame": lambda reply: reply[: len(reply) // 2],
    "wrong_checksum": lambda reply: reply[:-1] + bytes([reply[-1] ^ 0x55]),
    "repeat": lambda reply: reply + reply,
}


@dataclass
class Fault:
    """`left` None: until another is armed. `at`, `noise`: the bytes put in, and before which byte of the reply."""

    kind: str = ""
    left: int | None = 0
    on: str = "any"
    at: int = 0
    noise: bytes = NOISE

    def take(self, command: int) -> str:
        """Its kind where it strikes the reply to `command`, else ""."""
        if self.left == 0 or ON[self.on] not in (None, command):
            return ""
        kind = self.kind
        if self.left is not None:
            self.left -= 1
            self.kind = self.kind if self.left else ""
        return kind

    def spoil(self, kind: str, reply: bytes) -> bytes:
        if kind == NOISE_AT:
            return reply[: self.at] + self.noise + reply[self.at :]
        return SPOILT[kind](reply) if kind in SPOILT else reply


def armed(arguments: Mapping[str, str]) -> Fault:
    """Of the verb `fault`. Raises UnknownVerb."""
    kind = arguments.get("kind", "")
    if kind not in KINDS:
        raise UnknownVerb(f"fault: unknown kind '{kind}'; known: {', '.join(KINDS)}")
    return Fault(kind, _times(arguments), _on("fault", arguments))


def armed_noise(arguments: Mapping[str, str]) -> Fault:
    """Of the verb `noise`. Raises UnknownVerb."""
    written = arguments.get("bytes", NOISE.hex())
    try:
        noise = bytes.fromhex(written)
    except ValueError:
        raise UnknownVerb(f"bytes: '{written[:40]}' is not hexadecimal") from None
    if len(noise) > MOST_NOISE:
        raise UnknownVerb(f"bytes: at most {MOST_NOISE}")
    return Fault(NOISE_AT, _times(arguments), _on("noise", arguments), whole_number(arguments, "at", 0), noise)


def whole_number(arguments: Mapping[str, str], name: str, default: int) -> int:
    value = arguments.get(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise UnknownVerb(f"{name}: '{value[:40]}' is not a whole number")
    return int(value)


def _times(arguments: Mapping[str, str]) -> int | None:
    return None if arguments.get("times") == ALWAYS else whole_number(arguments, "times", 1)


def _on(verb: str, arguments: Mapping[str, str]) -> str:
    on = arguments.get("on", "any")
    if on not in ON:
        raise UnknownVerb(f"{verb}: unknown on '{on}'; known: {', '.join(ON)}")
    return on


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]

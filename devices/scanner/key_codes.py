"""Key codes of Linux (input-event-codes.h) and the characters they are on a US keyboard."""

KEY, SYN = 1, 0  # event types
SYN_REPORT, SYN_DROPPED = 0, 3
UP, DOWN, REPEAT = 0, 1, 2

TAB, ENTER, KEYPAD_ENTER, CAPS_LOCK = 15, 28, 96, 58
SHIFTS, CONTROLS, ALTS = frozenset({42, 54}), frozenset({29, 97}), frozenset({56, 100})
KEYPAD_PLUS = 78
ENDS = frozenset({ENTER, KEYPAD_ENTER, TAB})


def _row(first: int, plain: str, shifted: str) -> dict[int, tuple[str, str]]:
    return {first + place: pair for place, pair in enumerate(zip(plain, shifted, strict=True))}


US = {
    **_row(2, "1234567890-=", "!@#$%^&*()_+"),
    **_row(16, "qwertyuiop[]", "QWERTYUIOP{}"),
    **_row(30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    **_row(43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    57: (" ", " "),
}
# With Num Lock on, as engines have it; shift changes nothing on them then that an engine would want.
KEYPAD = {55: "*", **dict(zip(range(71, 84), "789-456+1230.", strict=True)), 98: "/"}

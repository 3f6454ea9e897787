"""Turns the keys an engine presses into payloads: a US keyboard's characters, and codes typed on the keypad under Alt.

A keyboard has no Chinese. Engines send it as numbers: each byte (Alt, 0 to 255), each double byte of GBK (256 and
above), a code point (the same, where `unicode` is said) or Alt, `+` and hexadecimal digits. Engines that do neither
leave Chinese out; then nothing can bring it back.
"""

from devices.scanner import key_codes
from devices.scanner.lines import LONGEST
from devices.scanner.zone import ZoneJoiner

HIGHEST = 0x10FFFF
LONGEST_CODE = 10  # digits of one Alt code


class KeyText:
    """Not shared between threads. A payload ends with Enter or Tab; more than `LONGEST` bytes are left out."""

    def __init__(self, *, unicode: bool) -> None:
        self._unicode = unicode
        self._partial = bytearray()
        self._discarding = False
        self._held: set[int] = set()
        self._caps = False
        self._alt_code = ""
        self._zone = ZoneJoiner()

    def event(self, kind: int, code: int, value: int) -> list[bytes]:
        """One input event; gives the payloads that became whole with it."""
        if kind == key_codes.SYN and code == key_codes.SYN_DROPPED:
            self._discarding = True  # the kernel ran over: what is missing nobody knows
            self._held.clear()
            return []
        if kind != key_codes.KEY or value not in (key_codes.UP, key_codes.DOWN):
            return []
        if value == key_codes.UP:
            self._lifted(code)
            return []
        self._held.add(code)
        return self._pressed(code)

    def silence(self) -> list[bytes]:
        """The rest will not come: half a code is dropped, what follows begins a new payload."""
        self._drop_partial()
        return self._zone.release()

    def _pressed(self, code: int) -> list[bytes]:
        if self._held & key_codes.ALTS:
            self._alt_digit(code)
        elif code in key_codes.ENDS:
            return self._finish()
        elif code == key_codes.CAPS_LOCK:
            self._caps = not self._caps
        else:
            character = self._character(code)
            if self._held & key_codes.CONTROLS and character:
                return self._control(character)
            self._add(character.encode())
        return []

    def _lifted(self, code: int) -> None:
        self._held.discard(code)
        if code in key_codes.ALTS and self._alt_code:
            self._add(self._alt_bytes(self._alt_code))
            self._alt_code = ""

    def _character(self, code: int) -> str:
        if code in key_codes.KEYPAD:
            return key_codes.KEYPAD[code]
        plain, shifted = key_codes.US.get(code, ("", ""))
        upper = bool(self._held & key_codes.SHIFTS) != (self._caps and plain.isalpha())
        return shifted if upper else plain

    def _control(self, character: str) -> list[bytes]:
        """Control and a letter is how engines type a control byte: M and J end a line, others the grammar refuses."""
        raw = ord(character.upper()) & 0x1F
        if raw in b"\r\n\t":
            return self._finish()
        self._add(bytes((raw,)))
        return []

    def _alt_digit(self, code: int) -> None:
        typed = key_codes.KEYPAD.get(code, "")
        if self._alt_code.startswith("+") and not typed:
            typed = key_codes.US.get(code, ("", ""))[0]  # hexadecimal letters are on the letter keys
        allowed = "0123456789abcdef" if self._alt_code.startswith("+") else "0123456789+"[: 11 - bool(self._alt_code)]
        if typed and typed in allowed and len(self._alt_code) < LONGEST_CODE:
            self._alt_code += typed

    def _alt_bytes(self, typed: str) -> bytes:
        """What no character is becomes a byte the grammar refuses: never a guess."""
        if typed.startswith("+"):
            return _code_point(int(typed[1:], 16)) if typed[1:] else b""
        number = int(typed)
        if self._unicode:
            return _code_point(number)
        size = 1 if number <= 0xFF else 2 if number <= 0xFFFF else 4
        return number.to_bytes(size, "big") if number <= 0xFFFFFFFF else b"\xff"

    def _add(self, raw: bytes) -> None:
        if not self._discarding:
            self._partial += raw
            if len(self._partial) > LONGEST:
                self._partial.clear()
                self._discarding = True

    def _drop_partial(self) -> None:
        self._partial.clear()
        self._alt_code = ""
        self._discarding = False

    def _finish(self) -> list[bytes]:
        payload, whole = bytes(self._partial), not self._discarding
        self._drop_partial()
        return self._zone.feed(payload) if payload and whole else []


def _code_point(number: int) -> bytes:
    if number > HIGHEST or 0xD800 <= number <= 0xDFFF:
        return b"\xff"
    return chr(number).encode("utf-8")

"""Sealed attachments on their way: large ones in pieces, so that a broken line costs a piece and not the whole."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flows.wire import Envelope, SealedAttachment
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink

PIECE = 256 * 1024  # bytes; about two seconds at 1 Mbit/s
MOST_REMEMBERED = 10_000  # names of attachments that are at the center
STUCK = 3  # pieces in a row that did not bring it further


class Uploads:
    """`told(there, in_all)`: bytes of this case's attachments, after each step."""

    def __init__(self, link: CenterLink, path_of: Callable[[str], Path]) -> None:
        self._link = link
        self._path_of = path_of
        self._there: set[str] = set()

    def bring(self, envelope: Envelope, share: int, told: Callable[[int, int], None]) -> bool:
        """True when all of them are there; False when `share` bytes were sent and there is more to come.

        Raises CenterFailed, Poison, OSError, FileNotFoundError.
        """
        whole = sum(item.size for item in envelope.attachments)
        there, left = 0, share
        for item in envelope.attachments:
            if item.sha256 not in self._there:
                if left <= 0:
                    return False
                told(there, whole)
                left -= self._bring_one(item, left, partial(_told_of_part, told, there, whole))
                if item.sha256 not in self._there:
                    return False
            there += item.size
        return True

    def doubt(self, envelope: Envelope) -> None:
        """The center says that it lacks one of them."""
        self._there -= {item.sha256 for item in envelope.attachments}

    def _bring_one(self, item: SealedAttachment, share: int, told: Callable[[int], None]) -> int:
        """How many bytes were sent."""
        if item.size <= PIECE:
            self._link.put_attachment(item.sha256, self._path_of(item.sha256).read_bytes())
            self._arrived(item.sha256)
            return item.size
        known, sent, stuck = self._link.attachment(item.sha256), 0, 0
        while not known.complete and sent < share:
            told(known.size)
            data = self._piece(item, known.size)
            before = known.size
            known = self._link.put_piece(item.sha256, before, item.size, data)
            sent += len(data)
            stuck = 0 if known.complete or known.size > before else stuck + 1
            if stuck >= STUCK:
                raise CenterFailed("an attachment does not arrive", answered=True)
        if known.complete:
            self._arrived(item.sha256)
        return sent

    def _piece(self, item: SealedAttachment, start: int) -> bytes:
        if start >= item.size:
            raise CenterFailed("the center counts an attachment wrong", answered=True)
        with self._path_of(item.sha256).open("rb") as file:
            file.seek(start)
            data = file.read(PIECE)
        if not data:
            raise FileNotFoundError(item.sha256)
        return data

    def _arrived(self, sha256: str) -> None:
        if len(self._there) >= MOST_REMEMBERED:
            self._there.clear()
        self._there.add(sha256)


def _told_of_part(told: Callable[[int, int], None], before: int, whole: int, held: int) -> None:
    told(before + held, whole)

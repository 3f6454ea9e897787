"""Work that one worker of all does: whoever claims its name first; the claim ends with the block or the process."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import text

from center.services import Center


@contextmanager
def claimed(center: Center, name: str) -> Iterator[bool]:
    """False: another worker, here or on another machine, is at it."""
    if center.database.is_postgresql:
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        with center.database.connected() as connection:
            mine = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})
            connection.commit()  # the lock belongs to the connection, not to a transaction left open
            try:
                yield bool(mine)
            finally:  # or the connection would take the lock back to the pool
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
        return
    with (center.settings.state_folder / f"{name}.claim").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True

"""PostgreSQL by URL, several hosts included: the one that can be written is found, also after another took over."""

import re
from urllib.parse import urlencode

from psycopg import Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

_POOL, _MORE = 10, 10  # connections of a worker; PostgreSQL's max_connections must allow for all workers
_HOSTS = re.compile(r"^(?P<head>postgresql(?:\+psycopg)?://(?:[^@/]*@)?)(?P<hosts>[^/?@]+,[^/?@]+)(?P<tail>.*)$")
_ANSWERS = {  # a server that is gone is given up after seconds, not after the kernel's quarter of an hour
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # ms
    "application_name": "kiosk-center",
}


def postgresql_engine(url: str) -> Engine:
    """`postgresql://user@one:5432,two:5432/center?target_session_attrs=read-write`, as libpq writes several hosts."""
    parsed = make_url(_one_by_one(url)).set(drivername="postgresql+psycopg")
    answers = {name: value for name, value in _ANSWERS.items() if name not in parsed.query}
    engine = create_engine(
        parsed, pool_pre_ping=True, pool_size=_POOL, max_overflow=_MORE, pool_timeout=10, connect_args=answers
    )
    event.listen(engine, "connect", _insist_on_durability)
    return engine


def _one_by_one(url: str) -> str:
    """SQLAlchemy wants several hosts as `?host=one:5432&host=two:5432`."""
    found = _HOSTS.match(url)
    if found is None:
        return url
    tail, _, query = found["tail"].partition("?")
    hosts = urlencode([("host", host) for host in found["hosts"].split(",")])
    return f"{found['head']}{tail or '/'}?{'&'.join(part for part in (hosts, query) if part)}"


def _insist_on_durability(connection: Connection, _record: object) -> None:
    """A receipt says that the case is on disk, on the standby too where there is one."""
    with connection.cursor() as cursor:
        known = cursor.execute("SHOW synchronous_commit").fetchone()
        if known is not None and known[0] in ("off", "local"):
            cursor.execute("SET synchronous_commit = on")
    connection.commit()

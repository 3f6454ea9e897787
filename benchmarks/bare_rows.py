"""An endpoint that only commits the row it is sent: `python -m benchmarks.bare_rows URL` says where it listens."""

import sys
from socket import socket
from threading import local

import psycopg
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

TABLE = (
    "CREATE TABLE IF NOT EXISTS bare_rows (envelope_id varchar(64) PRIMARY KEY, terminal_id varchar(64), sequence int,"
    " kind varchar(16), digest varchar(64), received_at timestamp, body bytea, receipt text)"
)
INSERT = "INSERT INTO bare_rows VALUES (%s, 'T000000000001', %s, 'case', %s, now(), %s, %s)"
RECEIPT = "r" * 420  # as long as a receipt is


def app_for(url: str) -> FastAPI:
    app, mine = FastAPI(), local()

    def commit(name: str, number: int, body: bytes) -> None:
        if not hasattr(mine, "connection"):
            mine.connection = psycopg.connect(url)
        with mine.connection.transaction():
            mine.connection.execute(INSERT, [name, number, "0" * 64, body, RECEIPT])

    @app.put("/rows/{name}/{number}")
    async def put_row(name: str, number: int, request: Request) -> Response:
        await run_in_threadpool(commit, name, number, await request.body())
        return Response(RECEIPT, 201)

    return app


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)


def main(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TABLE)
    _Server(uvicorn.Config(app_for(url), port=0, log_config=None, access_log=False)).run()


if __name__ == "__main__":
    main(sys.argv[1])

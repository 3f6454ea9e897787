"""The center as an ASGI application: every worker opens the same database, blobs and keys and keeps nothing itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from center.bodies import BodyLimit, Reception, answer_problems
from center.clock import Clock
from center.decisions import decide_waiting
from center.routes import attachments, backups, cases, heartbeats, statements, terminals, verify
from center.services import Center, open_center
from center.settings import CenterSettings

DEFAULT_URL = "http://127.0.0.1:8700"


def create_app(settings: CenterSettings, clock: Clock) -> FastAPI:
    """Opens the center; whoever serves the app closes it. Raises CenterUnusable."""
    return app_of(open_center(settings, clock), settings.public_url or DEFAULT_URL)


def app_of(center: Center, public_url: str) -> FastAPI:
    """`public_url` is what QR codes lead to, without a slash at its end."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        resumed = asyncio.create_task(run_in_threadpool(_resume, center, public_url))
        yield
        await resumed
        center.close()

    app = FastAPI(title="瓯e办 center", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.reception = Reception(center, public_url.rstrip("/"))
    app.add_middleware(BodyLimit)
    answer_problems(app)
    for part in (statements, backups, terminals, heartbeats, attachments, cases, verify):
        app.include_router(part.router)
    return app


def _resume(center: Center, public_url: str) -> None:
    """Decide what a killed center left; and load what draws and signs, a second's work, before anybody waits for it."""
    import_module("center.documents.page")
    import_module("center.documents.seal")
    decide_waiting(center, public_url)

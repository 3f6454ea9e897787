"""The center as an ASGI application: every worker opens the same database, blobs and keys and keeps nothing itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from secrets import SystemRandom

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import Lifespan

from center.admission import Admission, Limits, Tide
from center.bodies import BodyLimit, Reception, answer_problems
from center.claims import claimed
from center.clock import Clock
from center.decisions import decide_waiting
from center.metrics import Counting, Metrics
from center.openapi import ADDRESS, describe
from center.routes import attachments, backups, cases, health, heartbeats, statements, terminals, verify
from center.services import Center, open_center
from center.settings import CenterSettings
from center.watching import Watch

_SPARE_THREADS = 8  # for health and for what a request begins beside itself
DEFAULT_URL = "http://127.0.0.1:8700"


def create_app(settings: CenterSettings, clock: Clock) -> FastAPI:
    """Opens the center; whoever serves the app closes it. Raises CenterUnusable."""
    return app_of(open_center(settings, clock), settings.public_url or DEFAULT_URL)


def app_of(center: Center, public_url: str) -> FastAPI:
    """`public_url` is what QR codes lead to, without a slash at its end."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = center.settings.places + _SPARE_THREADS
        watch = Watch(center)
        watch.start()
        resumed = asyncio.create_task(run_in_threadpool(_resume, center, public_url))
        yield
        await resumed
        await run_in_threadpool(watch.stop)
        center.close()

    app = bare_app(lifespan)
    app.state.reception = Reception(center, public_url.rstrip("/"))
    app.state.metrics = metrics = Metrics(center.database.connections_in_use)
    app.add_middleware(BodyLimit)
    app.add_middleware(
        Admission,
        limits=Limits(center.settings.places, center.settings.places_each, center.settings.slow_after),
        tide=Tide(center.clock.monotonic, SystemRandom()),
        database_waits=center.database.oldest_wait,
        turned_away=metrics.turn_away,
    )
    app.add_middleware(Counting, metrics=metrics)
    return app


def bare_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The routes and their OpenAPI document, without a center behind them."""
    app = FastAPI(lifespan=lifespan, openapi_url=ADDRESS, docs_url=None, redoc_url=None)
    answer_problems(app)
    for part in (health, statements, backups, terminals, heartbeats, attachments, cases, verify):
        app.include_router(part.router)
    describe(app)
    return app


def _resume(center: Center, public_url: str) -> None:
    """Decide what a killed center left; and load what draws and signs, a second's work, before anybody waits for it."""
    import_module("center.documents.page")
    import_module("center.documents.seal")
    with claimed(center, "resume") as mine:
        if mine:
            decide_waiting(center, public_url)

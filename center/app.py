"""The center as an ASGI application: every worker opens the same database, blobs and keys and keeps nothing itself."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib import import_module
from secrets import SystemRandom

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute
from starlette.types import Lifespan

from center.admission import Admission, Limits, Tide
from center.bodies import BodyLimit, Reception
from center.casework.timers import run_due
from center.claims import claimed
from center.clock import Clock
from center.decisions import decide_waiting
from center.journal import Event, log, place_of
from center.metrics import Counting, Metrics
from center.openapi import ADDRESS, describe
from center.pages import Gate
from center.refusing import answer_problems
from center.routes import (
    attachments,
    audit,
    backups,
    cases,
    drafts,
    followups,
    handovers,
    health,
    heartbeats,
    phone,
    results,
    staff,
    statements,
    terminals,
    verify,
)
from center.services import Center, open_center
from center.settings import CenterSettings
from center.sites import tell_public_url
from center.watching import Watch

_SPARE_THREADS = 8  # for health and for what a request begins beside itself
_SETTLED = 3.0  # s from the start until there is time for what nobody waits for yet
_ROUND = 60.0  # s between two looks at what is due
_FOR_TERMINALS = (statements, backups, terminals, heartbeats, attachments, cases, drafts, handovers, verify, phone)
_FOR_STAFF = (followups, results, audit, staff)


def create_app(settings: CenterSettings, clock: Clock) -> FastAPI:
    """Opens the center; whoever serves the app closes it. Raises CenterUnusable."""
    return app_of(open_center(settings, clock), settings.address)


def app_of(center: Center, public_url: str) -> FastAPI:
    """`public_url` is what QR codes lead to, without a slash at its end."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = center.settings.places + _SPARE_THREADS
        watch = Watch(center)
        watch.start()
        ending = asyncio.Event()
        working = asyncio.create_task(_work(center, public_url.rstrip("/"), ending))
        yield
        ending.set()
        await working
        await run_in_threadpool(watch.stop)
        center.close()

    app = bare_app(lifespan)
    app.state.reception = Reception(center, public_url.rstrip("/"), Gate(center.clock.monotonic))
    app.state.metrics = metrics = Metrics(center.database.connections_in_use)
    app.add_middleware(BodyLimit)
    app.add_middleware(
        Admission,
        limits=_limits(center.settings),
        tide=Tide(center.clock.monotonic, SystemRandom(), slowest=center.settings.places / 2),
        database_waits=center.database.oldest_wait,
        turned_away=metrics.turn_away,
    )
    app.add_middleware(Counting, metrics=metrics)
    return app


def _limits(settings: CenterSettings) -> Limits:
    return Limits(settings.places, settings.places_each, settings.longest_wait, settings.slow_after)


def bare_app(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The routes and their OpenAPI document, without a center behind them."""
    app = FastAPI(lifespan=lifespan, routes=[*_routes()], openapi_url=ADDRESS, docs_url=None, redoc_url=None)
    answer_problems(app)
    describe(app)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """Once for all apps of a process: they keep nothing of their own, and reading what each asks for takes a while."""
    router = APIRouter()
    for part in (health, *_FOR_TERMINALS, *_FOR_STAFF):
        router.include_router(part.router)
    return tuple(router.routes)


async def _work(center: Center, public_url: str, ending: asyncio.Event) -> None:
    """What nobody asks for, each minute until the end; one of all the workers does it."""
    await run_in_threadpool(_resume, center, public_url)
    with suppress(TimeoutError):
        await asyncio.wait_for(ending.wait(), _SETTLED)
    if not ending.is_set():
        await run_in_threadpool(_load_what_is_slow)
    while not ending.is_set():
        try:
            await run_in_threadpool(run_due, center, public_url)
        except Exception as error:  # noqa: BLE001 - a database that is away for a minute is there in the next one
            log(Event.WORK_FAILED, what="timers", reason=place_of(error))
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _ROUND)


def _load_what_is_slow() -> None:
    """What draws and signs documents, a second's work, before anybody waits for it."""
    import_module("center.documents.page")
    import_module("center.documents.seal")


def _resume(center: Center, public_url: str) -> None:
    """Decide what a killed center left, and tell terminals where phones find it."""
    with claimed(center, "resume") as mine:
        if mine:
            decide_waiting(center, public_url)
            tell_public_url(center)

"""Is it alive, and can it work: for terminals, balancers and whoever is on duty."""

import asyncio
import secrets

from cryptography.exceptions import InvalidSignature, InvalidTag
from fastapi import APIRouter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from center.blobs import BlobsAway
from center.bodies import At
from center.errors import Refused
from center.services import Center
from flows.api import Health, Ready

router = APIRouter(prefix="/v1")
_PATIENCE = 3.0  # s


@router.get("/health")
async def get_health(at: At) -> Health:
    """Say that the process answers, whatever else is wrong. Another epoch means that the center was restored."""
    return Health(epoch=at.center.epoch)


@router.get("/ready")
async def get_ready(at: At) -> Ready:
    """Try database, blobs and keys now. A balancer sends requests only where this says 200."""
    try:
        missing = await asyncio.wait_for(run_in_threadpool(_missing, at.center), _PATIENCE)
    except TimeoutError:
        missing = "an answer within three seconds"
    if missing:
        raise Refused(503, "notReady", "This worker cannot work now", f"it lacks: {missing}", "retry")
    return Ready()


def _missing(center: Center) -> str:
    try:
        with center.database.connected() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "the database"
    try:
        center.blobs.check()
    except BlobsAway:
        return "the store of attachments"
    return "" if _keys_work(center) else "the keys"


def _keys_work(center: Center) -> bool:
    probe, keys = secrets.token_bytes(16), center.keys
    try:
        keys.signing.public_key().verify(keys.signing.sign(probe), probe)
        sealing = keys.sealing
        return sealing.open(sealing.public.seal(probe, b"probe"), b"probe") == probe
    except (InvalidSignature, InvalidTag):
        return False

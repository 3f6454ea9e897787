"""What the center says of itself: the time, its epoch, and its newest sealing key, signed for whoever asks."""

from typing import Annotated

from fastapi import APIRouter, Header

from center.bodies import At
from flows.statements import Statement, sign_statement
from flows.wire import iso_utc

router = APIRouter(prefix="/v1")
Nonce = Annotated[str, Header(pattern=r"^[0-9A-Za-z]{16,64}$")]


@router.get("/statement")
def get_statement(at: At, oeb_nonce: Nonce) -> Statement:
    """Tell time, epoch and newest sealing key, signed.

    `OEB-Nonce` comes back in what is signed, so that an old statement cannot be played again.
    """
    sealing = at.center.keys.sealing
    number, key = sealing.all()[0]
    return sign_statement(
        oeb_nonce,
        time=iso_utc(at.center.clock.now()),
        epoch=at.center.epoch,
        key_sequence=number,
        sealing_key=key.public.text,
        signing_key=at.center.keys.signing,
    )

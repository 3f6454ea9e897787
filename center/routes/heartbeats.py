"""Heartbeats in, and what the center has for its terminals out: packages of matters."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from center.blobs import BlobMissing
from center.bodies import At, RepeatableBy, ReportedBy
from center.certificates import certificate_for, open_authority, revocation_list
from center.errors import Refused
from center.heartbeats import take_beat
from center.packages import package
from center.problems import BINARY, may_refuse
from center.services import Center
from center.sites import given_to
from center.tables import Terminal
from center.terminals import known_terminal
from flows.certificates import CertificateReply, sign_certificate_reply
from flows.heartbeats import Beat, BeatAnswer
from flows.packages import Manifest
from flows.settings import GivenSettings
from flows.wire import Sha256, signed_headers

router = APIRouter(prefix="/v1")
Version = Annotated[int, Path(ge=1, lt=2**53)]
_CRL: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pkix-crl": {"schema": BINARY}}}}
_BYTES: dict[int | str, dict[str, Any]] = {200: {"content": {"application/octet-stream": {"schema": BINARY}}}}


@router.post("/heartbeats")
def post_heartbeat(beat: Beat, request: Request, at: At, terminal: ReportedBy) -> BeatAnswer:
    """Take what the terminal says of itself; answered, signed and with the request's nonce, by what there is for it.

    One that was revoked is told so by a signed answer, which nobody on the way can forge.
    """
    return take_beat(at.center, terminal, beat, signed_headers(request.headers)[2])


@router.get("/settings", response_model=GivenSettings, responses=may_refuse(404))
def get_settings(at: At, terminal: RepeatableBy) -> Response:
    """Hand out what holds for this terminal, signed."""
    with at.center.database.reading() as session:
        given = given_to(at.center, session, session.get_one(Terminal, terminal))
    if given is None:
        raise Refused(404, "noSettings", "Nothing was set for any terminal yet", "", "retry")
    return Response(given.model_dump_json(), media_type="application/json")


@router.post("/certificate")
def post_certificate(request: Request, at: At, terminal: ReportedBy) -> CertificateReply:
    """The terminal's certificate, a new one where the old one ends soon; signed, with the request's nonce."""
    known_terminal(at.center.database, terminal)
    pem = certificate_for(at.center, terminal)
    authority = open_authority(at.center.settings.keys_folder, at.center.clock.now()).pem
    return sign_certificate_reply(signed_headers(request.headers)[2], pem, authority, at.center.keys.signing)


@router.get("/revoked.crl", response_class=Response, responses=_CRL)
def get_revoked(at: At) -> Response:
    """Certificates of terminals that were taken out of service, as an X.509 revocation list (DER)."""
    return Response(revocation_list(at.center), media_type="application/pkix-crl")


@router.get("/packages/{version}", response_model=Manifest)
def get_package(version: Version, at: At, _terminal: RepeatableBy) -> Response:
    """Hand out the manifest of a package of matters, with its signatures."""
    return Response(_package(at.center, version).to_bytes(), media_type="application/json")


@router.get("/packages/{version}/files/{sha256}", responses=_BYTES, response_class=Response)
def get_package_file(version: Version, sha256: Sha256, at: At, _terminal: RepeatableBy) -> Response:
    """Hand out one file of a package."""
    if sha256 not in {item.sha256 for item in _package(at.center, version).files}:
        raise Refused(404, "noSuchFile", "The package has no such file", "", "retry")
    try:
        return Response(at.center.blobs.read(sha256), media_type="application/octet-stream")
    except BlobMissing as error:
        raise Refused(503, "fileDamaged", "The file is damaged at the center", "", "retry") from error


def _package(center: Center, version: int) -> Manifest:
    found = package(center, version)
    if found is None:
        raise Refused(404, "noSuchPackage", "There is no such package", "", "retry")
    return found

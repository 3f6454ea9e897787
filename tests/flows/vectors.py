"""Writes docs/wire-vectors.json anew: `python -m tests.flows.vectors`. Only for a new suite or a new structure.

Sealing draws random bytes, so each run seals other bytes; what must not change is that the file in the repository is
read by the code beside it, which tests/flows/test_vectors.py holds.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from flows.backups import sign_backed_up
from flows.canonical import canonical, sha256_hex, to_base64
from flows.case import Applicant, Attachment, Case, Rating
from flows.keys import SealingKey, encode_signing_key, encode_verify_key
from flows.statements import sign_statement
from flows.wire import digest, iso_utc, seal_attachment, seal_envelope, sign_receipt, sign_request

FILE = Path(__file__).resolve().parents[2] / "docs" / "wire-vectors.json"
AT = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
NONCE = "000102030405060708090a0b0c0d0e0f"
PICTURE = b"\xff\xd8 a picture of nothing"
TERMINAL = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CENTER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
SEALING = SealingKey(
    MLKEM768PrivateKey.from_seed_bytes(bytes(range(64, 128))),
    X25519PrivateKey.from_private_bytes(bytes(range(128, 160))),
)


def keys():
    return {
        "terminal_id": "T000000000001",
        "terminal_signing_private": encode_signing_key(TERMINAL),
        "terminal_signing_public": encode_verify_key(TERMINAL.public_key()),
        "center_signing_private": encode_signing_key(CENTER),
        "center_signing_public": encode_verify_key(CENTER.public_key()),
        "sealing_private": SEALING.encode(),
        "sealing_public": SEALING.public.text,
        "sealing_key_id": SEALING.public.key_id,
    }


def a_case():
    told = Attachment(
        name="material-1", sha256=sha256_hex(PICTURE), size=len(PICTURE), media_type="image/jpeg", step="material"
    )
    return Case(
        case_id="a" * 32,
        terminal_id="T000000000001",
        matter="resident-medical-insurance",
        matter_version=1,
        kind="accepted",
        language="zh",
        created_at=iso_utc(AT),
        applicant=Applicant(kind="citizen", name="测试甲", number="330381189901010015"),
        answers={"delivery": "post"},
        attachments=(told,),
    )


def a_rating():
    return Rating(rating_id="b" * 32, case_id="a" * 32, level=4, tags=("412",), created_at=iso_utc(AT))


def sealed(content, sequence, attachments=()):
    envelope = seal_envelope(
        content,
        terminal_id="T000000000001",
        sequence=sequence,
        created_at=AT,
        center_key=SEALING.public,
        signing_key=TERMINAL,
        attachments=attachments,
    )
    plain = canonical(content.model_dump(mode="json"))
    number, epoch = "33038120261123000001", "0011223344556677"
    receipt = sign_receipt(envelope, case_number=number, received_at=AT, epoch=epoch, signing_key=CENTER)
    return {
        "body": envelope.to_bytes().decode(),
        "digest": digest(envelope),
        "plain": plain.decode(),
        "receipt": json.loads(receipt.model_dump_json()),
    }


def request(method, target, body):
    signed = sign_request(method, target, body, terminal_id="T000000000001", signing_key=TERMINAL, time=AT, nonce=NONCE)
    return {"method": method, "target": target, "body": body.decode(), "headers": signed}


def vectors():
    reference, data = seal_attachment("material-1", PICTURE, "T000000000001", SEALING.public)
    statement = sign_statement(
        NONCE,
        time=iso_utc(AT),
        epoch="0011223344556677",
        key_sequence=1,
        sealing_key=SEALING.public.text,
        signing_key=CENTER,
    )
    mixed = {"b": 1, "a": ["瑞安", None, True], "é": "\n"}
    return {
        "suite": "OEB-1",
        "keys": keys(),
        "canonical": {"value": mixed, "text": canonical(mixed).decode()},
        "case": sealed(a_case(), 7, [reference]),
        "rating": sealed(a_rating(), 8),
        "attachment": {
            "name": "material-1",
            "plain": to_base64(PICTURE),
            "plain_sha256": sha256_hex(PICTURE),
            "sealed": to_base64(data),
            "sealed_sha256": reference.sha256,
            "sealed_size": reference.size,
        },
        "backed_up": json.loads(
            sign_backed_up(NONCE, "0011223344556677", ("0" * 64, "f" * 64), CENTER).model_dump_json()
        ),
        "statement": json.loads(statement.model_dump_json()),
        "requests": [
            request("GET", "/v1/progress/33038120261123000001", b""),
            request("POST", "/v1/lookups/social-insurance?page=1", '{"parameters":{"姓名":"测试甲"}}'.encode()),
        ],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

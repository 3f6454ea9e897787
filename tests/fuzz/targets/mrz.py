"""Whatever is meant to be a machine-readable zone: a record, or MrzRefused."""

from datetime import date

from flows.mrz import MrzRefused, parse_mrz

TODAY = date(2026, 11, 24)
SEEDS = (
    b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    b"I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)


def check(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        record = parse_mrz(text, TODAY)
    except MrzRefused:
        return
    assert record.birth is None or record.birth <= TODAY

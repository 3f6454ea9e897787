"""IPP messages: what is written is read again, and pyipp, which others wrote, reads the same."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st
from pyipp.parser import parse

from devices.printer.ipp_message import Attribute, Group, IppDamaged, Kind, Value, attribute, decode, encode

NAMES = st.from_regex(r"[a-z][a-z-]{0,20}", fullmatch=True)
TEXTS = st.text(max_size=40)
VALUES = st.one_of(
    st.tuples(st.just(Kind.INTEGER), st.integers(-(2**31), 2**31 - 1)),
    st.tuples(st.just(Kind.BOOLEAN), st.booleans()),
    st.tuples(st.just(Kind.NAME), TEXTS),
    st.tuples(st.just(Kind.KEYWORD), TEXTS),
)


@given(st.dictionaries(NAMES, VALUES), st.integers(0, 2**31 - 1), st.binary(max_size=100))
def test_a_message_is_read_as_it_was_written(told: dict[str, tuple[Kind, Value]], number: int, document: bytes) -> None:
    attributes = [attribute(name, kind, value) for name, (kind, value) in told.items()]
    message = decode(encode(2, number, [(Group.JOB, attributes)], document))
    assert (message.code, message.request_id, message.document) == (2, number, document)
    assert message.first(Group.JOB) == {name: (value,) for name, (_, value) in told.items()}


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_a_message_or_damaged(data: bytes) -> None:
    with contextlib.suppress(IppDamaged):
        decode(b"\x02\x00" + data)


def test_a_message_torn_anywhere_before_its_document_is_damaged() -> None:
    whole = encode(0, 7, [(Group.JOB, [attribute("job-name", Kind.NAME, "a", "b"), attribute("n", Kind.INTEGER, 1)])])
    for length in range(len(whole)):
        try:
            decode(whole[:length])
        except IppDamaged:
            continue
        raise AssertionError(length)


def test_another_library_reads_what_is_written_here() -> None:
    jobs: list[Attribute] = [attribute("job-id", Kind.INTEGER, 7), attribute("job-name", Kind.NAME, "case-1")]
    language = [attribute("attributes-charset", Kind.CHARSET, "utf-8")]
    read = parse(encode(0, 9, [(Group.OPERATION, language), (Group.JOB, jobs)]))
    assert read["request-id"] == 9
    assert read["jobs"] == [{"job-id": 7, "job-name": "case-1"}]

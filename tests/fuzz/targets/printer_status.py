"""Whatever a printer answers: split to the last byte, and a status that a person can be told."""

from devices.printer.answers import AnswerStream, Output, Pushed, RealTime
from devices.printer.status_bytes import QUESTIONS, Answers, pushed_answers, status_of

SEEDS = (
    bytes((0x12, 0x12, 0x12, 0x12)),
    bytes((0x1A, 0x36, 0x12, 0x7E)),
    b"\x10\x00\x00\x0f\x38\x04\x0c\x0f",
    b"\x37\x22!abc\x00\x12\x00",
    b"\x10\x0f\x20\x02\x00\x00",
    b"\x10\x04\x01\x10\x04\x02",
    b"\xff" * 9,
)


def check(data: bytes) -> None:
    for presenter in (False, True):
        whole, torn = AnswerStream(presenter=presenter), AnswerStream(presenter=presenter)
        answers = whole.feed(data)
        assert answers == [answer for byte in data for answer in torn.feed(bytes((byte,)))]
        for answer in answers:
            match answer:
                case Pushed(data=pushed):
                    _told(pushed_answers(pushed))
                case Output(data=output):
                    _told(Answers({1: 0x12}, output=bool(output[2] & 0x20)))
                case _:
                    pass
        asked = [answer.byte for answer in answers if isinstance(answer, RealTime)]
        _told(Answers(dict(zip(QUESTIONS, asked, strict=False)), noise=len(answers) > len(asked)))


def _told(answers: Answers) -> None:
    status = status_of(answers)
    assert bool(status.message) == (status.action is not None)

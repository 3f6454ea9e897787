"""How cases travel: several at once, large ones in pieces that are sent once, nobody waiting behind somebody slow."""

import random  # noqa: TID251 - for pauses of no length
from datetime import datetime, timedelta

import httpx
import pytest

from kiosk.backroom.attempts import Attempts
from kiosk.backroom.center_seal import CenterSeal
from kiosk.backroom.delivery import Delivery, Watch, deliver_waiting
from kiosk.backroom.enrolment import enrol
from kiosk.backroom.heeding import Heeding
from kiosk.backroom.pace import Pace
from kiosk.backroom.sync import Rhythm, Sync
from kiosk.backroom.sync_note import read_note
from tests.backroom.running import NAME
from tests.backroom.standing import Standing, WrongClock, picture
from tests.center.running import run_center

BIG = picture(900_000)


@pytest.fixture
def terminal(center, tmp_path):
    enrol(center.code(), center.url, tmp_path / "terminal")
    standing = Standing(tmp_path / "terminal", center.url)
    yield standing
    standing.close()


def nobody_asks(_entry, _receipt):
    pass


def test_many_small_cases_share_few_requests(terminal, center):
    cases = [terminal.takes() for _ in range(100)]
    done = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    assert (done.delivered, done.waiting) == (100, 0)
    assert len(terminal.line.sent) < 10
    assert center.rows("SELECT count(*) FROM cases WHERE case_id = ?", cases[50].case_id) == [(1,)]


def test_a_broken_upload_goes_on_where_it_stopped_also_after_a_restart(terminal, center):
    case = terminal.takes(BIG)
    pieces = []

    def third_piece(request):
        pieces.append(request.method == "PATCH")
        return sum(pieces) == 3

    terminal.line.breaks = third_piece
    assert not deliver_waiting(terminal.outbox, terminal.link, nobody_asks).reachable
    terminal.close()
    again = Standing(terminal.folder, center.url)
    try:
        assert deliver_waiting(again.outbox, again.link, nobody_asks).delivered == 1
        assert again.state(case) == "delivered"
        assert sum(again.line.requests("PATCH", "/attachments/")) < len(BIG) - 400_000
    finally:
        again.close()


def test_a_piece_whose_answer_was_lost_is_not_sent_twice(terminal):
    terminal.takes(BIG)
    lost = []

    def answer_of_the_second_is_lost(request):
        if request.method == "PATCH" and len(terminal.line.requests("PATCH", "")) == 2 and not lost:
            lost.append(terminal.line.wire.handle_request(request))
            return True
        return False

    terminal.line.breaks = answer_of_the_second_is_lost
    for _ in range(2):
        deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    assert sum(terminal.line.requests("PATCH", "")) == len(BIG) + 1136


def test_one_case_that_fails_stands_behind_the_others_and_holds_nobody_up(terminal):
    bad, *others = [terminal.takes(picture(1000 + number)) for number in range(4)]
    asked = []

    def stalls(request):
        if "/envelopes/" in request.url.path:
            asked.append(request.url.path.rpartition("/")[2])
        return asked[-1:] == [bad.case_id] and "/envelopes/" in request.url.path

    terminal.line.breaks = stalls
    first = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    second = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    assert (first.delivered, second.delivered) == (0, 3)
    assert asked == [bad.case_id, *(case.case_id for case in others), bad.case_id]
    terminal.line.breaks = lambda _request: False
    assert deliver_waiting(terminal.outbox, terminal.link, nobody_asks).delivered == 1


class Altering(httpx.HTTPTransport):
    """Changes letters of the sealed text in the first request that brings this case."""

    def __init__(self, case_id):
        super().__init__()
        self._case_id, self.altered = case_id, 0

    def handle_request(self, request):
        body = request.read()
        place = body.find(self._case_id.encode())
        if place < 0 or self.altered or request.method not in ("POST", "PUT"):
            return super().handle_request(request)
        self.altered += 1
        sealed = body.index(b'"sealed":"', place) + 100
        changed = body[:sealed] + body[sealed : sealed + 8][::-1] + body[sealed + 8 :]
        return super().handle_request(
            httpx.Request(request.method, request.url, headers=request.headers, content=changed)
        )


@pytest.mark.parametrize("others", [0, 5], ids=["alone", "among others"])
def test_a_case_that_was_altered_on_its_way_is_not_set_aside_but_sent_again(others, terminal):
    cases = [terminal.takes() for _ in range(others + 1)]
    terminal.line.wire = wire = Altering(cases[-1].case_id)
    first = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    second = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    assert wire.altered
    assert (first.quarantined, first.delivered + second.delivered) == (0, len(cases))


def test_a_large_case_gives_way_after_its_share_and_a_new_one_goes_before_the_rest(terminal):
    large = [terminal.takes(picture(2_300_000 + number)) for number in range(2)]
    order = []
    attempts = Attempts(terminal.clock, random.Random(), 0.0)
    delivery = Delivery(terminal.outbox, terminal.link, attempts)

    def sending(case_id, _there, _in_all):
        if not order or order[-1] != case_id:
            order.append(case_id)
        if len(order) == 1 and terminal.outbox.count_waiting() == 2:
            terminal.takes()

    watch = Watch(lambda entry, _receipt: order.append(entry.matter and f"done {entry.envelope_id}"), sending=sending)
    done = delivery.round(watch)
    assert done.unfinished
    assert done.delivered == 1  # the small one, between the two large ones
    assert order[0] == large[0].case_id
    assert order[1].startswith("done ")
    assert order[2] == large[1].case_id
    assert delivery.round(watch).delivered == 2


def test_an_upload_keeps_to_its_rate():
    clock = WrongClock()
    pace, begun = Pace(clock, kbit_per_second=80), clock.monotonic()
    body = picture(100_000)
    assert b"".join(pace.slices(body)) == body
    assert 9.0 < clock.monotonic() - begun < 10.5  # 100,000 bytes at 10,000 a second


def test_a_rate_is_kept_over_the_wire_too(terminal, center):
    terminal.close()
    clock = WrongClock()
    slow = Standing(terminal.folder, center.url, clock, upload_kbit=800)
    try:
        slow.takes(picture(200_000))
        assert deliver_waiting(slow.outbox, slow.link, nobody_asks).delivered == 1
        assert clock.slept > 1.5
    finally:
        slow.close()


@pytest.mark.parametrize("off", [timedelta(days=-3650), timedelta(days=3650)], ids=["ten years slow", "ten years fast"])
def test_a_terminal_whose_clock_is_wrong_asks_and_dates_as_the_center_does(terminal, center, off):
    terminal.close()
    wrong = Standing(terminal.folder, center.url, WrongClock(off))
    try:
        before = wrong.takes()
        reply = wrong.link.progress("330381200000000000")  # refused for the clock at first, then set by the statement
        assert reply is None
        after = wrong.takes()
        assert deliver_waiting(wrong.outbox, wrong.link, nobody_asks).delivered == 2
        created = {
            entry.envelope_id: datetime.fromisoformat(entry.created_at) for entry in wrong.outbox._entries("1", [])
        }
        now = WrongClock().now()
        assert abs(created[before.case_id] - now) > timedelta(days=3600)
        assert abs(created[after.case_id] - now) < timedelta(minutes=1)
        assert wrong.outbox.entry(before.case_id).sequence < wrong.outbox.entry(after.case_id).sequence
    finally:
        wrong.close()


NOON = "Wed, 25 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (503, "90", 90.0),
        (429, "Wed, 25 Nov 2026 12:02:00 GMT", 120.0),
        (429, "31536000", 600.0),
        (429, "Fri, 31 Dec 9999 23:59:59 GMT", 600.0),
        (429, "soon", 0.0),
        (429, "-5", 0.0),
        (503, "Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_a_center_that_is_busy_is_left_in_peace_as_long_as_it_asked(terminal, status, said, seconds):
    for _ in range(3):
        terminal.takes(b"picture")
    terminal.line.instead = httpx.Response(status, headers={"Date": NOON, "Retry-After": said})
    done = deliver_waiting(terminal.outbox, terminal.link, nobody_asks)
    assert (done.held_up, done.retry_after, len(terminal.line.sent)) == (True, seconds, 1)


def test_a_case_that_comes_in_meanwhile_does_not_disturb_a_busy_center(terminal, center):
    terminal.close()
    patient = Standing(terminal.folder, center.url, WrongClock())
    sync = Sync(patient.outbox, patient.link, patient.clock, random.Random(1), lambda _: None, Rhythm(), 7)
    try:
        patient.takes()
        patient.line.instead = httpx.Response(429, headers={"Retry-After": "90"})
        sync.turn()
        asked = len(patient.line.sent)
        patient.takes()
        sync.wake()
        sync.turn()
        assert len(patient.line.sent) == asked
        assert 80 < sync.pause() <= 95
        assert read_note(patient.folder).busy_until
        patient.clock.slept += 100
        patient.line.instead = None
        sync.turn()
        assert patient.outbox.count_waiting() == 0
    finally:
        patient.close()


def test_new_cases_are_sealed_to_the_centers_new_key_and_the_old_ones_still_open(terminal, center):
    old = terminal.takes()
    run_center("keys", "rotate", "--state", str(center.state))
    Heeding(terminal.outbox, terminal.link).turn()
    new = terminal.takes()
    parcels = {one.entry.envelope_id: one.envelope for one in terminal.outbox.to_offer(1, (-1, -1), 9)}
    assert parcels[old.case_id].key_id != parcels[new.case_id].key_id
    assert deliver_waiting(terminal.outbox, terminal.link, nobody_asks).delivered == 2
    for case in (old, new):
        assert NAME in center.command("cases", "show", case.case_id)
    assert CenterSeal(terminal.folder, terminal.identity).current().key_id == parcels[new.case_id].key_id

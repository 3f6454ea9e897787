"""From the screen's submit to the center's signed receipt, and what may come between."""

import json
import os
import secrets

import pytest

from flows.case import Applicant, iso_seconds
from flows.contents import Supplement
from kiosk.backroom.ledger import WriterLock
from kiosk.backroom.queue import SyncProblem, queue_list, sync_now
from kiosk.backroom.stick import queue_export
from kiosk.config import load_config
from kiosk.messages.from_backroom import CenterAnswer, Delivered, NotCommitted, ServiceChanged, SyncChanged
from kiosk.messages.to_backroom import AskCenter, SubmitCase, SubmitSupplement, VisitEnded, WithdrawRating
from tests.backroom.running import ADDRESS, CLOCK, NAME, NUMBER, Backroom, make_case, told, write_config
from tests.canary.finding import dresses, found_on_disk

PICTURE = b"\xff\xd8 picture of " + NAME.encode() * 40
CANARIES = (NAME, NUMBER, ADDRESS, "靠女儿赡养")


def received(center, case):
    return center.rows("SELECT count(*) FROM envelopes WHERE envelope_id = ?", case.case_id)[0][0]


def empty(message):
    return message.waiting == 0 and message.reachable


def test_a_case_with_a_picture_and_its_rating_are_delivered(center, backroom):
    assert backroom.ready.enrolled
    backroom.attach("material-1", PICTURE)
    case = make_case(backroom.ready.terminal_id, (told("material-1", PICTURE),))
    committed = backroom.submit(case)
    assert committed.sequence == 1
    assert committed.local_number.endswith("-000001")
    delivered = backroom.expect(Delivered, lambda m: m.case_id == case.case_id)
    assert delivered.case_number
    backroom.rate(case)
    backroom.send(VisitEnded())
    backroom.expect(SyncChanged, empty)
    assert received(center, case) == 1

    # the screen tries once more with the same case, as after a lost answer: nothing happens twice
    assert backroom.submit(case) == committed
    assert backroom.expect(Delivered).case_number == delivered.case_number
    assert received(center, case) == 1

    backroom.send(AskCenter(request="p", name="progress", parameters={"case_number": committed.local_number}))
    answer = backroom.expect(CenterAnswer)
    assert (answer.status, answer.data["case_number"]) == ("found", delivered.case_number)


def test_an_instant_case_brings_its_decision(backroom):
    case = make_case(backroom.ready.terminal_id, instant=True)
    backroom.submit(case)
    delivered = backroom.expect(Delivered, lambda m: bool(m.decision))
    assert delivered.decision["outcome"] in ("issued", "refused")


def test_the_center_dies_and_comes_back(center, backroom):
    backroom.expect(SyncChanged, empty)
    center.kill()
    case = make_case(backroom.ready.terminal_id)
    committed = backroom.submit(case)
    backroom.expect(SyncChanged, lambda m: m.waiting == 1 and not m.reachable)
    backroom.send(AskCenter(request="p", name="progress", parameters={"case_number": committed.local_number}))
    assert backroom.expect(CenterAnswer).data["state"] == "toSubmit"
    backroom.send(AskCenter(request="q", name="progress", parameters={"case_number": "NOT-HERE-1"}))
    assert backroom.expect(CenterAnswer).status == "unavailable"
    center.start()
    backroom.expect(SyncChanged, empty)
    assert received(center, case) == 1


def test_killed_right_after_committed(center, config):
    first = Backroom(config).start()
    first.attach("material-1", PICTURE)
    case = make_case(first.ready.terminal_id, (told("material-1", PICTURE),))
    first.submit(case)
    first.kill()
    second = Backroom(config).start()
    second.expect(SyncChanged, empty)
    assert received(center, case) == 1
    assert second.stop() == 0


def test_a_rating_outlives_a_power_cut_as_it_was_touched_last_and_is_offered_when_nobody_is_there(center, config):
    first = Backroom(config).start()
    case = make_case(first.ready.terminal_id)
    first.submit(case)
    rating = first.rate(case, level=1)
    first.rate(case, level=4, rating_id=rating)
    first.expect(Delivered)
    first.kill()
    second = Backroom(config).start()
    assert second.rate(case, level=5, rating_id=rating) == rating  # the screen lives, and so does the person's mind
    taken_back = second.rate(case, level=2)
    second.send(WithdrawRating(rating_id=taken_back))
    assert center.rows("SELECT count(*) FROM ratings WHERE case_id = ?", case.case_id) == [(0,)]
    second.send(VisitEnded())
    second.expect(SyncChanged, empty)
    assert center.rows("SELECT rating_id, level FROM ratings WHERE case_id = ?", case.case_id) == [(rating, 5)]
    assert second.stop() == 0


def test_nothing_of_the_citizen_is_on_disk_unsealed(config, tmp_path, center):
    center_url_of_nobody = "http://127.0.0.1:9"
    write_config(tmp_path, center_url_of_nobody)
    backroom = Backroom(config).start()
    backroom.attach("material-1", PICTURE)
    case = make_case(backroom.ready.terminal_id, (told("material-1", PICTURE),))
    backroom.submit(case)
    backroom.rate(case)
    assert backroom.stop() == 0
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for canary in (NAME, NUMBER, ADDRESS, NUMBER[:6]):
        assert canary.encode() not in everything
    modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "terminal").rglob("*")}
    assert set(modes.values()) == {0}, modes

    state = tmp_path / "terminal"
    assert [entry.state for entry in queue_list(state)] == ["waiting", "waiting"]
    assert queue_export(state, tmp_path / "stick") == 2
    assert len(list((tmp_path / "stick").iterdir())) == 3
    write_config(tmp_path, center.url)
    summary = sync_now(load_config(config))
    assert (summary.delivered, summary.waiting) == (2, 0)
    assert received(center, case) == 1


def test_sync_says_that_the_terminal_is_running(config, backroom):
    backroom.expect(ServiceChanged)
    with pytest.raises(SyncProblem, match="the terminal is running"):
        sync_now(load_config(config))
    assert queue_list(load_config(config).terminal.state_folder) == []


def test_no_room_on_the_disk_is_said_before_a_visit_and_goes_by_itself(tmp_path, config, center):
    write_config(tmp_path, center.url, reserve_mb=1 << 40)
    backroom = Backroom(config).start()
    changed = backroom.expect(ServiceChanged)
    assert (changed.in_service, changed.code) == (False, "diskFull")
    assert backroom.stop() == 0


def test_a_file_that_cannot_grow_is_not_called_committed(config):
    limit = 300_000  # bytes a file may have: the outbox fits, the sealed picture does not
    backroom = Backroom(config, largest_file=limit).start()
    big = os.urandom(limit)
    backroom.attach("material-1", big)
    case = make_case(backroom.ready.terminal_id, (told("material-1", big),))
    backroom.send(SubmitCase(request="s", case=case.model_dump(mode="json")))
    assert backroom.expect(NotCommitted).code == "diskFull"
    small = make_case(backroom.ready.terminal_id)
    assert backroom.submit(small).sequence == 1  # the one that failed left no gap
    backroom.expect(Delivered)
    assert backroom.stop() == 0


def test_an_attachment_that_was_wiped_is_not_called_committed(backroom):
    backroom.attach("material-1", PICTURE)
    backroom.send(VisitEnded())
    case = make_case(backroom.ready.terminal_id, (told("material-1", PICTURE),))
    backroom.send(SubmitCase(request="s", case=case.model_dump(mode="json")))
    assert backroom.expect(NotCommitted).code == "storageUnknown"


def test_a_damaged_outbox_is_kept_and_a_fresh_one_goes_on_above_it(center, config, tmp_path):
    first = Backroom(config).start()
    first.attach("material-1", PICTURE)
    last = first.submit(make_case(first.ready.terminal_id, (told("material-1", PICTURE),))).sequence
    first.expect(SyncChanged, empty)
    assert first.stop() == 0
    database = tmp_path / "terminal" / "outbox.db"
    content = bytearray(database.read_bytes())
    content[:4096] = os.urandom(4096)
    database.write_bytes(content)
    second = Backroom(config).start()
    case = make_case(second.ready.terminal_id)
    assert second.submit(case).sequence > last
    second.expect(SyncChanged, empty)
    assert received(center, case) == 1
    assert second.stop() == 0
    assert (tmp_path / "terminal" / "outbox.damaged-1.db").read_bytes() == content
    assert len(list((tmp_path / "terminal" / "outbox.damaged-1.attachments").iterdir())) == 1
    assert "the outbox was damaged" in second.log


def test_ready_comes_before_anything_that_takes_its_time(config):
    begun = CLOCK.monotonic()
    backroom = Backroom(config).start()
    assert CLOCK.monotonic() - begun < 3.0  # far above the usual 0.4 s: this machine may be busy
    assert type(backroom.heard[0][0]).__name__ == "Ready"
    assert backroom.stop() == 0
    WriterLock(load_config(config).terminal.state_folder, CLOCK, 0.0).close()


def supplement_to(number, terminal_id):
    return Supplement(
        supplement_id=secrets.token_hex(16),
        terminal_id=terminal_id,
        case_number=number,
        language="zh",
        created_at=iso_seconds(CLOCK.now()),
        applicant=Applicant(kind="citizen", name=NAME, number=NUMBER, address=ADDRESS),
        answers={"income": "靠女儿赡养"},
        attachments=(told("residence-1", PICTURE).model_copy(update={"step": "residence"}),),
    )


def is_applicant(backroom, number, card):
    parameters = {"case_number": number, "number": card}
    backroom.send(AskCenter(request=f"{number} {card}", name="applicant", parameters=parameters))
    answer = backroom.expect(CenterAnswer)
    return answer.status, answer.data.get("data")


def waits_for_a_correction(center, backroom):
    case = make_case(backroom.ready.terminal_id)
    backroom.submit(case)
    number = backroom.expect(Delivered, lambda m: m.case_id == case.case_id).case_number
    asked = ("--missing", "residence", "--missing", "income?=收入说明|Where you live from")
    center.command("cases", "request-correction", number, *asked)
    return number


def test_a_killed_terminal_neither_loses_nor_doubles_what_was_brought(center, config, tmp_path):
    first = Backroom(config).start()
    number = waits_for_a_correction(center, first)
    first.send(AskCenter(request="p", name="progress", parameters={"case_number": number}))
    missing = first.expect(CenterAnswer).data["missing"]
    assert [(item["id"], item["answer"]) for item in missing] == [("residence", "picture"), ("income", "words")]
    assert is_applicant(first, number, NUMBER) == ("found", {"number": number, "same": True})
    assert is_applicant(first, number, "330381189901010023")[1]["same"] is False
    assert is_applicant(first, "33038100000101000001", NUMBER) == ("notFound", None)

    assert first.stop() == 0
    offline = Backroom(write_config(tmp_path, "http://127.0.0.1:9")).start()
    assert is_applicant(offline, number, NUMBER)[0] == "unavailable"
    brought = supplement_to(number, offline.ready.terminal_id)
    offline.send(SubmitSupplement(request="too early", supplement=brought.model_dump(mode="json")))
    assert "residence-1" in offline.expect(NotCommitted).message
    offline.attach("residence-1", PICTURE)
    committed = offline.bring(brought)
    offline.kill()
    state = load_config(config).terminal.state_folder
    (entry,) = [entry for entry in queue_list(state) if entry.state == "waiting"]
    assert (entry.kind, entry.envelope_id, entry.matter) == ("supplement", brought.supplement_id, "")
    assert found_on_disk([state], {form: word for word in CANARIES for form in dresses(word)}) == []

    again = Backroom(write_config(tmp_path, center.url)).start()
    assert again.bring(brought) == committed
    assert again.expect(Delivered, lambda m: m.case_id == brought.supplement_id).case_number == number
    wrong = [is_applicant(again, number, f"33038118990101000{digit}")[0] for digit in range(5)]
    assert wrong == ["found"] * 4 + ["refused"]  # with the one before, five an hour
    assert again.stop() == 0
    assert center.rows("SELECT verdict FROM supplements WHERE case_number = ?", number) == [("taken",)]
    shown = json.loads(center.command("cases", "show", number, "--json"))
    part = shown["parts"][0]
    assert (part["stage"], part["lacks"], part["moves"][-1]["move"]) == ("awaitingPrecheck", [], "supplement")
    (there,) = shown["supplements"]
    assert (there["answers"], there["attachments"][0]["sha256"]) == (brought.answers, brought.attachments[0].sha256)

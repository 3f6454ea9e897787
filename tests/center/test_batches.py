"""Several envelopes in one request: each is taken or refused for itself, however the others fare."""

from concurrent.futures import ThreadPoolExecutor

from flows.api import ResultReply
from tests.center.terminals import picture, rating_of


def test_cases_and_a_rating_come_together_and_each_has_its_receipt(center, terminal):
    case, certificate = terminal.medical_case(), terminal.certificate_case()
    envelopes = [terminal.seal(content) for content in (certificate, case, rating_of(case, level=5))]
    receipts, refused = terminal.send_batch(*envelopes)
    assert not refused
    assert list(receipts) == [envelope.envelope_id for envelope in envelopes]
    numbers = [receipt.case_number for receipt in receipts.values()]
    assert numbers[1] == numbers[2] != numbers[0]
    alone = terminal.send(envelopes[1])
    assert (alone.status_code, terminal.receipt(envelopes[1], alone)) == (200, receipts[case.case_id])
    decided = ResultReply.model_validate_json(terminal.get(f"/v1/cases/{certificate.case_id}/result").content)
    assert decided.decision.outcome == "issued"


def test_one_that_is_bad_and_one_that_was_here_do_not_hold_up_the_others(center, terminal):
    here, fresh, poison = (terminal.seal(terminal.medical_case()) for _ in range(3))
    first = terminal.receipt(here, terminal.send(here))
    poison = poison.model_copy(update={"sequence": poison.sequence + 100})
    missing, _ = terminal.seal_picture("material-1", b"a picture")
    waits = terminal.seal(terminal.medical_case((picture("material-1", b"a picture"),)), [missing])
    receipts, refused = terminal.send_batch(poison, here, waits, fresh)
    assert receipts[here.envelope_id] == first
    assert set(receipts) == {here.envelope_id, fresh.envelope_id}
    assert (refused[poison.envelope_id].status, refused[poison.envelope_id].code) == (422, "signature")
    assert (refused[waits.envelope_id].status, refused[waits.envelope_id].action) == (424, "sendAttachments")


def test_the_same_batch_from_all_sides_makes_each_case_once(center, terminal):
    envelopes = [terminal.seal(terminal.medical_case()) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        turned = [envelopes[place:] + envelopes[:place] for place in range(8)]
        answers = list(pool.map(lambda batch: terminal.send_batch(*batch)[0], turned))
    assert all(answer == answers[0] for answer in answers)
    assert len({receipt.case_number for receipt in answers[0].values()}) == 8


def test_a_restored_center_gives_the_numbers_back_to_a_whole_batch(fragile_center, new_terminal, tmp_path):
    terminal = new_terminal(fragile_center)
    fragile_center.command("backup", str(tmp_path / "disk"))
    envelopes = [terminal.seal(terminal.medical_case()) for _ in range(3)]
    before, _ = terminal.send_batch(*envelopes)
    fragile_center.kill()
    restored = fragile_center.restored(tmp_path / "anew" / "state", tmp_path / "disk").start()
    try:
        terminal.center = restored
        after, _ = terminal.send_batch(*envelopes, earlier=tuple(before.values()))
        assert {name: one.case_number for name, one in after.items()} == {
            name: one.case_number for name, one in before.items()
        }
    finally:
        restored.stop()


def test_what_is_no_batch_is_refused_in_one_line(center, terminal):
    answer = terminal.http.post(f"{center.url}/v1/envelopes", json={"envelopes": []})
    assert (answer.status_code, answer.json()["code"]) == (422, "content")

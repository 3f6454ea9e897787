"""Killed at any moment, the center has every case it acknowledged, once, and goes on where it was."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from flows.api import ResultReply


def test_killed_among_many_cases_nothing_acknowledged_is_lost(fragile_center, new_terminal):
    terminal = new_terminal(fragile_center)
    envelopes = [terminal.seal(terminal.certificate_case()) for _ in range(12)]

    def send(place):
        if place == 6:
            fragile_center.kill()
        try:
            return terminal.send(envelopes[place])
        except httpx.TransportError:
            return None

    with ThreadPoolExecutor(4) as pool:
        before = list(pool.map(send, range(12)))
    fragile_center.start()
    after = [terminal.send(envelope) for envelope in envelopes]
    for early, late in zip(before, after, strict=True):
        assert late.status_code in (200, 201)
        assert early is None or early.content == late.content
    assert fragile_center.rows("SELECT count(*), count(DISTINCT case_number) FROM cases") == [(12, 12)]


def test_a_decision_the_kill_prevented_is_made_when_asked_for_or_at_the_next_start(fragile_center, new_terminal):
    terminal = new_terminal(fragile_center)
    case = terminal.certificate_case()
    terminal.delivers(case)
    forget = (
        "UPDATE cases SET state = 'inReview' WHERE case_id = ?",
        "UPDATE case_parts SET stage = 'accepted', moves = 1, outcome = NULL WHERE case_id = ?",
        "DELETE FROM case_moves WHERE number > 1 AND case_id = ?",
        "DELETE FROM decisions WHERE case_id = ?",
    )
    for statement in forget:
        fragile_center.rows(statement, case.case_id)
    asked = ResultReply.model_validate_json(terminal.get(f"/v1/cases/{case.case_id}/result").content)
    assert (asked.state, asked.decision.outcome) == ("finished", "issued")
    for statement in forget:
        fragile_center.rows(statement, case.case_id)
    fragile_center.kill()
    fragile_center.start()
    assert fragile_center.stop() == 0
    assert fragile_center.rows("SELECT outcome FROM decisions WHERE case_id = ?", case.case_id) == [("issued",)]


def test_two_centers_over_one_database_are_one_center(center, terminal):
    envelope = terminal.seal(terminal.medical_case())
    first = terminal.send(envelope)
    beside = center.beside().start()
    try:
        terminal.center = beside
        again = terminal.send(envelope)
    finally:
        terminal.center = center
        assert beside.stop() == 0
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content

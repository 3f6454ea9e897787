"""Whose case it is and how far it is is told, and not to whoever goes through name after name, number after number."""

from concurrent.futures import ThreadPoolExecutor

from prometheus_client import CollectorRegistry, generate_latest

from center.audit import entries_of
from center.casework.guessing import FROM_A_TERMINAL, NUMBERS_OF_OTHERS, OF_A_CASE
from center.fleet import view_of
from center.state_metrics import CenterState
from center.watching import tell_troubles
from tests.center.desk import supplement_of
from tests.center.terminals import NUMBER

PROOF = {"id": "income", "text": {"zh": "收入说明", "en": "Where you live from"}, "answer": "words"}
SOMEBODY_ELSE = "330381189801010017"


def asks(citizen, number, card):
    """True or False, or the code of the refusal."""
    answer = citizen.post(f"/v1/progress/{number}/applicant", number=card)
    return answer.json()["same"] if answer.status_code == 200 else answer.json()["code"]


def progress_told(terminal, number):
    """The status of the answer."""
    return terminal.get(f"/v1/progress/{number}").status_code


def applied(citizen):
    return citizen.delivers(citizen.medical_case()).case_number


def alerts_of(desk, terminal):
    from center.alerts import all_alerts

    mine = terminal.identity.terminal_id
    return [(alert.kind, alert.subject) for alert in all_alerts(desk.center.database) if alert.terminal_id == mine]


def metric(desk, name):
    registry = CollectorRegistry()
    registry.register(CenterState(desk.center))
    lines = generate_latest(registry).decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(name))


def test_after_five_wrong_cards_nobody_is_told_for_an_hour_and_staff_are(desk, citizen):
    number = applied(citizen)
    assert asks(citizen, number, NUMBER) is True
    assert [asks(citizen, number, SOMEBODY_ELSE) for _ in range(OF_A_CASE)] == [False] * OF_A_CASE
    answer = citizen.post(f"/v1/progress/{number}/applicant", number=NUMBER)
    assert (answer.status_code, answer.json()["code"]) == (429, "tooManyTries")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) == 3600
    assert asks(desk.terminal(), number, NUMBER) == "tooManyTries"
    assert asks(citizen, applied(citizen), SOMEBODY_ELSE) is False  # another case is another matter
    assert metric(desk, 'oue_guesses_spent{of="case"}') == 1
    assert alerts_of(desk, citizen) == [("guessing", number)]
    with desk.center.database.reading() as session:
        told = next(entry for entry in entries_of(session, 5) if entry.action == "guesses.case")
    assert (told.actor, told.subject) == (citizen.identity.terminal_id, number)
    desk.clock.forward(minutes=61)
    assert asks(citizen, number, NUMBER) is True
    assert metric(desk, 'oue_guesses_spent{of="case"}') == 0


def test_a_terminal_that_asks_about_case_after_case_is_told_nothing_more_and_is_in_the_list_until_looked_at(desk):
    stolen = desk.terminal()
    numbers = [applied(stolen), applied(stolen)]
    for number in numbers:
        assert [asks(stolen, number, SOMEBODY_ELSE) for _ in range(OF_A_CASE - 1)] == [False] * (OF_A_CASE - 1)
    for _ in range(FROM_A_TERMINAL - 2 * (OF_A_CASE - 1)):
        assert asks(stolen, "33038120000101000001", NUMBER) == "noSuchCase"
    assert asks(stolen, "33038120000101000001", NUMBER) == "tooManyTries"
    assert asks(stolen, numbers[0], NUMBER) == "tooManyTries"
    assert asks(desk.terminal(), numbers[0], NUMBER) is True  # the case is not to suffer
    tell_troubles(desk.center, desk.clock.now())
    assert alerts_of(desk, stolen) == [("guessing", "")]
    stolen.beats()
    troubles = view_of(desk.center, stolen.identity.terminal_id).troubles
    assert "guessing" in [trouble.kind for trouble in troubles]


def test_what_is_brought_meanwhile_waits_for_staff(desk, citizen):
    number = applied(citizen)
    receiver = desk.staff("receiver")
    receiver.moves(number, "request-correction", missing=[PROOF])
    for _ in range(OF_A_CASE):
        citizen.delivers(supplement_of(citizen, number, who=SOMEBODY_ELSE, answers={"income": "示例"}))
    assert asks(citizen, number, NUMBER) == "tooManyTries"
    citizen.delivers(supplement_of(citizen, number, answers={"income": "示例"}))
    view = receiver.sees(number)
    assert [item["verdict"] for item in view["supplements"]].count("otherPerson") == OF_A_CASE
    assert "held" in [item["verdict"] for item in view["supplements"]]
    assert view["parts"][0]["stage"] == "awaitingCorrection"
    assert receiver.moves(number, "supplement")["stage"] == "awaitingPrecheck"


def test_many_at_once_gain_nothing(center, new_terminal):
    terminals = [new_terminal(center) for _ in range(OF_A_CASE + 1)]
    number = applied(terminals[0])
    with ThreadPoolExecutor(len(terminals)) as pool:
        answers = list(pool.map(lambda terminal: asks(terminal, number, SOMEBODY_ELSE), terminals))
    assert sorted(map(str, answers)) == ["False"] * OF_A_CASE + ["tooManyTries"]


def test_a_terminal_that_counts_numbers_up_is_told_its_own_alone_and_staff_hear_of_it(desk):
    stolen, honest = desk.terminal(), desk.terminal()
    own, other = applied(stolen), applied(honest)
    assert progress_told(stolen, other) == 200  # somebody who applied elsewhere
    assert progress_told(stolen, own) == 200  # costs nothing
    for number in range(NUMBERS_OF_OTHERS - 1):
        assert progress_told(stolen, f"330381200001010{number:05}") == 404
    answer = stolen.get(f"/v1/progress/{other}")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (429, "tooManyTries", "3600")
    assert progress_told(stolen, "33038120000101000001") == 429
    assert progress_told(stolen, own) == progress_told(honest, own) == 200
    assert metric(desk, 'oue_guesses_spent{of="numbers"}') == 1
    with desk.center.database.reading() as session:
        told = next(entry for entry in entries_of(session, 5) if entry.action == "guesses.numbers")
    assert (told.actor, told.subject) == (stolen.identity.terminal_id,) * 2
    tell_troubles(desk.center, desk.clock.now())
    assert alerts_of(desk, stolen) == [("guessing", "")]
    desk.clock.forward(minutes=61)
    assert progress_told(stolen, other) == 200

"""Whatever anybody orders, in whatever order: no stage outside the table, no case lost, clocks that add up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from center.casework.limits import china_day, read_clock
from center.casework.moving import MoveRefused, Order, moves_of, parts_of, perform, take_in_hand
from center.casework.settling import settle
from center.casework.stages import CITIZEN_WORDS, FINAL, MOVES, STAFF_MOVES, Stage
from center.casework.words import Given
from center.staff import CENTER, CONSOLE
from flows.case import CITIZEN_STATES
from flows.contents import Missing
from flows.text import Text
from flows.working_days import working_days
from tests.center.desk import LINKED, URL, supplement_of

WORDS = Text(zh="示例", en="Sample")
GIVEN = Given(reason=WORDS, missing=(Missing(id="residence", text=WORDS),))
PARTS = ("whole", "tax", "title", "loan", "water")
orders = st.tuples(st.sampled_from(sorted(STAFF_MOVES)), st.sampled_from(PARTS))
steps = st.lists(st.one_of(orders, st.integers(1, 12), st.just("works"), st.just("brings")), min_size=4, max_size=24)


def carry_out(desk, case_id, order):
    try:
        with desk.center.database.writing() as session:
            perform(take_in_hand(desk.center, session, case_id), CONSOLE, order)
    except MoveRefused:
        return
    settle(desk.center, case_id, URL)


def check(desk, case_id):
    with desk.center.database.reading() as session:
        parts = parts_of(session, case_id)
        record = take_in_hand(desk.center, session, case_id).record
        for part in parts:
            rows = moves_of(session, part)
            assert [row.number for row in rows] == list(range(1, part.moves + 1))
            assert [row.origin for row in rows] == [Stage.INITIALISED, *(row.stage for row in rows[:-1])]
            assert rows[-1].stage == part.stage
            for row in rows:
                assert any(Stage(row.origin) in move.origins for move in MOVES[row.move])
            reading = read_clock(part, rows, desk.clock.now(), 10)
            if reading is not None and reading.phase != "ended":
                counted = list(working_days(part.clock_from, china_day(desk.clock.now())))
                assert reading.used + reading.paused == len(counted)
        assert record.state in CITIZEN_STATES
        assert (record.state == "finished") == all(part.stage in FINAL for part in parts)
        assert all(CITIZEN_WORDS[Stage(part.stage)] for part in parts)


@settings(max_examples=12, deadline=None)
@given(steps=steps, linked=st.booleans())
def test_any_orders_leave_a_case_in_order(fresh_desk, steps, linked):
    desk, citizen = fresh_desk
    case = citizen.case_of(LINKED, details={"category": "adult"}) if linked else citizen.medical_case()
    number = citizen.delivers(case).case_number
    for step in steps:
        if isinstance(step, int):
            desk.clock.forward(days=step)
        elif step == "works":
            assert desk.works().failed == 0
        elif step == "brings":
            citizen.delivers(supplement_of(citizen, number, answers={"residence": "示例"}))
        else:
            carry_out(desk, case.case_id, Order(step[0], step[1] if linked else "", GIVEN))
        check(desk, case.case_id)
    assert CENTER.moves_by_itself
    assert desk.progress(citizen, number).case_number == number

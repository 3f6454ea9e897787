"""Each role may do its own and nothing else; a token works until it expires or is revoked."""

import pytest

from center.casework.stages import STAFF_MOVES
from center.errors import CenterUnusable
from center.staff import CONSOLE, ROLES, Actor, Right, add_staff, revoke_staff
from tests.center.test_casework import REASON, applied

RECEIVER = (
    "precheck",
    "return",
    "receive",
    "accept",
    "decline",
    "request-correction",
    "supplement",
    "deliver",
    "withdraw",
)
EXAMINER = ("request-correction", "supplement", "pause", "resume", "approve", "refuse", "deliver", "withdraw")
MATRIX = {  # what each role may do over HTTP, and which moves it may order
    "receiver": ({"cases", "content"}, RECEIVER),
    "examiner": ({"cases", "content"}, EXAMINER),
    "supervisor": ({"cases", "followups"}, ("terminate",)),
    "publisher": (set(), ()),
    "technician": (set(), ()),
    "auditor": ({"cases", "audit"}, ()),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_its_own_and_nothing_else(desk, citizen, role):
    may, moves = MATRIX[role]
    number = applied(desk, citizen)
    somebody = desk.staff(role)
    asked = {
        "cases": "/cases",
        "content": f"/cases/{number}/content",
        "followups": "/followups",
        "audit": "/audit?limit=1",
    }
    answers = {name: somebody.asks("GET", target).status_code for name, target in asked.items()}
    assert answers == {name: 200 if name in may else 403 for name in asked}
    told = Actor(role, frozenset({role}))
    assert tuple(name for name, rows in STAFF_MOVES.items() if any(map(told.may_move, rows))) == moves
    rights = somebody.asks("GET", "/me").json()["rights"]
    assert rights == [right for right in Right if right in ROLES[role]]


def test_a_move_of_another_role_is_refused(desk, citizen):
    number = applied(desk, citizen)
    assert desk.staff("examiner").is_refused(number, "accept") == "notYours"
    assert desk.staff("auditor").is_refused(number, "withdraw", reason=REASON) == "notYours"
    assert desk.staff("receiver").is_refused(number, "accept-by-silence") == "notYours"


def test_without_a_valid_token_nobody_is_staff(desk):
    person = desk.staff("receiver", name="将离开")
    assert person.asks("GET", "/me").json()["name"] == "将离开"
    old, person.token = person.token, "oeb_wrong"
    refused = person.asks("GET", "/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "notStaff")
    assert desk.http.get("/v1/staff/cases").status_code == 401
    person.token = old
    add_staff(desk.center, CONSOLE, "将离开", ["receiver"], department="", days=4000)
    assert person.asks("GET", "/me").status_code == 401
    brief = desk.staff("receiver", name="临时")
    add = add_staff(desk.center, CONSOLE, "临时", ["receiver"], department="", days=1)
    brief.token = add.token
    assert brief.asks("GET", "/me").status_code == 200
    desk.clock.forward(days=1)
    assert brief.asks("GET", "/me").status_code == 401
    gone = desk.staff("examiner", name="已离开")
    assert revoke_staff(desk.center, CONSOLE, "已离开")
    assert gone.asks("GET", "/me").status_code == 401


def test_a_token_is_not_in_the_database(desk):
    token = desk.staff("receiver").token
    with desk.center.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT * FROM staff").all()
    assert rows
    assert token not in str(rows)


@pytest.mark.parametrize(
    ("name", "roles", "words"),
    [
        ("center", ["receiver"], "not center"),
        ("two words", ["receiver"], "without spaces"),
        ("甲", ["king"], "unknown role 'king'; known: receiver"),
        ("甲", ["auditor", "examiner"], "nobody is both auditor and examiner"),
    ],
)
def test_who_cannot_be_staff_is_one_line(desk, name, roles, words):
    with pytest.raises(CenterUnusable, match=words):
        add_staff(desk.center, CONSOLE, name, roles, department="", days=1)

"""Who is there without an ID card: passport, identity code of a phone, the face alone; what the case carries."""

import pytest

from kiosk.messages.from_backroom import CenterAnswer, CodeRead
from kiosk.messages.to_backroom import AskCenter, AwaitCard, AwaitCode, SubmitCase

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
CODE = f"OEB1:I:{'a' * 40}.{'b' * 86}"


@pytest.fixture
def zone():
    """A passport that is still valid, its check digits right."""
    from flows.mrz import check_digit

    first, second = ZONE[:44], ZONE[44:87]
    second = second[:21] + "301231" + check_digit("301231") + second[28:]
    return first + second + check_digit(second[:10] + second[13:20] + second[21:43])


def scan(text):
    return CodeRead(text=text, symbology="QRCode")


def terminal_by(terminal_with, catalog, *by, needs=("idcard", "document_camera", "face_camera")):
    matter = catalog["resident-medical-insurance"]
    who = matter.step("who").model_copy(update={"by": by})
    steps = tuple(who if step.id == "who" else step for step in matter.steps)
    terminal = terminal_with(matter.model_copy(update={"steps": steps, "needs": needs}))
    terminal.opens(matter.id)
    terminal.journey.agree()
    return terminal


def case_of(terminal):
    """What goes to the center after the rest of the visit."""
    address = "Via Prova 1, Prato"
    terminal.journey.fill({"category": "adult", "mobile": "138 0000 0000", "year": "2026", "address": address})
    terminal.takes_picture("document")
    terminal.journey.agree()
    terminal.journey.sign(b"\x89PNG\r\n\x1a\n" + bytes(200))
    terminal.holds_attachment()
    terminal.journey.proceed()
    return terminal.backroom.last(SubmitCase).case


def test_a_passport_is_scanned_and_the_case_carries_it(terminal_with, catalog, zone):
    terminal = terminal_by(terminal_with, catalog, "passport", "card")
    assert terminal.backroom.last(AwaitCode)
    assert [way.id for way in terminal.screen.ways] == ["card", "typed"]
    terminal.hears(scan(zone))
    assert terminal.page == "Form"
    applicant = case_of(terminal)["applicant"]
    assert (applicant["kind"], applicant["name"], applicant["number"]) == (
        "passport",
        "ERIKSSON ANNA MARIA",
        "L898902C3",
    )
    assert (applicant["birth_date"], applicant["sex"], applicant["country"]) == ("1974-08-12", "female", "UTO")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("OEB1:M:senior-card", "不是护照"),
        (CODE, "不是护照"),
        (ZONE[:44] + "L898902C36UTO7408123F1204159ZE184226B<<<<<10", "没有读清"),
    ],
)
def test_what_is_no_passport_is_said_and_changes_nothing(terminal_with, catalog, text, said):
    terminal = terminal_by(terminal_with, catalog, "passport")
    terminal.hears(scan(text))
    assert terminal.page == "Identify"
    assert said in terminal.screen.problem


def test_a_passport_that_has_run_out_is_not_taken(terminal_with, catalog):
    terminal = terminal_by(terminal_with, catalog, "passport")
    old = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    terminal.hears(scan(old))
    assert "2012-04-15" in terminal.screen.problem


def test_a_passport_that_cannot_be_read_is_typed(terminal_with, catalog, zone):
    terminal = terminal_by(terminal_with, catalog, "passport")
    terminal.journey.select(["typed"])
    terminal.journey.fill({"zone": zone[:43]})
    assert "每行 44 个字符" in terminal.screen.fields[0].problem
    terminal.journey.go_back()
    assert terminal.page == "Identify"
    terminal.journey.select(["typed"])
    terminal.journey.fill({"zone": f"{zone[:44]} {zone[44:]}"})
    assert [field.id for field in terminal.screen.fields][:1] == ["category"]


def test_an_identity_code_is_verified_before_it_counts(terminal_with, catalog):
    terminal = terminal_by(terminal_with, catalog, "card", "phone")
    assert terminal.backroom.last(AwaitCard)
    terminal.hears(scan(CODE))
    assert not terminal.backroom.all(AskCenter)
    terminal.journey.select(["phone"])
    terminal.hears(scan(CODE))
    asked = terminal.backroom.last(AskCenter)
    assert (asked.name, asked.parameters) == ("identity-code", {"body": "a" * 40, "signature": "b" * 86})
    terminal.hears(CenterAnswer(request=asked.request, status="refused", data={}, message="expired"))
    assert "身份码不能用" in terminal.screen.problem
    terminal.hears(scan(CODE))
    said = {"name": "测试乙", "number": "330381189901010015"}
    terminal.hears(CenterAnswer(request=terminal.backroom.last(AskCenter).request, status="found", data=said))
    applicant = case_of(terminal)["applicant"]
    assert (applicant["kind"], applicant["name"], applicant["number"]) == ("phone", "测试乙", "330381189901010015")


def test_by_the_face_alone_the_case_has_a_picture_and_no_name(terminal_with, catalog):
    terminal = terminal_by(terminal_with, catalog, "face")
    assert (terminal.page, terminal.screen.purpose) == ("Capture", "face")
    terminal.takes_picture("face")
    assert terminal.page == "Form"
    case = case_of(terminal)
    assert (case["applicant"]["kind"], case["applicant"]["name"], case["applicant"]["number"]) == ("face", "", "")
    assert case["attachments"][0]["name"] == "who-1"
    assert case["attachments"][0]["step"] == "who"


def test_the_review_says_that_the_center_finds_out_who_it_is(terminal_with, catalog):
    terminal = terminal_by(terminal_with, catalog, "face")
    terminal.takes_picture("face")
    terminal.journey.fill({"category": "adult", "mobile": "13800000000", "year": "2026", "address": "瑞安市测试路1号"})
    terminal.takes_picture("document")
    terminal.journey.agree()
    terminal.journey.sign(b"\x89PNG\r\n\x1a\n" + bytes(200))
    terminal.holds_attachment()
    assert "已拍摄人脸，由中心核实身份" in [row.value for row in terminal.screen.rows]

"""An instant matter is decided at once: a signed document comes of it that anybody can verify."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from center.casework.limits import day_of_visit
from center.clock import SystemClock
from flows.api import LookupReply, ProgressReply, ResultReply
from flows.canonical import sha256_hex
from tests.center.terminals import NUMBER

NO_RECORD = "330381189901019992"  # the sample department knows no number whose serial is 999


def result_of(terminal, case):
    return ResultReply.model_validate_json(terminal.get(f"/v1/cases/{case.case_id}/result").content)


def issued(terminal):
    case = terminal.certificate_case()
    terminal.delivers(case)
    return case, result_of(terminal, case)


def test_a_certificate_is_issued_with_the_receipt(terminal):
    _, result = issued(terminal)
    assert (result.state, result.decision.outcome, result.decision.sample) == ("finished", "issued", "示例")
    values = {row.label.en: row.value.zh for row in result.decision.rows}
    assert values["ID number"] == NUMBER
    assert values["Pension"] == "12 个月"
    assert "Unemployment" not in values


def test_the_document_is_signed_by_the_center(center, terminal):
    case, result = issued(terminal)
    answer = terminal.get(f"/v1/cases/{case.case_id}/document")
    assert answer.headers["content-type"] == "application/pdf"
    assert sha256_hex(answer.content) == result.decision.pdf_sha256
    certificate = x509.load_pem_x509_certificate((center.state / "keys" / "document.pem").read_bytes())
    path = center.state.parent / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ValidationContext(trust_roots=[load_cert_from_pemder(str(path))])
    signature = PdfFileReader(BytesIO(answer.content)).embedded_signatures[0]
    status = validate_pdf_signature(signature, context)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"


def test_only_the_terminal_that_sent_a_case_is_told_its_result(center, terminal, new_terminal):
    case, _ = issued(terminal)
    neighbour = new_terminal(center)
    for what in ("result", "document"):
        assert neighbour.get(f"/v1/cases/{case.case_id}/{what}").status_code == 404
        assert terminal.http.get(f"{center.url}/v1/cases/{case.case_id}/{what}").status_code == 401


def test_without_a_record_the_certificate_is_refused_in_words(terminal):
    case = terminal.certificate_case(NO_RECORD)
    terminal.delivers(case)
    result = result_of(terminal, case)
    assert (result.state, result.decision.outcome, result.decision.verify_code) == ("finished", "refused", "")
    assert "社保窗口" in result.decision.message.zh
    assert terminal.get(f"/v1/cases/{case.case_id}/document").status_code == 404


def test_what_a_terminal_says_the_department_said_counts_for_nothing(terminal):
    forged = {"status": "found", "data": {"months": {"pension": 500}}, "source": ""}
    case = terminal.certificate_case(record=forged)
    terminal.delivers(case)
    values = {row.label.en: row.value.zh for row in result_of(terminal, case).decision.rows}
    assert values["Pension"] == "12 个月"


@pytest.mark.parametrize(
    ("created_at", "day"),
    [
        ("2026-11-24T15:59:59Z", "2026-11-24"),
        ("2026-11-24T16:00:00Z", "2026-11-25"),  # after midnight in China
        ("2026-10-01T08:00:00Z", "2026-10-01"),  # long on its way
        ("2036-11-25T08:00:00Z", "2026-11-26"),
        ("2016-11-25T08:00:00Z", "2026-11-26"),
        ("yesterday", "2026-11-26"),
    ],
)
def test_a_case_dated_by_a_clock_that_is_years_off_counts_from_the_day_it_arrived(created_at, day):
    assert day_of_visit(created_at, datetime(2026, 11, 26, 3, tzinfo=UTC)) == date.fromisoformat(day)


def test_an_accepted_matter_waits_for_its_first_check(terminal):
    case = terminal.medical_case()
    number = terminal.delivers(case).case_number
    result = result_of(terminal, case)
    assert (result.state, result.decision.outcome) == ("awaitingPrecheck", "accepted")
    progress = ProgressReply.model_validate_json(terminal.get(f"/v1/progress/{number}").content)
    assert (progress.state_text.zh, progress.matter) == ("待预审", "resident-medical-insurance")


def test_progress_tells_state_and_dates_and_nobodys_name(center, terminal, new_terminal):
    case = terminal.certificate_case()
    number = terminal.delivers(case).case_number
    told = new_terminal(center).get(f"/v1/progress/{number}")
    progress = ProgressReply.model_validate_json(told.content)
    assert (progress.state_text.zh, progress.state_text.en) == ("已办结", "Finished")
    assert progress.title.zh == "社保参保证明"
    assert "测试甲" not in told.text
    assert NUMBER not in told.text
    assert terminal.get("/v1/progress/33038120000101000001").status_code == 404
    assert terminal.http.get(f"{center.url}/v1/progress/{number}").status_code == 401


def test_anybody_can_verify_a_document_and_learns_no_full_name(terminal):
    _, result = issued(terminal)
    page = terminal.http.get(result.decision.verify_url)
    assert page.status_code == 200
    for words in ("真实有效", "Genuine", "测**", result.case_number, "示例", "社会保险参保证明"):
        assert words in page.text
    assert "测试甲" not in page.text
    assert NUMBER not in page.text
    assert terminal.http.get(result.decision.verify_url.lower()).status_code == 200


def test_an_unknown_code_is_said_to_be_unknown(center, terminal):
    for code in ("A" * 28, "nonsense", "%3Cscript%3E"):
        page = terminal.http.get(f"{center.url}/verify/{code}")
        assert page.status_code == 404
        assert "查无此文书" in page.text
        assert "<script" not in page.text


def test_the_holder_fetches_the_document_with_the_end_of_the_number(center, terminal):
    _, result = issued(terminal)
    address = f"{result.decision.verify_url}/document"
    fetched = terminal.http.post(address, data={"last4": NUMBER[-4:]})
    assert sha256_hex(fetched.content) == result.decision.pdf_sha256
    wrong = [terminal.http.post(address, data={"last4": f"{guess:04}"}) for guess in range(10)]
    assert {answer.status_code for answer in wrong} == {403}
    assert "后四位不对" in wrong[0].text
    assert terminal.http.post(address, data={"last4": NUMBER[-4:]}).status_code == 403


def test_a_lookup_answers_with_labelled_sample_data(terminal):
    asked = {"number": NUMBER, "from": "2025-12", "to": "2026-11"}
    reply = LookupReply.model_validate_json(terminal.look_up("social-insurance", asked).content)
    assert (reply.status, reply.source) == ("found", "示例")
    assert reply.data["from"] == "2025-12"
    again = LookupReply.model_validate_json(terminal.look_up("social-insurance", asked).content)
    assert again == reply
    nobody = terminal.look_up("social-insurance", asked | {"number": NO_RECORD})
    assert nobody.json()["status"] == "notFound"
    assert terminal.look_up("social-insurance", {"number": NUMBER}).json()["status"] == "refused"
    assert terminal.look_up("finding", asked).status_code == 404


def test_a_request_counts_once_and_only_near_its_time(terminal):
    asked = {"number": NUMBER, "from": "2025-12", "to": "2026-11"}
    assert terminal.look_up("social-insurance", asked, nonce="0123456789abcdef").status_code == 200
    replayed = terminal.look_up("social-insurance", asked, nonce="0123456789abcdef")
    assert (replayed.status_code, replayed.json()["code"]) == (401, "replay")
    slow = SystemClock().now() - timedelta(hours=23)
    assert terminal.look_up("social-insurance", asked, now=slow).status_code == 200
    wrong = terminal.look_up("social-insurance", asked, now=SystemClock().now() + timedelta(days=3650))
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["action"]) == (401, "clock", "setClock")
    assert wrong.headers["date"]


def test_a_wrong_clock_does_not_keep_attachments_from_arriving(terminal):
    _, sealed = terminal.seal_picture("material-1", b"picture")
    assert terminal.put_attachment(sealed, now=SystemClock().now() - timedelta(days=3650)).status_code == 200

"""出件 at the terminal: the pick-up code on page and paper, and what a code says when it is shown again."""

import pytest

from flows.secret_codes import hash_of
from kiosk.messages.from_backroom import CodeRead
from kiosk.messages.to_backroom import FOLLOW, PICKUP, AskCenter, PrintReceipt, SubmitCase
from kiosk.receipts import render_receipt
from tests.journey.said import PNG
from tests.journey.test_stopped_lookup import FOUND, opens_renewal

FOLLOW_CODE, CODE = "A2" * 14, "B2" * 14  # the first case of a terminal of the tests has these
GROUPS = "B2B2 B2B2 B2B2 B2B2 B2B2 B2B2 B2B2"


def renewal_to_result(terminal, way="counter"):
    opens_renewal(terminal).center_answers(data={**FOUND, "data": {**FOUND["data"], "days_left": 30}})
    terminal.journey.proceed()
    terminal.takes_picture("face")
    terminal.takes_picture("document", more_pages=True)
    terminal.journey.select([way])
    terminal.journey.fill({"mobile": "138 0000 0000", "address": "浙江省瑞安市测试路1号"})
    terminal.journey.agree()
    terminal.journey.sign(PNG)
    terminal.holds_attachment()
    terminal.journey.proceed()
    return terminal.commits()


def printed(terminal):
    order = terminal.backroom.last(PrintReceipt)
    blocks = render_receipt(order.template, order.values, order.language).blocks
    return "\n".join(str(block) for block in blocks)


@pytest.mark.parametrize("reached", [True, False])
def test_the_code_is_on_page_and_receipt_with_or_without_a_network_and_its_hash_in_the_case(terminal, reached):
    case_id = renewal_to_result(terminal)
    if reached:
        terminal.delivers(case_id)
    else:
        terminal.waits(9)
    assert (terminal.screen.pickup_code, terminal.screen.pickup_payload) == (GROUPS, f"OEB1:P:{CODE}")
    assert "车管所" in terminal.screen.handover
    number = "OEB20261123000042" if reached else terminal.screen.number
    assert all(words in printed(terminal) for words in (GROUPS, f"OEB1:P:{CODE}", "领证窗口", f"OEB1:C:{number}"))
    case = terminal.backroom.last(SubmitCase).case
    assert (case["pickup_hash"], case["follow_hash"]) == (hash_of(CODE), hash_of(FOLLOW_CODE))
    assert not [secret for secret in (CODE, FOLLOW_CODE) if secret in str(case)]


def test_the_receipt_leads_a_phone_to_the_centers_page_where_there_is_one(terminal):
    terminal.journey.follow_rules(120, 30, "0577-12345 (示例)", "https://center.example/oue")
    terminal.delivers(renewal_to_result(terminal))
    address = f"https://center.example/oue/c/{FOLLOW_CODE}"
    assert address in printed(terminal)
    assert "OEB1:C:" not in printed(terminal)
    assert terminal.screen.follow_url == ""  # the page has the secret code alone
    terminal.printer(paper="out")
    terminal.prints("refused")
    terminal.journey.proceed()
    assert terminal.screen.follow_url == address


def test_what_is_posted_has_no_code_and_the_receipt_no_address(terminal):
    terminal.delivers(renewal_to_result(terminal, "post"))
    assert not terminal.screen.pickup_code
    assert terminal.backroom.last(SubmitCase).case["pickup_hash"] == ""
    assert "邮寄到您填写的地址" in printed(terminal)
    assert "测试路" not in printed(terminal)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_code_that_is_shown_again_says_where_to_go_and_how_far_it_is(terminal, language):
    terminal.journey.set_language(language)
    terminal.hears(CodeRead(text=f"OEB1:P:{CODE}", symbology="QRCode"))
    asked = terminal.backroom.last(AskCenter)
    assert (asked.name, asked.parameters) == (PICKUP, {"code": CODE})
    text = {"zh": "3 号格已打开", "en": "Compartment 3 is open"}
    ready = {"zh": "已做好，等您来取", "en": "Ready for you"}
    handover = {"state": "ready", "how": ready, "state_text": ready, "until": "2026-12-26", "tracking": ""}
    terminal.center_answers(data={"case_number": "OEB20261123000042", "message": text, "handover": handover})
    assert (terminal.page, terminal.screen.message) == ("Progress", text[language])
    values = [row.value for row in terminal.screen.rows]
    assert ready[language] in values
    assert "2026-12-26" in values


def test_the_progress_of_a_linked_case_says_what_is_collected_together(terminal):
    said = {"zh": "还没有做好", "en": "Not ready yet"}
    titles = [{"zh": "产权登记", "en": "Title"}, {"zh": "户口迁移", "en": "Household"}]
    handover = {"state": "preparing", "how": said, "state_text": said, "parts": titles}
    terminal.asks_progress({"case_number": "OEB20261123000042", "handover": handover})
    assert {row.label: row.value for row in terminal.screen.rows}["一次领取"] == "产权登记、户口迁移"


def test_the_code_of_a_receipt_asks_for_the_progress(terminal):
    terminal.hears(CodeRead(text=f"https://center.example/c/{CODE}", symbology="QRCode"))
    asked = terminal.backroom.last(AskCenter)
    assert (asked.name, asked.parameters) == (FOLLOW, {"code": CODE})
    terminal.center_answers("notFound")
    assert "还没有收到这张回执上的办件" in terminal.screen.message
    terminal.journey.go_back()
    terminal.hears(CodeRead(text=f"https://center.example/c/{CODE}", symbology="QRCode"))
    terminal.center_answers(data={"case_number": "OEB20261123000042"})
    assert "OEB20261123000042" in [row.value for row in terminal.screen.rows]


@pytest.mark.parametrize("status", ["notFound", "unavailable"])
def test_a_code_that_opens_nothing_is_told_so(terminal, status):
    terminal.hears(CodeRead(text=f"OEB1:P:{CODE}", symbology="QRCode"))
    terminal.center_answers(status)
    assert "取件码" in terminal.screen.message
    assert CODE not in str(terminal.screen)
    if status == "unavailable":
        terminal.journey.proceed()
        assert terminal.backroom.last(AskCenter).parameters == {"code": CODE}


def test_the_case_itself_says_how_it_is_handed_over(terminal):
    renewal_to_result(terminal, "locker")
    assert terminal.backroom.last(SubmitCase).case["answers"]["delivery"] == "locker"

"""出件 at the terminal: the pick-up code on page and paper, and what a code says when it is shown again."""

import pytest

from kiosk.backroom.messages import PICKUP, PICKUP_CODE, AskCenter, CodeRead, PrintReceipt, SubmitCase
from kiosk.receipts import render_receipt
from tests.journey.conftest import PNG
from tests.journey.test_stopped_lookup import FOUND, opens_renewal

CODE = "MFRGGZDFMZTWQ2LKNNWG23TPOBYX"
GROUPS = "MFRG GZDF MZTW Q2LK NNWG 23TP OBYX"


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


def test_the_code_is_asked_for_once_and_stands_on_page_and_receipt(terminal):
    case_id = renewal_to_result(terminal)
    terminal.delivers(case_id)
    terminal.delivers(case_id)
    asked = [one for one in terminal.backroom.all(AskCenter) if one.name == PICKUP_CODE]
    assert [one.parameters for one in asked] == [{"case_id": case_id}]
    assert not terminal.backroom.all(PrintReceipt)  # it waits for the code
    terminal.center_answers(data={"code": CODE})
    assert (terminal.screen.pickup_code, terminal.screen.pickup_payload) == (GROUPS, f"OEB1:P:{CODE}")
    assert "车管所" in terminal.screen.handover
    assert all(
        words in printed(terminal) for words in (GROUPS, f"OEB1:P:{CODE}", "领证窗口", "OEB1:C:OEB20261123000042")
    )


@pytest.mark.parametrize("way", ["answered late", "away"])
def test_without_a_code_page_and_receipt_say_what_to_bring(terminal, way):
    case_id = renewal_to_result(terminal)
    if way == "away":
        terminal.waits(9)
    else:
        terminal.delivers(case_id)
        terminal.waits(9)
    assert not terminal.screen.pickup_payload
    assert "身份证" in terminal.screen.handover
    assert "带身份证" in printed(terminal)


def test_what_is_posted_has_no_code_and_the_receipt_no_address(terminal):
    terminal.delivers(renewal_to_result(terminal, "post"))
    assert not [one for one in terminal.backroom.all(AskCenter) if one.name == PICKUP_CODE]
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

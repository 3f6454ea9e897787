"""What a matter costs, how long it takes, when it can be begun: said before, at the review and on the receipt."""

import pytest

from flows.terms import Fee, Limits, Window
from flows.text import Text
from kiosk.messages.from_backroom import SyncChanged
from kiosk.messages.to_backroom import PrintReceipt


def text(zh: str, en: str = "sample") -> Text:
    return Text(zh=zh, en=en)


def shown(rows) -> dict[str, str]:
    return {row.label: row.value for row in rows}


@pytest.fixture
def paid(catalog):
    """The enrolment, with a fee that depends on who is enrolled."""
    fee = Fee(text=text("示例标准"), amount='details == null ? null : details.category == "adult" ? 38000 : 19000')
    limits = Limits(promised_days=5, legal_days=20)
    return catalog["resident-medical-insurance"].model_copy(update={"fee": fee, "limits": limits})


def test_fee_and_limits_are_said_on_the_first_page_and_again_with_the_amount_at_the_review(terminal_with, paid):
    terminal = terminal_with(paid)
    terminal.opens(paid.id)
    assert shown(terminal.screen.facts) == {"办理时限": "承诺 5 个工作日，法定 20 个工作日", "收费": "示例标准"}
    terminal.journey.go_home()
    terminal.enrolment_to_review()
    rows = shown(terminal.screen.rows)
    assert rows["收费"] == "380.00 元（示例标准）"
    assert [row.step for row in terminal.screen.rows if row.label == "收费"] == [""]


def test_the_receipt_has_them_too(terminal_with, paid):
    terminal = terminal_with(paid)
    terminal.delivers(terminal.enrolment_to_result())
    values = terminal.backroom.last(PrintReceipt).values
    assert values["terms"][1] == {"label": "收费", "value": "380.00 元（示例标准）"}


def test_a_matter_outside_its_window_is_grey_says_when_and_cannot_be_opened(terminal_with, paid):
    closed = paid.model_copy(update={"window": Window(text=text("每年 1 月至 6 月"), months=(1, 2, 3, 4, 5, 6))})
    terminal = terminal_with(closed)
    terminal.journey.start()
    (tile,) = terminal.screen.tiles
    assert not tile.available
    assert tile.unavailable_reason == "现在不在办理时间：每年 1 月至 6 月"
    terminal.journey.open_matter(closed.id)
    assert terminal.page == "MatterList"


def test_a_matter_that_cannot_wait_says_why_in_its_own_words(terminal_with, paid):
    reason = text("要当场向车管所核对违法记录")
    online = paid.model_copy(update={"needs": ("idcard", "network"), "offline": "refuse", "offline_reason": reason})
    terminal = terminal_with(online)
    terminal.journey.start()
    assert terminal.screen.tiles[0].available
    terminal.hears(SyncChanged(waiting=0, reachable=False))
    assert terminal.screen.tiles[0].unavailable_reason == "要当场向车管所核对违法记录"


CLOCK = {
    "limit": 10,
    "used": 3,
    "left": 7,
    "paused": 0,
    "is_running": True,
    "due": "2026-12-01",
    "calendar_known": True,
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, {"办理时限": "共 10 个工作日，已用 3 个，还剩 7 个", "最晚办结": "2026-12-01"}),
        ({"paused": 2}, {"不算在时限内": "2 个工作日（等补材料、暂停的日子）"}),
        ({"paused": 2, "is_running": False, "due": None}, {"不算在时限内": "2 个工作日；现在也暂停着，不计时"}),
        ({"used": 12, "left": -2}, {"办理时限": "共 10 个工作日，已超过 2 个，已提醒工作人员"}),
        ({"calendar_known": False}, {"最晚办结": "2026-12-01（以后的放假安排还没公布，可能会变）"}),
    ],
)
def test_progress_tells_the_days_used_left_and_not_counted(terminal, changed, said):
    reply = {"case_number": "33038120261123000042", "state": "inReview", "limit": {**CLOCK, **changed}}
    rows = shown(terminal.asks_progress(reply).screen.rows)
    assert {**rows, **said} == rows
    assert ("最晚办结" in rows) == (CLOCK | changed)["is_running"]
    part = {"title": {"zh": "契税", "en": "Tax"}, "state_text": {"zh": "审批中", "en": "Decided"}}
    terminal.journey.retake()
    of_part = shown(terminal.asks_progress({"case_number": "1234", "parts": [part | reply]}).screen.rows)
    assert of_part["契税"].startswith("审批中。共 10 个工作日")


def test_a_case_without_a_limit_shows_no_days(terminal):
    rows = shown(terminal.asks_progress({"case_number": "33038120261123000042", "limit": None}).screen.rows)
    assert set(rows) == {"办件编号"}

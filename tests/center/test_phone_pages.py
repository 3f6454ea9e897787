"""Pages for phones behind the codes of receipts and slips: how far a case is, how to go on with a kept visit."""

import re
import shutil
from html.parser import HTMLParser

import pytest

from center.settings import FLOWS_CATALOG
from center.sites import tell_public_url
from flows.phone_pages import follow_address
from tests.center.desk import LINKED, TOGETHER, open_desk
from tests.center.terminals import NUMBER
from tests.center.test_casework import PROOF
from tests.center.test_drafts import keeps
from tests.center.test_handovers import applied as licence
from tests.center.test_handovers import approved, ready

CHINESE = re.compile("[\u4e00-\u9fff]")


class Words(HTMLParser):
    """What a person reads: text without mark-up, style and pictures."""

    def __init__(self, html):
        super().__init__()
        self.text, self._hidden = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in ("style", "svg")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "svg")

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.text.append(data.strip())


def opened(desk, path, **headers):
    return desk.http.get(path, headers=headers)


def reads(desk, path, language="zh"):
    answer = opened(desk, f"{path}?lang={language}")
    assert answer.status_code == 200, answer.text
    return "\n".join(Words(answer.text).text)


def page_of(citizen, case):
    return f"/c/{citizen.codes[case.case_id].follow}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_shows_where_the_case_is_what_comes_next_and_the_days(desk, citizen, language):
    case = citizen.medical_case()
    number = citizen.delivers(case).case_number
    shown = reads(desk, page_of(citizen, case), language)
    assert {"zh": "待预审", "en": "Waiting for the first check"}[language] in shown
    assert {"zh": "您不用做什么", "en": "You need not do anything"}[language] in shown
    assert number in shown
    desk.staff("receiver").moves(number, "accept")
    shown = reads(desk, page_of(citizen, case), language)
    counted = {"zh": "承诺 10 个工作日，已用 0 天，还剩 10 天", "en": "within 10 working days: 0 used, 10 left"}
    assert counted[language] in shown
    assert not [word for word in ("测试甲", NUMBER, NUMBER[-4:]) if word in shown]
    if language == "en":
        assert CHINESE.findall(shown) == ["中", "文"]  # the way to the other language


def test_what_is_missing_is_listed_with_its_day_and_how_to_bring_it(desk, citizen):
    case = citizen.medical_case()
    number = citizen.delivers(case).case_number
    wanted = {**PROOF, "text": {"zh": "居住证明 <b>{x}</b>", "en": "Proof <b>{x}</b>"}}
    desk.staff("receiver").moves(number, "request-correction", missing=[wanted])
    html = opened(desk, page_of(citizen, case)).text
    assert "居住证明 &lt;b&gt;{x}&lt;/b&gt;" in html
    shown = "\n".join(Words(html).text)
    assert all(words in shown for words in ("待补正", "还缺什么", "当天也可以", "现在补交"))


def test_a_result_that_lies_ready_says_where_and_until_when(desk, citizen):
    case, number = licence(citizen, "counter")
    assert "还没有做好" in reads(desk, page_of(citizen, case))
    approved(desk, number)
    ready(desk, number)
    shown = reads(desk, page_of(citizen, case))
    assert all(words in shown for words in ("可以去领了", "领证窗口", "前领取", "已做好，等您来取"))
    assert citizen.codes[case.case_id].pickup not in opened(desk, page_of(citizen, case)).text


def test_each_part_of_a_linked_case_has_its_lines(desk, citizen):
    case = citizen.case_of(TOGETHER, details={"category": "pupil"})
    number = citizen.delivers(case).case_number
    desk.staff("receiver").moves(number, "request-correction", part="water", missing=[PROOF])
    shown = reads(desk, page_of(citizen, case), "en")
    assert all(words in shown for words in ("First comes: tax", "Missing: Proof of residence", "title, gas", "water"))
    other = citizen.case_of(LINKED, details={"category": "adult"})
    citizen.delivers(other)
    assert "怎么领取" not in reads(desk, page_of(citizen, other))


def test_what_is_not_there_and_what_is_still_on_its_way_look_alike(desk, citizen):
    case = citizen.medical_case()  # printed, and not delivered
    answers = [opened(desk, path) for path in (page_of(citizen, case), f"/c/{'B' * 28}", "/c/33038120231106000001")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.text for answer in answers}) == 1
    assert "没有查到" in answers[0].text


def test_nothing_is_kept_and_nothing_is_loaded_from_elsewhere(desk, citizen):
    case = citizen.medical_case()
    citizen.delivers(case)
    answer = opened(desk, page_of(citizen, case))
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not re.findall(r"<script|<img|<link|onload|src=|http-equiv", answer.text)


def test_the_phones_language_is_asked_for_and_can_be_changed(desk, citizen):
    case = citizen.medical_case()
    citizen.delivers(case)
    page = page_of(citizen, case)
    assert 'lang="en"' in opened(desk, page, **{"Accept-Language": "it-IT,it;q=0.9"}).text.splitlines()[1]
    chinese = opened(desk, page, **{"Accept-Language": "zh-CN,zh"}).text
    assert 'lang="zh-CN"' in chinese.splitlines()[1]
    assert '<a href="?lang=en"' in chinese


def test_whoever_guesses_and_whoever_opens_a_page_all_the_time_waits(tmp_path):
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    shutil.copy(FLOWS_CATALOG / "resident-medical-insurance.yaml", catalog)
    with open_desk(tmp_path / "state", "", catalog) as desk:
        citizen = desk.terminal()
        case = citizen.medical_case()
        citizen.delivers(case)
        answers = [opened(desk, page_of(citizen, case)).status_code for _ in range(31)]
        assert answers == [200] * 30 + [429]
        answers = [opened(desk, f"/c/{'B' * 28}") for _ in range(21)]
        assert [answer.status_code for answer in answers] == [404] * 20 + [429]
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 600
        assert "请过 10 分钟再打开" in answers[-1].text
        desk.clock.forward(minutes=10)
        assert opened(desk, page_of(citizen, case)).status_code == 200


def test_a_slip_says_on_the_phone_how_to_go_on_until_it_was_done(desk, citizen):
    token, code = keeps(citizen, b"\x07")
    page = f"/r/{code.removeprefix('OEB1:R:')}"
    shown = reads(desk, page)
    assert all(words in shown for words in ("您存下的申请还在", "身份证", "任意一台自助终端", "前都可以接着办"))
    assert "You can go on with it until" in reads(desk, page, "en")
    from center.drafts import forget_draft
    from flows.drafts import locator_of

    forget_draft(desk.center, locator_of(token))
    gone = opened(desk, page)
    altered = opened(desk, page[:-4] + "AAAA")
    assert (gone.status_code, altered.status_code) == (404, 404)
    assert gone.text == altered.text
    assert "这个码不能用了" in gone.text


def test_where_the_center_has_an_address_for_phones_slips_and_terminals_have_it_too(tmp_path):
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    shutil.copy(FLOWS_CATALOG / "resident-medical-insurance.yaml", catalog)
    with open_desk(tmp_path / "state", "", catalog, public_url="https://center.example/oue/") as desk:
        tell_public_url(desk.center)
        tell_public_url(desk.center)
        citizen = desk.terminal()
        _, code = keeps(citizen, b"\x08")
        assert re.fullmatch(r"https://center\.example/oue/r/[0-9A-Za-z_-]+\.[0-9A-Za-z_-]{86}", code)
        given = citizen.get("/v1/settings").json()
        assert (given["version"], given["values"]) == (1, {"phone_url": "https://center.example/oue"})
        assert follow_address(given["values"]["phone_url"], "A" * 28) == f"https://center.example/oue/c/{'A' * 28}"

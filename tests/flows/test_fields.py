"""Field types: what is accepted and in which form it is kept, and what is said when it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fields import KINDS, Choice, Field, FieldProblem, early_problem, parse, shown, written
from flows.text import Text

LABEL = Text(zh="示例", en="Sample")
OPTIONS = tuple(Choice(id=name, label=LABEL) for name in ("mother", "father"))


def field(kind: str, **changes) -> Field:
    return Field.model_validate({"id": "f", "type": kind, "label": LABEL} | changes)


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("mobile", "138 0000-0000", "13800000000"),
        ("mobile", "+86 138 0000 0000", "13800000000"),
        ("mobile", "１３８００００００００", "13800000000"),
        ("id_number", "110105 19491231 002x", "11010519491231002X"),
        ("id_number", "360426-199101010071", "360426199101010071"),
        ("month", "2026年3月", "2026-03"),
        ("month", "2026/03", "2026-03"),
        ("month", "202603", "2026-03"),
        ("year", " 2027 年", "2027"),
        ("name", "  欧阳　测试 ", "欧阳 测试"),
        ("name", "阿依古丽·买买提", "阿依古丽·买买提"),
        ("address", "浙江省瑞安市测试路1号", "浙江省瑞安市测试路1号"),
        ("text", " a  b ", "a b"),
        ("choice", "mother", "mother"),
        ("date", "20260305", "2026-03-05"),
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "2024-02-29", "2024-02-29"),
        ("date_range", "20260101/2026-2-3", {"from": "2026-01-01", "to": "2026-02-03"}),
        ("money", "1,234.5 元", 123450),
        ("money", "￥0.07", 7),
        ("money", "99999999999.99", 9999999999999),
        ("percent", "33.33%", 3333),
        ("percent", "100", 10000),
        ("count", "3", 3),
        ("social_credit_code", "9111 0000 6000 3734 1l", "91110000600037341L"),
        ("social_credit_code", "A1330381MA00000013", "A1330381MA00000013"),
        ("passport", "e1234 5678", "E12345678"),
        ("plate", "浙 C·12345", "浙C12345"),
        ("plate", "浙C1234学", "浙C1234学"),
        ("plate", "浙cd12345", "浙CD12345"),
        ("plate", "浙C12345F", "浙C12345F"),
        ("vin_end", "a12345", "A12345"),
        ("vin_end", "ab1234", "AB1234"),
        ("bank_card", "6222 0200 0000 0000 000", "6222020000000000000"),
        ("project_code", "20263303810401000001", "2026-330381-04-01-000001"),
        ("project_code", "2611-330381-04-01-123456", "2611-330381-04-01-123456"),
        ("title_number", "浙（2020）瑞安市不动产权第0012345号", "浙(2020)瑞安市不动产权第0012345号"),
        ("title_number", "浙(2021) 瑞安市 不动产证明第 0012345 号", "浙(2021)瑞安市不动产证明第0012345号"),
        ("phone", "0577-6581 2345", "0577-65812345"),
        ("phone", "(021) 12345678", "021-12345678"),
        ("phone", "+39 06 1234567", "+39061234567"),
        ("phone", "0033 1 23 45 67 89", "+33123456789"),
        ("phone", "+86 13800000000", "13800000000"),
        ("email", " Name.x@Example.COM ", "name.x@example.com"),
        (
            "mrz",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ),
    ],
)
def test_what_people_write_is_kept_in_one_form(kind, raw, kept):
    result = parse(raw, field(kind, options=OPTIONS if kind == "choice" else ()))
    assert result == kept


@pytest.mark.parametrize(
    ("kind", "raw", "code", "words"),
    [
        ("mobile", "1380000000", "length", "11 位，现在是 10 位"),
        ("mobile", "12800000000", "start", "13 到 19"),
        ("mobile", "1380000000a", "notDigits", "只能填数字"),
        ("id_number", "330381189901010014", "check", "有一位不对"),
        ("id_number", "330381189913010015", "birth", "出生日期"),
        ("id_number", "33038118990101001", "length", "现在是 17 位"),
        ("id_number", "3303811899010X0015", "characters", "前 17 位是数字"),
        ("month", "2026-13", "month", "没有 13 月"),
        ("month", "soon", "month", "例如 2026-03"),
        ("month", "1026-01", "year", "检查年份"),
        ("year", "26", "year", "四位数"),
        ("name", "测试1", "digits", "不能有数字"),
        ("name", "", "empty", "请填写示例"),
        ("address", "测试", "tooShort", "门牌号"),
        ("address", "123456", "noWords", "没有文字"),
        ("text", "a\u200bb", "characters", "无法识别"),
        ("text", "字" * 101, "tooLong", "最多 100 个字，现在有 101 个"),
        ("choice", "uncle", "notOffered", "请选择一项"),
        ("date", "20260230", "day", "2026 年 2 月没有 30 日"),
        ("date", "20261301", "month", "没有 13 月"),
        ("date", "2026305", "day", "例如 2026-03-05"),
        ("date", "02260305", "year", "请检查年份"),
        ("money", "1.234", "places", "最多两位"),
        ("money", "12e3", "notDigits", "例如 1234.50"),
        ("money", "9" * 20, "tooMuch", "金额太大"),
        ("percent", "100.01", "tooMuch", "不能超过 100%"),
        ("count", "1.5", "notDigits", "整数"),
        ("social_credit_code", "91110000600037342L", "check", "营业执照"),
        ("social_credit_code", "9111000060003734IL", "characters", "没有 I、O、Z、S、V"),
        ("social_credit_code", "9111", "length", "现在是 4 位"),
        ("passport", "E1", "shape", "E12345678"),
        ("plate", "C12345", "province", "省份简称"),
        ("plate", "浙C1O345", "characters", "没有字母 I 和 O"),
        ("plate", "浙C1234", "length", "现在是 6 位"),
        ("plate", "浙C1234567", "length", "最多 8 位"),
        ("plate", "浙C123456", "shape", "新能源"),
        ("vin_end", "12345", "length", "现在是 5 位"),
        ("vin_end", "1234AB", "characters", "最后 4 位是数字"),
        ("bank_card", "6222020000000000001", "check", "有一位不对"),
        ("bank_card", "62220200", "length", "现在是 8 位"),
        ("project_code", "2026-330381", "length", "现在有 10 位数字"),
        ("title_number", "浙2020第12345号", "shape", "例如：浙(2020)"),
        ("phone", "65812345", "shape", "带区号"),
        ("phone", "+39", "length", "国家代码"),
        ("email", "name@", "shape", "name@example.com"),
        ("mrz", "P<UTO", "shape", "每行 44 个字符"),
        (
            "mrz",
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408123F1204159ZE184226B<<<<<10",
            "check",
            "有一个字符不对",
        ),
    ],
)
def test_what_is_wrong_is_said_in_words_with_what_to_do(kind, raw, code, words):
    problem = parse(raw, field(kind, options=OPTIONS if kind == "choice" else ()))
    assert isinstance(problem, FieldProblem)
    assert problem.code == code
    assert words in problem.words.zh
    assert problem.words.en


def test_a_number_of_a_place_that_no_longer_exists_is_accepted():
    from stdnum.cn import ric

    number = "33032218990101001"  # 洞头 before 2015
    assert parse(number + ric.calc_check_digit(f"{number}0"), field("id_number")).startswith("330322")


def test_an_optional_field_may_be_left_out():
    assert parse("  ", field("mobile", optional=True)) == ""


@given(kind=st.sampled_from([kind for kind in KINDS if kind != "choice"]), raw=st.text(max_size=40))
def test_anything_typed_gives_a_value_that_stays_itself_or_a_problem(kind, raw):
    result = parse(raw, field(kind))
    if not isinstance(result, FieldProblem):
        assert parse(written(result, field(kind)), field(kind)) == result
        assert shown(result, field(kind)).zh
    else:
        assert result.words.zh
        assert result.words.en


SAMPLES = sorted(kind for kind in KINDS if kind != "choice")


@pytest.mark.parametrize("kind", SAMPLES)
def test_nobody_is_told_off_while_what_they_type_may_still_become_right(kind):
    whole = written(KINDS[kind].sample, field(kind))
    assert parse(whole, field(kind)) == KINDS[kind].sample
    assert [whole[:end] for end in range(len(whole) + 1) if early_problem(whole[:end], field(kind))] == []


@given(kind=st.sampled_from(SAMPLES), raw=st.text("0123456789-+.@/ XCD<浙OIa年", max_size=22), more=st.text(max_size=3))
def test_what_is_certainly_wrong_stays_wrong_whatever_follows(kind, raw, more):
    if early_problem(raw, field(kind)):
        assert isinstance(parse(raw + more.strip(), field(kind)), FieldProblem), (raw, more)


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("mobile", "12", "13 到 19"),
        ("mobile", "138000000001", "现在是 12 位"),
        ("id_number", "33038118991301", "出生日期"),
        ("id_number", "3303X", "最后一位"),
        ("id_number", "330381189901010014", "有一位不对"),
        ("date", "202613", "没有 13 月"),
        ("date", "0999", "检查年份"),
        ("money", "1.234", "最多两位"),
        ("percent", "101", "不能超过"),
        ("plate", "浙CI", "I 和 O"),
        ("social_credit_code", "91110000O", "没有“O”"),
        ("vin_end", "1234567", "多了 1 位"),
        ("email", "a@b@", "只有一个 @"),
        ("phone", "0577a", "只有数字"),
        ("name", "测试1", "不能有数字"),
    ],
)
def test_a_slip_that_no_further_key_can_mend_is_said_at_once(kind, typed, words):
    found = early_problem(typed, field(kind))
    assert found
    assert words in found.words.zh


def test_an_optional_number_left_out_is_nothing_rather_than_zero():
    assert parse("", field("money", optional=True)) is None
    assert parse("/", field("date_range", optional=True)) is None
    assert shown(None, field("money", optional=True)).zh == "未填写"


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("money", 123450, "1,234.50 元", "1,234.50 yuan"),
        ("percent", 3333, "33.33 %", "33.33 %"),
        ("percent", 10000, "100 %", "100 %"),
        ("date", "2026-03-05", "2026年3月5日", "2026-03-05"),
        (
            "date_range",
            {"from": "2026-03-05", "to": "2026-04-01"},
            "2026年3月5日 至 2026年4月1日",
            "2026-03-05 to 2026-04-01",
        ),
        ("bank_card", "6222020000000000000", "6222 0200 0000 0000 000", "6222 0200 0000 0000 000"),
    ],
)
def test_values_are_shown_as_people_write_them(kind, value, zh, en):
    assert shown(value, field(kind)) == Text(zh=zh, en=en)

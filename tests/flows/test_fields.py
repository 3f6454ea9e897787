"""Field types: what is accepted and in which form it is kept, and what is said when it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fields import KEYBOARDS, Choice, Field, FieldProblem, parse
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
    ],
)
def test_what_people_write_is_kept_in_one_form(kind, raw, kept):
    assert parse(raw, field(kind, options=OPTIONS if kind == "choice" else ())) == kept


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


@given(kind=st.sampled_from([kind for kind in KEYBOARDS if kind != "choice"]), raw=st.text(max_size=40))
def test_anything_typed_gives_a_value_that_stays_itself_or_a_problem(kind, raw):
    result = parse(raw, field(kind))
    if isinstance(result, str):
        assert parse(result, field(kind)) == result
    else:
        assert result.words.zh
        assert result.words.en

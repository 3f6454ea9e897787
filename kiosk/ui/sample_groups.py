"""Views of a group (co-owners) and of fields with keys of their own, for the gallery and the tests."""

# ruff: noqa: E501 - a text and its translation stand side by side

from dataclasses import replace

from kiosk.journey import screens as s
from kiosk.ui.sample_words import row, say


def groups(language: str) -> dict[str, s.AnyScreen]:
    owner = say(language, "共有人", "Co-owner")
    items = tuple(_owner(language, place, name) for place, name in enumerate(("测试甲", "测试乙"), start=1))
    group = s.Group(
        title=say(language, "房屋共有人", "Co-owners of the home"), step=4, steps=9, personal=True, items=items,
        totals=(row(language, ("份额合计", "Shares together"), ("100 %", "100 %")),),
        add_label=say(language, f"添加{owner}", f"Add: {owner}"),
    )  # fmt: skip
    wrong = say(language, "份额合计应为 100%，请修改", "The shares must come to 100 %. Please change them")
    empty = say(language, f"还没有填写，请点“添加{owner}”。", f"Nothing here yet. Touch “Add: {owner}”.")
    changed = say(
        language,
        "您改了前面的答案，这几项不再需要，已去掉：邮寄信息。",
        "You changed an earlier answer, so this is not needed any more and was left out: Where to.",
    )
    keys = s.Form(
        title=say(language, "车辆与金额", "Car and amount"), step=5, steps=9, personal=True, fields=_fields(language),
        forward_label=say(language, "填好了", "Done"),
    )  # fmt: skip
    return {
        "group": group,
        "group_problem": replace(group, problem=wrong),
        "group_empty": replace(group, items=(), totals=(), guidance=empty),
        "fields": keys,
        "group_changed": replace(group, note=changed),
    }


def _owner(language: str, place: int, name: str) -> s.GroupItem:
    return s.GroupItem(
        id=str(place - 1),
        name=say(language, f"共有人 {place}", f"Co-owner {place}"),
        title=name,
        detail=say(
            language,
            "身份证号 330381********0015\n份额 50 %",
            "ID number 330381********0015\nShare 50 %",
        ),
    )


def _fields(language: str) -> tuple[s.FormField, ...]:
    no_letter = say(language, "车牌里没有字母 I 和 O，请看看是不是 1 和 0", "Plates have no I and no O: is it 1 or 0?")
    return (
        s.FormField(id="plate", label=say(language, "车牌号", "Number plate"), keyboard="plate",
                    hint=say(language, "例如 浙C12345；新能源车 8 位", "Such as 浙C12345; 8 characters for new-energy cars")),
        s.FormField(id="plate2", label=say(language, "另一车牌号", "Other plate"), keyboard="plate", value="浙C1O", problem=no_letter),
        s.FormField(id="birth", label=say(language, "出生日期", "Date of birth"), keyboard="digits", value="18990307",
                    echo=say(language, "1899年3月7日", "1899-03-07"), hint=say(language, "8 位数字，例如 20260305", "8 digits, such as 20260305")),
        s.FormField(id="amount", label=say(language, "提取金额", "Amount"), keyboard="amount", value="12345.5",
                    echo=say(language, "12,345.50 元", "12,345.50 yuan"), hint=say(language, "单位：元", "In yuan")),
        s.FormField(id="code", label=say(language, "统一社会信用代码", "Social credit code"), keyboard="code"),
        s.FormField(id="phone", label=say(language, "国外电话", "Phone abroad"), keyboard="phone", value="+39 06"),
    )  # fmt: skip

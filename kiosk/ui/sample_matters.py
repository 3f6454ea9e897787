"""Lists of many matters, for the gallery and the tests: the first page of them, a group, and what a search finds."""

# ruff: noqa: E501 - a text and its translation stand side by side

from dataclasses import replace

from kiosk.journey import screens as s
from kiosk.ui.sample_words import say

_MATTERS = (
    ("social-insurance", "社保参保证明", "Social insurance certificate", "人力资源和社会保障局", "Social Security Bureau"),
    ("medical-insurance", "城乡居民医保参保登记", "Resident medical insurance enrolment", "医疗保障局", "Healthcare Bureau"),
    ("senior-card", "老年优待证", "Senior card", "民政局", "Civil Affairs Bureau"),
    ("certificate", "户籍证明", "Household certificate", "公安局", "Public Security Bureau"),
    ("certificate", "无犯罪记录证明", "No criminal record certificate", "公安局", "Public Security Bureau"),
    ("document", "公积金余额查询", "Housing fund balance", "住房公积金管理中心", "Housing Fund Center"),
)  # fmt: skip
_EVENTS = (
    ("papers", "开证明", "Certificates", 9),
    ("health", "看病、医保", "Health", 2),
    ("work", "工作、社保", "Work", 3),
    ("retirement", "老人、养老", "Growing old", 2),
    ("home", "买房、租房", "Home", 5),
    ("car", "车子、驾照", "Car and driving", 3),
    ("business", "开店、办企业", "Business", 4),
    ("tax", "缴税、个税", "Tax", 2),
    ("abroad", "出国、华侨", "Abroad", 2),
)  # fmt: skip


def lists(language: str) -> dict[str, s.AnyScreen]:
    """Name of the picture -> screen."""
    departments = {zh: (zh, en) for _, _, _, zh, en in _MATTERS}
    first = s.MatterList(
        title=say(language, "请选择要办的事", "What would you like to do?"),
        subtitle=say(language, "点一下要办的事，或扫描办事二维码", "Touch a service, or scan its code"),
        tiles=_tiles(language)[:3],
        tiles_label=say(language, "这里常办", "Often done here"),
        searchable=True,
        events=tuple(_group(language, f"event:{one}", zh, en, f"event-{one}", n) for one, zh, en, n in _EVENTS),
        events_label=say(language, "按要办的事找", "By what it is about"),
        departments=tuple(
            _group(language, f"department:{zh}", f"瑞安市{zh}", f"Rui'an {en}", "certificate", 2)
            for zh, en in departments.values()
        ),
        departments_label=say(language, "按部门找", "By department"),
        all_label=say(language, "看全部 22 件事", "See all 22 services"),
    )
    plain = replace(first, events=(), departments=(), all_label="")
    nothing = say(
        language,
        "没有找到。换个说法再试试，例如“社保”“驾照”“老年证”；也可以看全部事项、查办件进度，或请工作人员帮忙，拨打 0577-12345。",
        "Nothing was found. Try other words, such as “insurance”, “licence” or “tax”; or see all services, look up a case, or ask the staff, telephone 0577-12345.",
    )  # fmt: skip
    return {
        "matters_many": first,
        "matters_group": replace(
            plain,
            tiles=_tiles(language),
            tiles_label=say(language, "开证明 · 9 件", "Certificates · 9"),
            more_label=say(language, "再看几件（还有 3 件）", "Show more (3 left)"),
        ),
        "matters_found": replace(
            plain,
            tiles=_tiles(language)[2:5],
            tiles_label=say(language, "您要办的是不是：", "Is it one of these?"),
            question="zm",
        ),
        "matters_nothing": replace(
            plain,
            tiles=(),
            tiles_label="",
            question="?",
            nothing=nothing,
            report_label=say(language, "事情没办成，我要反映", "It did not work out. Tell us"),
            all_label=first.all_label,
        ),
    }


def _tiles(language: str) -> tuple[s.MatterTile, ...]:
    return tuple(
        s.MatterTile(
            id=f"sample-{number}",
            title=say(language, zh, en),
            summary="",
            department=say(language, f"瑞安市{department}", f"Rui'an {bureau}"),
            icon=icon,
            available=number != 3,
            unavailable_reason=""
            if number != 3
            else say(
                language,
                "网络暂时不通，这件事需要联网办理，请稍后再试",
                "The network is down and this service needs it. Please try later",
            ),
        )
        for number, (icon, zh, en, department, bureau) in enumerate(_MATTERS)
    )


def _group(language: str, name: str, zh: str, en: str, icon: str, count: int) -> s.MatterGroup:
    return s.MatterGroup(
        id=name, label=say(language, zh, en), detail=say(language, f"{count} 件", str(count)), icon=icon
    )

"""What can be done here: every matter where they are few; else the most used, groups, and a search."""

from collections.abc import Iterable

from flows.matter import Matter
from flows.steps import CaptureStep
from kiosk.journey.offer import Group, Offer
from kiosk.journey.page import Page, Setting
from kiosk.journey.screens import MatterGroup, MatterList, MatterTile
from kiosk.messages.to_backroom import AwaitCode

FEW = 5  # matters that are all shown at once
MOST_USED = 3  # shown first
AT_ONCE = 12  # matters of a group that are shown before more are asked for
ALL = "all"  # the group of every matter
REPORT = "did-not-work-out"  # 办不成事反映, where there is such a matter
_DONE_WITHOUT = ("printer", "scanner", "network")  # the number is on the screen too, a code typed; `offline` decides


class MattersPage(Page):
    uses_devices = True

    def __init__(self, setting: Setting, offer: Offer) -> None:
        super().__init__(setting)
        self._offer = offer
        self._group = ""
        self._question = ""
        self._shown = AT_ONCE
        self.turned_away = ""  # the name of the sentence for the last code

    def enter(self) -> None:
        self.setting.send(AwaitCode())

    def search(self, question: str) -> None:
        """What was typed so far, or said; blanks alone are no question."""
        self._question = question if question.strip() else ""
        self.turned_away = ""

    def open_group(self, group_id: str) -> None:
        if group_id == ALL or self._offer.group(group_id):
            self._group, self._question, self._shown = group_id, "", AT_ONCE
            self.turned_away = ""

    def show_more(self) -> None:
        self._shown += AT_ONCE

    def step_back(self) -> bool:
        within = bool(self._question or self._group)
        if self._question:
            self._question = ""
        else:
            self._group = ""
        return within

    def screen(self) -> MatterList:
        if self._question:
            return self._hits()
        if self._group:
            return self._of_group()
        return self._few() if len(self._offer.catalog) <= FEW else self._first()

    def _few(self) -> MatterList:
        return self._listed("matters.title", self.turned_away or "matters.subtitle", self._offer.catalog.values())

    def _first(self) -> MatterList:
        most_used = self._offer.most_used(self.setting.surroundings.used, MOST_USED)
        return self._listed(
            "matters.title",
            self.turned_away or "matters.subtitle",
            self._offer.matters(most_used),
            tiles_label=self.setting.say("matters.most_used"),
            searchable=True,
            events_label=self.setting.say("matters.by_event"),
            events=self._groups(self._offer.events),
            departments_label=self.setting.say("matters.by_department"),
            departments=self._groups(self._offer.departments),
            all_label=self.setting.say("matters.all", count=len(self._offer.catalog)),
        )

    def _of_group(self) -> MatterList:
        group = self._offer.group(self._group)
        ids = group.matters if group else tuple(self._offer.catalog)
        title = group.label.in_language(self.setting.language) if group else self.setting.say("matters.every")
        rest = len(ids) - self._shown
        return self._listed(
            "matters.title",
            self.turned_away or "matters.subtitle",
            self._offer.matters(ids[: self._shown]),
            searchable=True,
            tiles_label=f"{title} · {self.setting.say('matters.count', count=len(ids))}",
            more_label=self.setting.say("matters.more", count=rest) if rest > 0 else "",
        )

    def _hits(self) -> MatterList:
        say = self.setting.say
        found = self._offer.finder.find(self._question, self.setting.surroundings.used)
        matters = self._offer.matters(hit.matter_id for hit in found)
        return self._listed(
            "matters.title",
            "matters.subtitle",
            matters,
            searchable=True,
            question=self._question,
            tiles_label=say("matters.found") if matters else "",
            nothing="" if matters else say("matters.nothing", contact=self.setting.contact),
            report_label="" if matters else report_label(self.setting),
            all_label="" if matters else say("matters.all", count=len(self._offer.catalog)),
        )

    def _listed(self, title: str, subtitle: str, matters: Iterable[Matter], **more: object) -> MatterList:
        say = self.setting.say
        return MatterList(
            title=say(title),
            subtitle=say(subtitle),
            help_text=say("help.matters" if len(self._offer.catalog) <= FEW else "help.finding"),
            tiles=tuple(self._tile(matter) for matter in matters),
            **more,  # type: ignore[arg-type]  # the fields of MatterList, given above
        )

    def _groups(self, groups: Iterable[Group]) -> tuple[MatterGroup, ...]:
        return tuple(
            MatterGroup(
                id=group.id,
                label=group.label.in_language(self.setting.language),
                detail=self.setting.say("matters.count", count=len(group.matters)),
                icon=group.icon,
            )
            for group in groups
        )

    def _tile(self, matter: Matter) -> MatterTile:
        language = self.setting.language
        hindrance = hindered_by(self.setting, matter)
        return MatterTile(
            id=matter.id,
            title=matter.title.in_language(language),
            summary=matter.summary.in_language(language),
            department=matter.department.in_language(language),
            icon=matter.icon,
            brings=matter.brings.in_language(language),
            minutes=matter.minutes,
            available=not hindrance,
            unavailable_reason=hindrance,
        )


def report_label(setting: Setting) -> str:
    """Of the button for who is stuck: it did not work out; empty where that cannot be done now either."""
    if setting.report is None or hindered_by(setting, setting.report):
        return ""
    return setting.say("matters.report")


def hindered_by(setting: Setting, matter: Matter) -> str:
    """Why this matter cannot be begun now, in words; empty when it can."""
    window, language = matter.window, setting.language
    if window and not window.is_open(setting.surroundings.local_time()):
        return setting.say("matters.closed", window=window.text.in_language(language))
    lacking = _missing_for(setting, matter)
    if lacking == "network" and matter.offline_reason:
        return matter.offline_reason.in_language(language)
    return setting.say(f"matters.without.{lacking}") if lacking else ""


def _missing_for(setting: Setting, matter: Matter) -> str:
    """The first need of this matter that cannot be met now (a word of `matters.without`), or empty."""
    if matter.offline == "refuse" and not setting.surroundings.reachable:
        return "network"
    captures = [step for step in matter.steps if isinstance(step, CaptureStep)]
    needed = {f"{step.camera}_camera" for step in captures if not step.skip}
    skippable = {f"{step.camera}_camera" for step in captures} - needed
    for need in matter.needs:
        if (
            need != "network"
            and need not in _DONE_WITHOUT
            and need not in skippable
            and setting.surroundings.lacks(need)
        ):
            return need
    return ""

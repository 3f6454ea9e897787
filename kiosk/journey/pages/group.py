"""Several of a kind (family members, co-owners): a list to add to, change and remove from, and a form for each."""

from collections.abc import Mapping

from flows.answers import read_fields
from flows.expressions import ExpressionFailed
from flows.fields import FieldProblem, shown, written
from flows.steps import GroupStep
from kiosk.journey.page import Setting
from kiosk.journey.pages.filling import Filling
from kiosk.journey.run import Run
from kiosk.journey.screens import Form, Group, GroupItem, Row
from kiosk.journey.step_page import StepPage


class GroupPage(StepPage[GroupStep]):
    """What was entered stays with the run until the step is answered, so that a look back loses nothing."""

    def __init__(self, setting: Setting, run: Run, step: GroupStep) -> None:
        super().__init__(setting, run, step)
        self._items = run.drafts.setdefault(step.id, run.visit.group_start(step))
        self._problems: tuple[FieldProblem, ...] = ()
        self._filling: Filling | None = None
        self._place = 0  # of the one that is filled in
        if not self._items and step.min > 0:
            self._open(0)

    def type_in(self, field_id: str, text: str) -> None:
        if self._filling:
            self._filling.type_in(field_id, text)

    def fill(self, values: Mapping[str, str]) -> None:
        if self._filling is None:
            return
        self._filling.fill(values)
        item, problems = read_fields(self.step.fields, self._filling.values)
        self._filling.refuse(problems)
        if not problems:
            self._items[self._place : self._place + 1] = [item]
            self._filling, self._problems = None, ()

    def add_item(self) -> None:
        if self._filling is None and len(self._items) < self.step.max:
            self._open(len(self._items))

    def change_item(self, number: int) -> None:
        if self._filling is None and 0 <= number < len(self._items):
            self._open(number)

    def remove_item(self, number: int) -> None:
        if self._filling is None and 0 <= number < len(self._items):
            del self._items[number]
            self._problems = ()

    def proceed(self) -> None:
        if self._filling is None:
            self._problems = self.answer(list(self._items))
            if not self._problems:
                self.run.drafts.pop(self.step.id)

    def step_back(self) -> bool:
        if self._filling is None or not self._items:
            return False
        self._filling = None
        return True

    def _open(self, place: int) -> None:
        before = self._items[place] if place < len(self._items) else {}
        start = {field.id: written(before.get(field.id), field) for field in self.step.fields}
        self._filling, self._place = Filling(self.setting, self.step.fields, start), place

    def screen(self) -> Form | Group:
        return self._form(self._filling) if self._filling else self._list()

    def _form(self, filling: Filling) -> Form:
        frame = self.framed()
        frame["title"] = self._name(self._place)
        return Form(
            **frame,
            personal=True,
            fields=filling.shown(),
            problem_summary=filling.summary,
            forward_label=self.setting.say("group.keep"),
        )

    def _list(self) -> Group:
        item = self.step.item.in_language(self.setting.language)
        item = item[:1].lower() + item[1:]  # inside a sentence
        more = len(self._items) < self.step.max
        return Group(
            **self.framed(),
            personal=True,
            guidance="" if self._items else self.setting.say("group.nobody", item=item),
            items=tuple(self._shown(place) for place in range(len(self._items))),
            totals=self._totals(),
            problem=" ".join(problem.words.in_language(self.setting.language) for problem in self._problems),
            add_label=self.setting.say("group.add", item=item) if more else "",
        )

    def _name(self, place: int) -> str:
        item = self.step.item.in_language(self.setting.language)
        return item if self.step.max == 1 else f"{item} {place + 1}"

    def _shown(self, place: int) -> GroupItem:
        item, language = self._items[place], self.setting.language
        values = [shown(item.get(field.id), field).in_language(language) for field in self.step.fields]
        labels = [field.label.in_language(language) for field in self.step.fields]
        rest = [f"{label} {value}" for label, value in zip(labels[1:], values[1:], strict=True)]
        return GroupItem(id=str(place), name=self._name(place), title=values[0], detail="\n".join(rest))

    def _totals(self) -> tuple[Row, ...]:
        try:
            rows = self.run.visit.group_totals(self.step, self._items, self.setting.language)
        except ExpressionFailed:
            return ()
        return tuple(Row(label=row.label, value=row.value) for row in rows)

"""好差评: one touch is a rating and on disk at once; words and reasons are added to it until the person leaves."""

from flows.answers import SKIPPED
from flows.case import rating_from_answer
from flows.ratings import RATINGS
from flows.steps import RateStep
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Option, Rate, RateLevel
from kiosk.journey.step_page import StepPage
from kiosk.messages.from_backroom import Committed, FromBackroom, NotCommitted
from kiosk.messages.json_value import Json
from kiosk.messages.to_backroom import SubmitRating, WithdrawRating

LONGEST = 500  # characters of free text
WORST_GOOD = 3  # levels below it are 差评 and open a follow-up at the center


class RatePage(StepPage[RateStep]):
    """What was touched last counts, whichever way the page is left: by its button, home, or by a power cut."""

    def __init__(self, setting: Setting, run: Run, step: RateStep) -> None:
        super().__init__(setting, run, step)
        self._rating_id = setting.new_id()
        self._given: dict[str, Json] | None = None
        self._request = ""  # of the last one that was sent
        self._kept: bool | None = None  # on disk; None: not known yet

    def rate(self, level: int, tags: list[str], text: str) -> None:
        offered = next((one for one in RATINGS if one.level == level), None)
        if offered is None:
            return
        known = {tag.code for tag in offered.tags}
        chosen: list[Json] = [tag for tag in dict.fromkeys(tags) if tag in known]
        self._given = {"level": level, "tags": chosen, "text": text.strip()[:LONGEST]}
        self._write()

    def _write(self) -> None:
        if self._given is None:
            return
        rating = rating_from_answer(
            self._given,
            rating_id=self._rating_id,
            case_id=self.run.case_id,
            created_at=self.setting.clock.now(),
        )
        self._request = self.setting.next_request("rating")
        self.setting.send(SubmitRating(request=self._request, rating=rating.model_dump(mode="json")))

    def receive(self, message: FromBackroom) -> None:
        if isinstance(message, Committed | NotCommitted) and message.request == self._request:
            self._kept = isinstance(message, Committed)

    def enter(self) -> None:
        """A backroom that fell and is back may not have written the last one."""
        self._write()

    def proceed(self) -> None:
        if self._given is not None:
            self.answer(self._given)

    def skip(self) -> None:
        """None after all."""
        if self._given is not None:
            self._given = None
            self.setting.send(WithdrawRating(rating_id=self._rating_id))
        self.answer(SKIPPED)

    def screen(self) -> Rate:
        language, level = self.setting.language, self._given["level"] if self._given else 0
        return Rate(
            **self.framed(),
            level=level if isinstance(level, int) else 0,
            noted=self.setting.say("rate.noted") if self._given and self._kept else "",
            problem=self.setting.say("rate.not_noted") if self._given and self._kept is False else "",
            levels=tuple(
                RateLevel(
                    level=level.level,
                    label=level.label.in_language(language),
                    note=self.setting.say("rate.bad") if level.level < WORST_GOOD else "",
                    tags=tuple(Option(id=tag.code, label=tag.label.in_language(language)) for tag in level.tags),
                )
                for level in RATINGS
            ),
            skip_label=self.step.skip.in_language(language),
        )

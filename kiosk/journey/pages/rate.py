"""好差评: one touch is a rating; words and reasons may be added until the person leaves, and it is sent once."""

from flows.answers import SKIPPED
from flows.case import rating_from_answer
from flows.ratings import RATINGS
from flows.steps import RateStep
from kiosk.backroom.messages import Json, SubmitRating
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.journey.screens import Option, Rate, RateLevel
from kiosk.journey.step_page import StepPage

LONGEST = 500  # characters of free text
WORST_GOOD = 3  # levels below it are 差评 and open a follow-up at the center


class RatePage(StepPage[RateStep]):
    """What was touched last counts, whichever way the page is left: by its button, home, or by walking away."""

    def __init__(self, setting: Setting, run: Run, step: RateStep) -> None:
        super().__init__(setting, run, step)
        self._given: dict[str, Json] | None = None

    def rate(self, level: int, tags: list[str], text: str) -> None:
        offered = next((one for one in RATINGS if one.level == level), None)
        if offered is None:
            return
        known = {tag.code for tag in offered.tags}
        chosen: list[Json] = [tag for tag in dict.fromkeys(tags) if tag in known]
        self._given = {"level": level, "tags": chosen, "text": text.strip()[:LONGEST]}

    def proceed(self) -> None:
        if self._given is not None:
            self.answer(self._given)

    def skip(self) -> None:
        """None after all."""
        self._given = None
        self.answer(SKIPPED)

    def leave(self) -> None:
        super().leave()
        given, self._given = self._given, None
        if given is None:
            return
        rating = rating_from_answer(
            given, rating_id=self.setting.new_id(), case_id=self.run.case_id, created_at=self.setting.clock.now()
        )
        request = self.setting.next_request("rating")
        self.setting.send(SubmitRating(request=request, rating=rating.model_dump(mode="json")))

    def screen(self) -> Rate:
        language, level = self.setting.language, self._given["level"] if self._given else 0
        return Rate(
            **self.framed(),
            level=level if isinstance(level, int) else 0,
            noted=self.setting.say("rate.noted") if self._given else "",
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

"""好差评: one tap, or none."""

from flows.answers import SKIPPED
from flows.case import rating_from_answer
from flows.ratings import RATINGS
from flows.steps import RateStep
from kiosk.backroom.messages import Json, SubmitRating
from kiosk.journey.screens import Option, Rate, RateLevel
from kiosk.journey.step_page import StepPage

LONGEST = 500  # characters of free text
WORST_GOOD = 3  # levels below it are 差评 and open a follow-up at the center


class RatePage(StepPage[RateStep]):
    def rate(self, level: int, tags: list[str], text: str) -> None:
        known = {tag.code for offered in RATINGS if offered.level == level for tag in offered.tags}
        chosen: list[Json] = [tag for tag in dict.fromkeys(tags) if tag in known]
        answer: dict[str, Json] = {"level": level, "tags": chosen, "text": text[:LONGEST]}
        if self.answer(answer):
            return
        rating = rating_from_answer(
            answer, rating_id=self.setting.new_id(), case_id=self.run.case_id, created_at=self.setting.clock.now()
        )
        request = self.setting.next_request("rating")
        self.setting.send(SubmitRating(request=request, rating=rating.model_dump(mode="json")))

    def skip(self) -> None:
        self.answer(SKIPPED)

    def screen(self) -> Rate:
        language = self.setting.language
        return Rate(
            **self.framed(),
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

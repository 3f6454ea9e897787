"""自助填表: what stands on the form of a matter as it was answered, in both languages, for the printer alone."""

from flows.shown import review_rows
from flows.steps import FormStep, GroupStep, IdentifyStep, PromiseStep, SignStep, Step
from flows.text import LabelledValue, Text
from kiosk.journey.page import Setting
from kiosk.journey.run import Run
from kiosk.messages.json_value import Json

_OF_CARD = (
    ("name", Text(zh="姓名", en="Name")),
    ("number", Text(zh="证件号码", en="ID number")),
    ("address", Text(zh="证件地址", en="Address on the card")),
)


def filled_form(setting: Setting, run: Run, number: str = "") -> dict[str, Json]:
    """The shape of `kiosk.backroom.form_page.FilledForm`; `number` where it was submitted."""
    visit, matter = run.visit, run.visit.matter
    rows = [row for step in visit.applicable for row in _rows(step, run)]
    promises = [text for step in visit.applicable if isinstance(step, PromiseStep) for text in step.paragraphs]
    return {
        "title": matter.title.model_dump(),
        "department": matter.department.model_dump(),
        "rows": [row.model_dump() for row in rows],
        "promise": [text.model_dump() for text in promises],
        "number": number,
        "day": f"{setting.surroundings.local_time():%Y-%m-%d}",
        "site": setting.surroundings.site,
    }


def signature_of(run: Run) -> bytes:
    """The PNG that was drawn in this visit, or nothing."""
    signed = {step.id for step in run.visit.applicable if isinstance(step, SignStep)}
    held = (held for name, held in run.attachments.items() if name.rpartition("-")[0] in signed)
    return next((one.content for one in held if one.media_type == "image/png"), b"")


def _rows(step: Step, run: Run) -> list[LabelledValue]:
    """Nothing is masked: it is the person's own paper. A promise and a signature stand below the rows."""
    answer = run.visit.value(step.id)
    if isinstance(step, IdentifyStep):
        card = answer if isinstance(answer, dict) else {}
        known = ((label, str(card.get(name) or "")) for name, label in _OF_CARD)
        return [LabelledValue(label=label, value=Text(zh=value, en=value)) for label, value in known if value]
    if isinstance(step, PromiseStep | SignStep) or answer is None:
        return []
    return [row for _, row in review_rows([_unmasked(step)], {step.id: answer})]


def _unmasked(step: Step) -> Step:
    if not isinstance(step, FormStep | GroupStep):
        return step
    fields = tuple(field.model_copy(update={"masked": False}) for field in step.fields)
    return step.model_copy(update={"fields": fields})

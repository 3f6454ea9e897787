"""Whoever tries a matter while it is written stays at the step they were at, with what they answered."""

from flows.matter import Matter
from flows.text import Text


def with_step(matter: Matter, step_id: str, **changes: object) -> Matter:
    steps = tuple(step.model_copy(update=changes) if step.id == step_id else step for step in matter.steps)
    return matter.model_copy(update={"steps": steps})


def test_another_text_shows_at_once_where_the_person_is(terminal, catalog):
    terminal.enrolment_to_picture()
    changed = with_step(catalog["resident-medical-insurance"], "residence", title=Text(zh="拍新的证明", en="Another"))
    terminal.journey.change_matter(changed)
    assert (terminal.page, terminal.screen.step, terminal.screen.title) == ("Capture", 4, "拍新的证明")
    terminal.takes_picture("document")
    assert terminal.page == "Promise"


def test_an_answer_that_holds_no_more_is_asked_again_with_what_was_said(terminal, catalog):
    terminal.enrolment_to_picture()
    matter = catalog["resident-medical-insurance"]
    details = matter.step("details")
    shorter = {"address": {"max_length": 1}}
    fields = tuple(field.model_copy(update=shorter.get(field.id, {})) for field in details.fields)
    terminal.journey.change_matter(with_step(matter, "details", fields=fields))
    assert terminal.page == "Form"
    assert {field.id: field.value for field in terminal.screen.fields}["mobile"]
    terminal.journey.change_matter(matter)
    assert terminal.page == "Form"  # nobody is moved on by another's hand


def test_the_list_follows_too_and_what_is_submitted_does_not(terminal, catalog):
    matter = catalog["resident-medical-insurance"]
    terminal.journey.start()
    terminal.journey.change_matter(matter.model_copy(update={"title": Text(zh="医保新名", en="New")}))
    terminal.enrolment_to_result()
    terminal.journey.change_matter(matter)
    assert (terminal.page, terminal.screen.subtitle) == ("Result", "医保新名")

"""Back, home, change: the ways through, and what was given is kept on them."""


def test_form_problems_keep_what_was_typed(terminal):
    terminal.enrolment_to_form()
    address = next(field for field in terminal.screen.fields if field.id == "address")
    assert address.prefilled
    assert address.value == "浙江省瑞安市测试路1号"
    terminal.journey.fill({"category": "", "mobile": "123", "year": "1950"})
    fields = {field.id: field for field in terminal.screen.fields}
    assert fields["mobile"].value == "123"
    assert fields["mobile"].problem
    assert fields["category"].problem
    assert terminal.screen.problem_summary
    terminal.journey.set_language("en")
    fields = {field.id: field for field in terminal.screen.fields}
    assert "11 digits" in fields["mobile"].problem
    assert fields["mobile"].value == "123"
    terminal.journey.fill({"category": "adult", "mobile": "13800000000", "year": "2026"})
    assert terminal.page == "Capture"


def test_change_in_review_comes_straight_back(terminal):
    terminal.enrolment_to_review()
    row = next(row for row in terminal.screen.rows if row.step == "details")
    terminal.journey.change(row.step)
    assert terminal.page == "Form"
    assert next(field.value for field in terminal.screen.fields if field.id == "mobile") == "13800000000"
    terminal.journey.fill({"mobile": "13900000000"})
    assert terminal.page == "Review"
    assert any("139" in row.value for row in terminal.screen.rows)


def test_a_change_can_be_thought_better_of(terminal):
    terminal.enrolment_to_review()
    before = terminal.screen
    terminal.journey.change("details")
    terminal.journey.go_back()
    assert terminal.screen == before


def test_what_cannot_be_changed_is_left_alone(terminal):
    terminal.enrolment_to_review()
    terminal.journey.change("nonsense")
    assert terminal.page == "Review"


def test_a_newborn_brings_one_more_page(terminal):
    terminal.enrolment_to_form()
    terminal.journey.fill({"category": "newborn", "mobile": "13800000000"})
    assert terminal.page == "Form"
    assert {field.id for field in terminal.screen.fields} == {"name", "relation", "number"}
    terminal.journey.go_back()
    assert next(field.value for field in terminal.screen.fields if field.id == "category") == "newborn"


def test_choices_are_kept_on_the_way_back(terminal):
    terminal.certificate_to_lookup()
    terminal.journey.go_back()
    terminal.journey.go_back()
    chosen = [option.id for option in terminal.screen.options if option.selected]
    assert chosen == ["pension", "medical"]
    terminal.journey.select([])
    assert terminal.screen.problem


def test_nothing_can_be_taken_back_after_submitting(terminal):
    terminal.delivers(terminal.enrolment_to_result())
    assert not terminal.screen.can_go_back
    terminal.journey.go_back()
    assert terminal.page == "Result"


def test_home_is_closed_while_saving(terminal):
    terminal.enrolment_to_review()
    terminal.journey.proceed()
    terminal.journey.go_home()
    assert terminal.page == "Submit"


def test_declining_an_agreement_leaves_the_matter(terminal):
    terminal.opens("resident-medical-insurance")
    terminal.journey.go_back()
    assert terminal.page == "MatterList"
    terminal.journey.go_back()
    assert terminal.page == "Attract"


def test_every_page_has_help_in_both_languages(terminal):
    terminal.enrolment_to_review()
    for view in terminal.views:
        assert view.screen.help_text
        assert view.screen.title

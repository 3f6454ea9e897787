"""Fragments: put in where `use` stands, each mistake told with the file and line it is in, and published whole."""

import re

import pytest

from flows.load import CATALOG, MatterError, check_matter, load_catalog, load_matter, self_contained
from tests.flows.broken_matters import good

OWN = """\
parameters:
  hint: {zh: 提示, en: Hint}
  label: null
  name: mobile
items:
  - id: $name
    type: mobile
    label: $label
    hint: $hint
  - {id: again, type: mobile, label: {zh: "再填${name}", en: "${name} again"}}
"""
USE = """\
      - use: phone
        with:
          label: {zh: 手机号码, en: Mobile number}
"""
MOBILE = "      - {id: mobile, type: mobile, label: {zh: 手机号码, en: Mobile number}}\n"


@pytest.fixture
def place(tmp_path):
    """Writes a fragment and a matter with `use` in place of its mobile field; gives the matter's path."""

    def write(fragment: str = OWN, use: str = USE):
        (tmp_path / "fragments").mkdir(exist_ok=True)
        (tmp_path / "fragments" / "phone.yaml").write_text(fragment, encoding="utf-8")
        assert MOBILE in good()
        path = tmp_path / "senior-card.yaml"
        path.write_text(good().replace(MOBILE, use), encoding="utf-8")
        return path

    return write


def test_a_fragment_is_put_in_with_its_parameters(place):
    fields = load_matter(place()).step("parcel").fields
    assert [field.id for field in fields] == ["mobile", "again", "address"]
    assert (fields[0].label.zh, fields[0].hint.en, fields[1].label.zh) == ("手机号码", "Hint", "再填mobile")


def test_what_is_published_has_its_fragments_put_in(place, tmp_path):
    path = place()
    alone = tmp_path / "alone" / path.name
    alone.parent.mkdir()
    alone.write_text(self_contained(path), encoding="utf-8")
    assert "use:" not in self_contained(path)
    assert load_matter(alone) == load_matter(path)
    path.write_text(good(), encoding="utf-8")
    assert self_contained(path) == good()


def test_every_matter_of_the_catalog_stays_itself_when_published(tmp_path):
    for path in CATALOG.glob("*.yaml"):
        (tmp_path / path.name).write_text(self_contained(path), encoding="utf-8")
    assert load_catalog(tmp_path) == load_catalog()


@pytest.mark.parametrize(
    ("there", "instead", "file", "line", "said"),
    [
        ("use: phone", "use: phones", "senior-card", "use: phones", "no fragment 'phones'; allowed: check"),
        ("label: {zh", "labels: {zh", "senior-card", "labels:", "no parameter 'labels'; allowed: hint, label"),
        (USE.partition("\n")[2], "", "senior-card", "use: phone", "needs 'label'"),
        ("with:", "given:", "senior-card", "given:", "unknown key 'given' beside use; allowed: use, with"),
        ("{zh: 手机号码, en: Mobile number}", "{zh: 手机号码}", "senior-card", "label:", "the text lacks English"),
        ("type: mobile\n    label", "type: mob\n    label", "phone", "type: mob", "'mob' is not known as type"),
        ("    type: mobile", "    typ: mobile", "phone", "typ:", "unknown key 'typ'"),
        ("items:", "item:", "phone", "parameters:", "a fragment has items; allowed: items: a list"),
        ("  - id: $name", "  - use: mobile\n  - id: $name", "phone", "use: mobile", "cannot use another"),
        ("name: mobile", "name: @x", "phone", "name: @x", "not YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_stands(place, there, instead, file, line, said):
    changed = OWN if there in OWN and file == "phone" else USE
    assert there in changed
    wrong = changed.replace(there, instead, 1)
    path = place(wrong, USE) if changed is OWN else place(OWN, wrong)
    problems = [problem for problem in check_matter(path) if said in problem.message + "; allowed: " + problem.allowed]
    assert problems, [str(problem) for problem in check_matter(path)]
    named = path.parent / "fragments" / "phone.yaml" if file == "phone" else path
    assert problems[0].file == str(named)
    assert line in named.read_text(encoding="utf-8").splitlines()[problems[0].line - 1]
    with pytest.raises(MatterError):
        load_matter(path)


def test_the_programs_own_fragments_are_all_used():
    used = {
        name for path in CATALOG.glob("*.yaml") for name in re.findall(r"- use: ([a-z-]+)", path.read_text("utf-8"))
    }
    assert used | {"mobile"} == {path.stem for path in (CATALOG / "fragments").glob("*.yaml")}

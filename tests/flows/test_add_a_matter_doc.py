"""docs/add-a-matter.md does what it says: its file is walked to its end, its mistake is reported as printed."""

import re
from pathlib import Path
from typing import get_args

import pytest

from flows.expressions import AMBIENT, FUNCTIONS
from flows.fields import KINDS
from flows.fragments import OWN
from flows.load import check_matter, load_catalog
from flows.steps import Step
from tests.flows.walking import walk_to_the_end

PAGE = (Path(__file__).parents[2] / "docs" / "add-a-matter.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def new_file(tmp_path) -> Path:
    name = re.search(r"flows/catalog/([a-z-]+\.yaml)", PAGE)
    assert name
    path = tmp_path / name[1]
    path.write_text(block("yaml"), encoding="utf-8")
    return path


@pytest.mark.parametrize("choice", range(6))
def test_the_file_of_the_page_is_walked_to_its_end(new_file, choice):
    matter = load_catalog(new_file.parent)["senior-card"]
    passed = walk_to_the_end(matter, choice)
    assert passed[0] == "about"
    assert passed[-1] == "rate"
    assert ("parcel" in passed) == (choice % 2 == 1)


def test_the_mistake_of_the_page_is_reported_as_printed(new_file):
    new_file.write_text(block("yaml").replace('delivery == "post"', 'delivry == "post"'), encoding="utf-8")
    (problem,) = check_matter(new_file)
    assert str(problem).replace(str(new_file), new_file.name) == block("text").strip()


def test_the_page_names_everything_that_can_be_used():
    for fragment in OWN.glob("*.yaml"):
        assert f"`{fragment.stem}`" in PAGE
    for name in (*KINDS, *AMBIENT):
        assert f"`{name}`" in PAGE
    for name in FUNCTIONS:
        assert f"`{name}`" in PAGE or f"`{name}(" in PAGE
    for model in get_args(Step):
        assert f"`{get_args(model.model_fields['kind'].annotation)[0]}`" in PAGE

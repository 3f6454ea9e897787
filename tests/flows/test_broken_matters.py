"""A gallery of broken matters: each is refused with its line, what is wrong, and what is allowed instead."""

from os import mkfifo
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.load import MatterError, check_matter, load_catalog, load_matter, self_contained
from tests.flows.broken_by_strangers import STRANGERS
from tests.flows.broken_certificates import CERTIFICATE_GALLERY
from tests.flows.broken_matters import GALLERY, good

CERTIFICATE = Path(__file__).parents[2] / "flows" / "catalog" / "social-insurance-certificate.yaml"


@pytest.mark.parametrize("name", GALLERY | STRANGERS)
def test_a_broken_matter_is_refused_with_its_place(name, tmp_path):
    there, instead, named, said = (GALLERY | STRANGERS)[name]
    assert there in good()
    path = tmp_path / "senior-card.yaml"
    text = good().replace(there, instead, 1)
    path.write_text(text, encoding="utf-8")
    problems = check_matter(path)
    fitting = [problem for problem in problems if said in str(problem)]
    assert fitting, [str(problem) for problem in problems]
    assert named in text.splitlines()[fitting[0].line - 1]
    assert all(str(problem).startswith(f"{path}:{problem.line}: ") for problem in problems)
    assert all("\n" not in str(problem) for problem in problems)
    with pytest.raises(MatterError) as refused:
        load_matter(path)
    assert str(refused.value).startswith(str(problems[0]))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", CERTIFICATE_GALLERY)
def test_a_broken_instant_matter_is_refused(name, tmp_path):
    there, instead, said = CERTIFICATE_GALLERY[name]
    text = CERTIFICATE.read_text(encoding="utf-8")
    assert there in text
    path = tmp_path / CERTIFICATE.name
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")
    said_of_it = [str(problem) for problem in check_matter(path)]
    assert any(said in line for line in said_of_it), said_of_it
    assert not any("\n" in line for line in said_of_it)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"- a\n- b\n",
        b"just words",
        b"[" * 5000,
        b"? [a]\n: b\n",
        b"[" * 400_000,
        b"- " * 400_000,
        b"? " * 400_000,
        b"a: {" * 200_000,
    ],
)
def test_a_file_that_is_no_matter_at_all_gets_a_line(data, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    problems = check_matter(path)
    assert problems
    assert all(problem.line >= 1 for problem in problems)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("gbk", "x.yaml:4: not YAML: the file is not text in UTF-8"), ("utf-16", "x.yaml:1: not YAML")],
)
def test_a_file_in_another_encoding_is_told_so_with_its_line(encoding, said, tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(good().encode(encoding))
    assert said in str(check_matter(path)[0])


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_a_file_from_another_machine_is_a_matter_all_the_same(ends, tmp_path):
    path = tmp_path / "senior-card.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + good().replace("\n", ends).encode())
    assert check_matter(path) == ()
    assert self_contained(path).startswith("id: senior-card")


def test_what_is_no_file_of_text_is_not_waited_for(tmp_path):
    pipe = tmp_path / "x.yaml"
    mkfifo(pipe)
    assert "it is no file" in str(check_matter(pipe)[0])
    (tmp_path / "round.yaml").symlink_to(tmp_path / "round.yaml")
    assert "cannot be read" in str(check_matter(tmp_path / "round.yaml")[0])
    (tmp_path / "senior-card.yml").write_text(good(), encoding="utf-8")
    assert "allowed: senior-card.yaml" in str(check_matter(tmp_path / "senior-card.yml")[0])


def test_all_problems_of_a_file_are_told_at_once_in_the_order_of_lines(tmp_path):
    path = tmp_path / "senior-card.yaml"
    path.write_text(
        good().replace("minutes: 2", "minuets: 2").replace("type: mobile", "type: telephone"), encoding="utf-8"
    )
    problems = check_matter(path)
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert len(problems) == 3
    with pytest.raises(MatterError, match=r"and 2 more"):
        load_catalog(tmp_path)


def test_no_file_and_no_catalog_are_said_in_one_line(tmp_path):
    with pytest.raises(MatterError, match=r"nothing\.yaml:1: cannot be read: No such file"):
        load_matter(tmp_path / "nothing.yaml")
    with pytest.raises(MatterError, match="no matter here"):
        load_catalog(tmp_path)


@given(place=st.integers(0, 100_000), cut=st.integers(0, 60), instead=st.text("{}[]:-#&*!|>'\"%@ \n\tab0", max_size=6))
@settings(max_examples=150, deadline=None)
def test_damage_anywhere_is_a_list_of_problems_or_a_matter_and_nothing_else(place, cut, instead):
    text = CERTIFICATE.read_text(encoding="utf-8")
    place %= len(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / CERTIFICATE.name
        path.write_text(text[:place] + instead + text[place + cut :], encoding="utf-8")
        for problem in check_matter(path):
            assert 1 <= problem.line <= text.count("\n") + 8
            assert "\n" not in str(problem)

"""Matters checked once are not checked again until they, their fragments or the program change."""

import shutil

import pytest

from flows.load import CATALOG, MatterError, load_catalog


@pytest.fixture
def folder(tmp_path):
    """A catalog of two matters."""
    there = tmp_path / "catalog"
    there.mkdir()
    for name in ("resident-medical-insurance", "social-insurance-certificate"):
        shutil.copy(CATALOG / f"{name}.yaml", there)
    return there


def test_what_was_kept_is_the_same_as_what_was_checked(folder, tmp_path):
    kept = tmp_path / "kept.json"
    first = load_catalog(folder, kept)
    assert first == load_catalog(folder)
    assert load_catalog(folder, kept) == first


def test_a_matter_that_was_broken_since_is_refused(folder, tmp_path):
    kept = tmp_path / "kept.json"
    load_catalog(folder, kept)
    path = folder / "resident-medical-insurance.yaml"
    path.write_text(path.read_text("utf-8").replace("minutes: 4", "minuets: 4"), encoding="utf-8")
    with pytest.raises(MatterError, match="minutes"):
        load_catalog(folder, kept)


def test_a_changed_fragment_counts_too(folder, tmp_path):
    kept = tmp_path / "kept.json"
    load_catalog(folder, kept)
    (folder / "fragments").mkdir()
    own = (CATALOG / "fragments" / "rating.yaml").read_text("utf-8").replace("How was it?", "And?")
    (folder / "fragments" / "rating.yaml").write_text(own, encoding="utf-8")
    assert load_catalog(folder, kept)["resident-medical-insurance"].step("rate").title.en == "And?"


@pytest.mark.parametrize("damage", [b"", b"x", b"[]", None])
def test_what_was_kept_and_is_damaged_is_made_anew(folder, tmp_path, damage):
    kept = tmp_path / "kept.json"
    load_catalog(folder, kept)
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-20] if damage is None else damage)
    assert load_catalog(folder, kept) == load_catalog(folder)
    assert kept.read_bytes() == whole


def test_a_place_that_takes_no_file_only_costs_time(folder, tmp_path):
    assert load_catalog(folder, tmp_path / "nowhere" / "kept.json") == load_catalog(folder)

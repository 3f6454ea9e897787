"""The JSON Schema for editors: every matter of the catalogue fits it, and mistakes do not."""

import json

import pytest
import yaml
from jsonschema_rs import Draft202012Validator
from typer.testing import CliRunner

from flows.load import CATALOG
from kiosk.cli.matters import app
from tests.flows.broken_matters import GALLERY, good


@pytest.fixture(scope="module")
def validator():
    said = CliRunner().invoke(app, ["schema"])
    assert said.exit_code == 0
    schema = json.loads(said.stdout)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", sorted(CATALOG.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_matter_fits(validator, path):
    matter = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    assert [error.message for error in validator.iter_errors(matter)] == []


@pytest.mark.parametrize("name", ["unknown key", "missing key", "unknown step kind", "no English", "no list of steps"])
def test_a_mistake_of_shape_does_not(validator, name):
    there, instead, _, _ = GALLERY[name]
    matter = yaml.load(good().replace(there, instead, 1), Loader=yaml.CSafeLoader)
    assert list(validator.iter_errors(matter))

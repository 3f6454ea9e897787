"""`kiosk matters unconfirmed` says before the opening day what somebody has to ask the departments."""

import json

from tests.cli.commands import kiosk
from tests.shipped import catalog


def test_every_fact_nobody_has_checked_is_listed_with_its_matter():
    told = [json.loads(line) for line in kiosk("matters", "unconfirmed", "--json").stdout.splitlines()]
    facts = [(matter.id, fact.what.zh) for matter in catalog().values() for fact in matter.unconfirmed]
    assert sorted((line["id"], line["what"]["zh"]) for line in told) == sorted(facts)
    assert "senior-pass" in kiosk("matters", "unconfirmed").stdout

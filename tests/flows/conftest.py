"""The catalog, loaded once, and two matters of it."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, settings

from flows.matter import Matter
from tests import shipped

settings.register_profile("however slow the machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("however slow the machine")


@pytest.fixture(scope="session")
def catalog() -> Mapping[str, Matter]:
    return shipped.catalog()


@pytest.fixture(scope="session")
def certificate(catalog) -> Matter:
    return catalog["social-insurance-certificate"]


@pytest.fixture(scope="session")
def enrolment(catalog) -> Matter:
    return catalog["resident-medical-insurance"]

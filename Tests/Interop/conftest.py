"""Two offices for the whole run: one with the shipped policies, one whose departments sign with other algorithms."""

import pytest

from office import BINARY, TYPES, Office, chancery

OTHER_ALGORITHMS = {"market-regulation": "ES384", "food-safety": "PS256", "housing-construction": "RS256"}
SHIPPED, OTHER = "shipped", "other"
DOCUMENTS = [(office, type) for office in (SHIPPED, OTHER) for type in TYPES]


def pytest_sessionstart(session):
    if not BINARY.is_file():
        pytest.exit(f"no binary at {BINARY}: build it, or name one in CHANCERY_BINARY", returncode=2)


class Offices:
    """Offices with a running service and one license of each type."""

    def __init__(self, folder):
        self.all = {SHIPPED: Office(folder / SHIPPED), OTHER: Office(folder / OTHER, OTHER_ALGORITHMS)}
        self.licenses = {(name, type): office.issue(type) for name, office in self.all.items() for type in TYPES}
        for office in self.all.values():
            office.bundle()

    def __getitem__(self, name) -> Office:
        return self.all[name]


@pytest.fixture(scope="session")
def offices(tmp_path_factory):
    made = Offices(tmp_path_factory.mktemp("offices"))
    try:
        for office in made.all.values():
            office.serve()
        yield made
    finally:
        for office in made.all.values():
            office.stop()


@pytest.fixture(scope="session")
def shipped(offices) -> Office:
    return offices[SHIPPED]


def document_id(document) -> str:
    office, type = document
    return f"{OTHER_ALGORITHMS[TYPES[type]] if office == OTHER else 'ES256'}-{type}"


@pytest.fixture(params=DOCUMENTS, ids=document_id)
def document(request, offices):
    """(office, license) for every type and algorithm."""
    return offices[request.param[0]], offices.licenses[request.param]


@pytest.fixture
def license(offices):
    """The business license of the office with the shipped policies."""
    return offices.licenses[SHIPPED, "business-license"]


@pytest.fixture
def verify(tmp_path):
    """Runs `chancery verify --json` in an empty folder."""

    def run(file, *options, input: bytes | None = None):
        return chancery("verify", file, *options, "--json", folder=tmp_path, input=input)

    return run

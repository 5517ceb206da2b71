"""Three offices for the whole run: one with the shipped policies, one whose departments sign with other algorithms, one
that people and portals sign on to."""

import pytest
from joserfc.jwk import ECKey

from apache import Apache
from browser import chromium  # noqa: F401
from office import BINARY, TYPES, Office, chancery, free_port
from sign_on_office import COMMERCE, OTHER_SECTOR, SAME_SECTOR, SignOnOffice, portal, secret_of

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


APACHE = {"apache-market": COMMERCE, "apache-food": SAME_SECTOR, "apache-construction": OTHER_SECTOR}

PEOPLE = {
    login: [
        "--name", f"{login.title()} Zhang", "--given-name", login.title(), "--family-name", "Zhang", "--email",
        f"{login}@example.test", "--email-verified", "--assurance", "low",
    ]
    for login in ("alice", "bob", "carol", "dora", "erin", "frank")
}


def apache_portal(department: str, port: int) -> dict:
    origin = f"http://127.0.0.1:{port}"
    return portal(
        department, redirectURIs=[f"{origin}/protected/redirect"], postLogoutRedirectURIs=[f"{origin}/index.html"],
        backchannelLogoutURI=f"{origin}/protected/redirect?logout=backchannel", scopes=["openid", "profile", "email"])


@pytest.fixture(scope="session")
def service_key() -> ECKey:
    return ECKey.generate_key("P-256", {"kid": "key-service-1", "alg": "ES256"})


@pytest.fixture(scope="session")
def apache_ports() -> dict:
    return {name: free_port() for name in APACHE}


@pytest.fixture(scope="session")
def sign_on(tmp_path_factory, apache_ports, service_key):
    """A running office with portals of three departments, services and people."""
    callback = {"redirectURIs": ["http://127.0.0.1:9/callback"], "postLogoutRedirectURIs": ["http://127.0.0.1:9/"]}
    people = {"scopes": ["openid", "profile", "email"]} | callback
    public_key = service_key.as_dict(private=False)
    portals = {name: apache_portal(department, apache_ports[name]) for name, department in APACHE.items()} | {
        "library-portal": portal(COMMERCE, **people),
        "builder-portal": portal(OTHER_SECTOR, idTokenAlgorithm="RS256", **people),
        "asking-portal": portal(OTHER_SECTOR, consent="ask", **people),
        "screen-app": portal(SAME_SECTOR, "public", "none", grants=["device_code"], scopes=["openid", "profile"]),
        "phone-app": portal(SAME_SECTOR, "public", "none", **people),
        "records-service": portal(
            COMMERCE, "service", scopes=["license:issue", "license:read", "license:status"]),
        "key-service": portal(
            COMMERCE, "service", scopes=["license:read"],
            authentication={"method": "private_key_jwt", "jwks": {"keys": [public_key]}}),
    }
    office = SignOnOffice(tmp_path_factory.mktemp("sign-on") / "office", portals, PEOPLE)
    office.serve()
    try:
        yield office
    finally:
        office.stop()


@pytest.fixture(scope="session")
def apache(sign_on, apache_ports):
    server = Apache(
        sign_on.metadata_address, {name: {"port": port, "secret": secret_of(name)} for name, port in apache_ports.items()})
    try:
        server.start()
        yield server
    finally:
        server.stop()

"""An office with portals and people, for clients that nobody here wrote."""

import hashlib
import json
from pathlib import Path

from office import Office
from person import Person

PASSWORD = "interop 密码 horse battery"
SECRET = "interop-secret-of-{}"

#: Two departments share the sector `commerce`, the third is `construction`.
COMMERCE, SAME_SECTOR, OTHER_SECTOR = "market-regulation", "food-safety", "housing-construction"


def secret_of(portal: str) -> str:
    return SECRET.format(portal)


def portal(department: str, kind: str = "confidential", method: str = "client_secret_basic", **more) -> dict:
    """A portal file without its name; the secret follows from the name."""
    made = {"department": department, "kind": kind} | more
    if method != "none" and "authentication" not in made:
        made["authentication"] = {"method": method}
    return made


class SignOnOffice(Office):
    """`portals` by client id replace the shipped ones; `people` have the same password."""

    def __init__(self, folder: Path, portals: dict[str, dict], people: dict[str, list[str]]):
        self.portals, self.people = portals, people
        super().__init__(folder)
        self.add_people()

    def write_policies(self) -> None:
        folder = self.folder / "policies/portals"
        folder.mkdir(exist_ok=True)
        for shipped in folder.glob("*.yaml"):
            shipped.unlink()
        for name, written in self.portals.items():
            authentication = written.get("authentication")
            if authentication and authentication["method"].startswith("client_secret"):
                digest = hashlib.sha256(secret_of(name).encode()).hexdigest()
                written = written | {"authentication": authentication | {"secretSHA256": digest}}
            # JSON is YAML.
            (folder / f"{name}.yaml").write_text(json.dumps({"name": {"en": name, "zh": name}} | written), "utf-8")

    def add_people(self) -> None:
        password = self.folder / "password"
        password.write_text(PASSWORD + "\n", "utf-8")
        for login, options in self.people.items():
            self.run("account", "add", "--login", login, "--kind", "person", *options, "--password-file", password)

    def person(self, login: str) -> Person:
        """A fresh browser of theirs."""
        return Person(login, PASSWORD)

    @property
    def metadata_address(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    @property
    def metadata(self) -> dict:
        return json.loads(self.fetch("/.well-known/openid-configuration"))

    @property
    def keys(self) -> dict:
        return json.loads(self.fetch("/jwks"))


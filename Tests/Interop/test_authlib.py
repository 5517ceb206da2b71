"""Authlib as a portal that people sign in to and as a service that has none."""

import secrets
import time

import pytest
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from sign_on_office import secret_of


def portal(office, name: str, **more) -> OAuth2Session:
    """Authlib as this portal, by what its policy says."""
    written = office.portals[name]
    method = written.get("authentication", {"method": "none"})["method"]
    settings = {
        "client_secret": None if method == "none" else secret_of(name), "token_endpoint_auth_method": method,
        "redirect_uri": written.get("redirectURIs", [None])[0], "scope": " ".join(written["scopes"]),
        "code_challenge_method": "S256",
    } | more
    return OAuth2Session(name, **settings)


class SignedIn:
    """A person at a portal: its tokens and the checked claims of the ID token."""

    def __init__(self, office, name: str, person, **asked):
        self.metadata = office.metadata
        self.client = portal(office, name)
        self.nonce, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
        address, state = self.client.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=verifier, nonce=self.nonce, **asked)
        back = person.sign_in(address, until=self.client.redirect_uri).address
        self.token = dict(self.client.fetch_token(
            self.metadata["token_endpoint"], authorization_response=back, state=state, code_verifier=verifier))
        self.id_token = self.checked(KeySet.import_key_set(office.keys), name)

    def checked(self, keys: KeySet, name: str) -> CodeIDToken:
        read = jwt.decode(self.token["id_token"], keys, algorithms=["ES256", "RS256"])
        claims = CodeIDToken(
            read.claims, read.header, {
                "iss": {"essential": True, "value": self.metadata["issuer"]},
                "aud": {"essential": True, "value": name},
            }, {"nonce": self.nonce, "client_id": name, "access_token": self.token["access_token"]})
        claims.validate(now=int(time.time()))
        return claims

    def userinfo(self) -> requests.Response:
        return self.client.get(self.metadata["userinfo_endpoint"])

    def is_active(self) -> bool:
        answer = self.client.introspect_token(self.metadata["introspection_endpoint"], token=self.token["access_token"])
        assert answer.status_code == 200
        return answer.json()["active"]


def test_code_flow_with_pkce_and_nonce(sign_on):
    signed_in = SignedIn(sign_on, "library-portal", sign_on.person("alice"))
    claims = signed_in.id_token
    assert claims["acr"] == "low" and claims["amr"] and claims["auth_time"] <= time.time() and claims["sid"]
    answer = signed_in.userinfo()
    assert answer.status_code == 200
    assert answer.json()["sub"] == claims["sub"]
    assert answer.json()["email"] == "alice@example.test" and answer.json()["email_verified"] is True
    assert signed_in.is_active()


def test_code_challenge_is_held_against_the_verifier(sign_on):
    client = portal(sign_on, "library-portal")
    address, state = client.create_authorization_url(
        sign_on.metadata["authorization_endpoint"], code_verifier=secrets.token_urlsafe(48))
    back = sign_on.person("alice").sign_in(address, until=client.redirect_uri).address
    with pytest.raises(OAuthError, match="invalid_grant"):
        client.fetch_token(
            sign_on.metadata["token_endpoint"], authorization_response=back, state=state,
            code_verifier=secrets.token_urlsafe(48))


def test_code_redeems_once_and_a_second_try_ends_its_tokens(sign_on):
    client, verifier = portal(sign_on, "library-portal"), secrets.token_urlsafe(48)
    address, state = client.create_authorization_url(
        sign_on.metadata["authorization_endpoint"], code_verifier=verifier)
    back = sign_on.person("alice").sign_in(address, until=client.redirect_uri).address
    redeemed = {"authorization_response": back, "state": state, "code_verifier": verifier}
    client.fetch_token(sign_on.metadata["token_endpoint"], **redeemed)
    assert client.get(sign_on.metadata["userinfo_endpoint"]).status_code == 200
    with pytest.raises(OAuthError, match="invalid_grant"):
        portal(sign_on, "library-portal").fetch_token(sign_on.metadata["token_endpoint"], **redeemed)
    assert client.get(sign_on.metadata["userinfo_endpoint"]).status_code == 401


def test_confidential_portal_keeps_its_refresh_token(sign_on):
    signed_in = SignedIn(sign_on, "library-portal", sign_on.person("alice"))
    first = signed_in.token["refresh_token"]
    for _ in range(3):
        token = signed_in.client.refresh_token(signed_in.metadata["token_endpoint"], refresh_token=first)
        assert token.get("refresh_token", first) == first
        assert token["access_token"] != signed_in.token["access_token"]
        assert signed_in.userinfo().status_code == 200


def test_public_portal_rotates_and_a_replay_ends_the_family(sign_on):
    signed_in = SignedIn(sign_on, "phone-app", sign_on.person("alice"))
    endpoint, generations = signed_in.metadata["token_endpoint"], [signed_in.token["refresh_token"]]
    for _ in range(3):
        token = signed_in.client.refresh_token(endpoint, refresh_token=generations[-1])
        generations.append(token["refresh_token"])
    assert len(set(generations)) == 4
    with pytest.raises(OAuthError, match="invalid_grant"):
        portal(sign_on, "phone-app").refresh_token(endpoint, refresh_token=generations[0])
    with pytest.raises(OAuthError, match="invalid_grant"):
        portal(sign_on, "phone-app").refresh_token(endpoint, refresh_token=generations[-1])
    assert signed_in.userinfo().status_code == 401


def test_revoked_refresh_token_ends_its_access_tokens(sign_on):
    signed_in = SignedIn(sign_on, "library-portal", sign_on.person("alice"))
    answer = signed_in.client.revoke_token(
        signed_in.metadata["revocation_endpoint"], token=signed_in.token["refresh_token"])
    assert answer.status_code == 200
    assert not signed_in.is_active()
    assert signed_in.userinfo().status_code == 401


def test_one_password_reaches_portals_of_two_departments_under_different_names(sign_on):
    person = sign_on.person("alice")
    here = SignedIn(sign_on, "library-portal", person)
    elsewhere = SignedIn(sign_on, "builder-portal", person)
    assert person.passwords_typed == 1
    assert here.id_token["sub"] != elsewhere.id_token["sub"]
    # The same person under the same name, also from another browser.
    again = SignedIn(sign_on, "library-portal", sign_on.person("alice"))
    assert again.id_token["sub"] == here.id_token["sub"]
    assert SignedIn(sign_on, "library-portal", sign_on.person("bob")).id_token["sub"] != here.id_token["sub"]


def test_portals_of_one_sector_know_a_person_under_one_name(sign_on):
    person = sign_on.person("alice")
    here = SignedIn(sign_on, "library-portal", person)
    there = SignedIn(sign_on, "phone-app", person)
    assert person.passwords_typed == 1
    assert here.id_token["sub"] == there.id_token["sub"]


def test_service_by_secret(sign_on):
    client = portal(sign_on, "records-service")
    token = client.fetch_token(sign_on.metadata["token_endpoint"], grant_type="client_credentials", scope="license:read")
    assert token["token_type"].lower() == "bearer" and token["scope"] == "license:read" and "refresh_token" not in token
    read = jwt.decode(token["access_token"], KeySet.import_key_set(sign_on.keys), algorithms=["ES256"])
    assert read.header["typ"] == "at+jwt"
    assert read.claims["sub"] == read.claims["client_id"] == "records-service"
    seen = client.introspect_token(sign_on.metadata["introspection_endpoint"], token=token["access_token"]).json()
    assert seen["active"] and seen["scope"] == "license:read"


def by_key(office, key: ECKey, audience: str) -> OAuth2Session:
    client = OAuth2Session("key-service", key, token_endpoint_auth_method="private_key_jwt", scope="license:read")
    client.register_client_auth_method(PrivateKeyJWT(audience, alg="ES256", headers={"kid": "key-service-1"}))
    return client


def test_service_by_private_key(sign_on, service_key):
    for audience in (sign_on.metadata["token_endpoint"], sign_on.metadata["issuer"]):
        token = by_key(sign_on, service_key, audience).fetch_token(
            sign_on.metadata["token_endpoint"], grant_type="client_credentials", scope="license:read")
        assert token["access_token"]


def test_service_by_the_wrong_key_or_for_another_audience_is_refused(sign_on, service_key):
    stranger = ECKey.generate_key("P-256")
    for client in (by_key(sign_on, stranger, sign_on.metadata["token_endpoint"]),
                   by_key(sign_on, service_key, "https://elsewhere.example/token")):
        with pytest.raises(OAuthError, match="invalid_client"):
            client.fetch_token(
                sign_on.metadata["token_endpoint"], grant_type="client_credentials", scope="license:read")

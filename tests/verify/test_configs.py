"""Values of Kubernetes, Docker and Cisco IOS."""

import base64
import json
import random

import pytest

from expurgate.verify import configs
from tests.support.templates import made


def b64(raw: bytes) -> bytes:
    return base64.b64encode(raw)


@pytest.mark.parametrize(
    "template",
    [
        "{pem:PRIVATE KEY}",
        "{pem:OPENSSH PRIVATE KEY}",
        "{pem:CERTIFICATE}{n}{pem:EC PRIVATE KEY}{n}",  # as web servers want them
        'k = """{n}{pem:RSA PRIVATE KEY}"""',
    ],
)
def test_private_keys_of_kubernetes(template: str) -> None:
    assert configs.kubernetes_secret(made(f"{{b64:{template}}}")) is True


@pytest.mark.parametrize(
    "template",
    ["{alnum:14}", "{word:7}-{digits:2}", "postgres://app:{alnum:12}@db/app", "{pem:CERTIFICATE}{n}password = {alnum:2000}"],
)
def test_other_values_of_kubernetes_have_no_verdict(template: str) -> None:
    assert configs.kubernetes_secret(made(f"{{b64:{template}}}")) is None


@pytest.mark.parametrize(
    "template",
    [
        "{pem:CERTIFICATE}",
        "{pem:PUBLIC KEY}{n}",
        "Bag Attributes: 1{n}subject=CN = a{n}{pem:CERTIFICATE}{n}# next{n}{pem:CERTIFICATE}{n}",
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ{base64:340} me@host",
        "# all{n}host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:47}{n}me ecdsa-sha2-nistp256 AAAAE2VjZHNh{base64:128}{n}",
        "changeme",
        "<password>",
        "5432",
        "true",
        "admin",
        "https://db.{word:8}.net:9200/",
    ],
)
def test_no_secrets_of_kubernetes(template: str) -> None:
    assert configs.kubernetes_secret(made(f"{{b64:{template}}}")) is False


def test_certificates_of_kubernetes_in_der() -> None:
    for label in ("CERTIFICATE", "PUBLIC KEY"):
        assert configs.kubernetes_secret(made(f"{{der:{label}}}")) is False


def test_kubernetes_pads_its_values() -> None:
    value = b64(made("{alnum:13}"))
    assert value.endswith(b"==")
    assert configs.kubernetes_secret(value.rstrip(b"=")) is False
    assert configs.kubernetes_secret(b"-" + value[1:]) is False


def docker(entries: object) -> bytes:
    return b64(json.dumps({"auths": entries}).encode())


def test_docker_config() -> None:
    encoded = made("{b64:{word:5}:{alnum:14}}").decode()
    assert configs.docker_config(docker({"ghcr.io": {"auth": encoded}})) is True
    assert configs.docker_config(docker({"ghcr.io": {}, "quay.io": {"identitytoken": made("{alnum:40}").decode()}})) is True
    assert configs.docker_config(docker({"ghcr.io": {"auth": encoded}})[:-12]) is None
    empty: list[object] = [{}, {"a.io": {}}, {"a.io": {"auth": ""}}, {"a.io": {"password": "changeme"}}, [], {"a.io": encoded}]
    for entries in empty:
        assert configs.docker_config(docker(entries)) is False
    assert configs.docker_config(b64(b"[]")) is configs.docker_config(b"no base 64") is False
    assert configs.docker_config(docker({"ghcr.io": {"auth": "\ud800abcd"}})) is True
    assert configs.docker_config(b64(b"[" * 60000)) is None


def test_cisco_type7() -> None:
    assert configs.cisco_type7(b"0822455D" + b"0A16") is True  # "cisco", in many manuals
    for seed in "abcdefgh":
        for size in (4, 11, 25, 60):
            assert configs.cisco_type7(made(f"{{type7:{size}}}", seed)) is True
    assert configs.cisco_type7(made("{type7:9}") + b"0") is False
    assert configs.cisco_type7(b"16" + made("{type7:9}")[2:]) is False
    assert configs.cisco_type7(b"08") is False


def test_random_digits_are_seldom_type7() -> None:
    rng = random.Random(2)
    assert not any(configs.cisco_type7(b"08" + rng.randbytes(9).hex().upper().encode()) for _ in range(300))

"""Structure: what is built right holds, what is cut, elided or invented does not."""

import base64
import json

import pytest

from expurgate.verify import structures
from tests.support.templates import made


def token(header: object, claims: object, signature: str = "c2lnbmF0dXJl") -> bytes:
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims))
    return b".".join((*parts, signature.encode()))


def test_jwt_holds() -> None:
    assert structures.jwt(token({"alg": "HS256", "typ": "JWT"}, {"iss": "acme", "exp": 17}))
    assert structures.jwt(b".".join((token({"alg": "dir", "enc": "A256GCM"}, {}), b"x", b"y")))


@pytest.mark.parametrize(
    "value",
    [
        token({"typ": "JWT"}, {"iss": "acme"}),
        token({"alg": 3}, {"iss": "acme"}),
        token({"alg": "HS256"}, ["no object"]),
        token({"alg": "HS256"}, {"sub": "1234567890", "name": "John Doe", "iat": 1516239022}),
        b"eyJhbGciOi...",
        b"",
        b"a.b.c",
    ],
)
def test_jwt_does_not_hold(value: bytes) -> None:
    assert structures.jwt(value) is False


def test_unsigned_jwt_has_no_verdict() -> None:
    assert structures.jwt(token({"alg": "none"}, {"iss": "acme"}, "")) is None


def test_deep_json_is_survived() -> None:
    header = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20000).rstrip(b"=")
    assert structures.jwt(header + b".e30.x") is False


LABELS = [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
]


@pytest.mark.parametrize("label", LABELS)
def test_key_block_holds_however_it_is_written(label: str) -> None:
    block = made(f"{{pem:{label}}}")
    assert structures.pem_key(block)
    assert structures.pem_key(block.replace(b"\n", b"\r\n"))
    assert structures.pem_key(block.replace(b"\n", b"\\n"))
    assert structures.pem_key(b'"' + block.replace(b"\n", b'\\n" +\n    "') + b'"')
    assert structures.pem_key(block.replace(b"\n", b"\n    "))


@pytest.mark.parametrize("sign", [b"+", b"-", b"// ", b"# ", b" * ", b"> ", b"+    # ", b"-// ", b"+\t", b";; "])
@pytest.mark.parametrize("label", LABELS)
def test_key_block_in_a_diff_or_a_comment(label: str, sign: bytes) -> None:
    for seed in "abcdefgh":
        lines = made(f"{{pem:{label}}}", seed).rstrip(b"\n").split(b"\n")
        assert structures.pem_key(b"\n".join([lines[0], *(sign + line for line in lines[1:])]))
        assert structures.pem_key(b"\r\n".join([lines[0], *(sign + line for line in lines[1:])]))
        assert structures.pem_key((b'\\n" +\n' + sign + b'  "').join(lines))


@pytest.mark.parametrize("label", LABELS)
def test_key_block_with_another_body_does_not_hold(label: str) -> None:
    head, *_, tail = made(f"{{pem:{label}}}").split(b"\n")
    for body in (
        b"...",
        b"",
        b"MIIEpAIBAAKCAQEA...",
        b"your key here",
        b"x" * 64,
        base64.b64encode(b"not a key at all, only some text, no more"),
    ):
        assert structures.pem_key(b"\n".join((head, body, tail))) is False


def test_cut_key_block_holds_if_its_beginning_does() -> None:
    block = made("{pem:RSA PRIVATE KEY}")
    assert structures.pem_key(block[:400])
    assert structures.pem_key(block[:31]) is None


def test_traditional_encrypted_key() -> None:
    lines = made("{pem:RSA PRIVATE KEY}").split(b"\n")
    headers = [b"Proc-Type: 4,ENCRYPTED", b"DEK-Info: AES-128-CBC,0011", b""]
    assert structures.pem_key(b"\n".join([lines[0], *headers, *lines[2:]]))


def test_uuid() -> None:
    assert structures.uuid(made("{uuid}"))
    assert structures.uuid(b"00000000-0000-0000-0000-000000000000") is False
    assert structures.uuid(b"123e4567-e89b-12d3-a456-426614174000") is False
    assert structures.uuid(made("{uuid}")[:-1]) is False


def test_aws_key_id() -> None:
    assert structures.aws_key_id(b"AK" + made("IA{base32:16}"))
    assert structures.aws_key_id(b"AS" + made("IA{base32:16}"))
    for value in (
        b"AK" + b"IAIOSFODNN7EXAMPLE",
        b"AR" + made("OA{base32:16}"),
        b"AK" + made("IA{base32:15}"),
        b"AK" + b"IA" + b"X" * 16,
    ):
        assert structures.aws_key_id(value) is False

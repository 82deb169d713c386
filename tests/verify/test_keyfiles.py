"""Key files in base 64: real ones hold however they are written, certificates, public keys and other data never do."""

import base64
import random
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate.detect import engine, rules
from expurgate.detect.matcher import Matcher
from expurgate.proof import REPORTED
from expurgate.verify import der, keyfiles
from expurgate.verify.judge import Judge
from expurgate.verify.validators import VALIDATORS, Validator
from tests.support.templates import made

NAMES = [
    "der-encrypted-key",
    "der-private-key",
    "fernet-key",
    "java-keystore",
    "kerberos-ticket",
    "minisign-secret",
    "pem-in-base64",
    "pkcs12",
]
FORMS: list[Callable[[bytes], bool]] = [der.is_private, der.is_encrypted, der.is_pkcs12]
Make = Callable[..., bytes]


def b64(raw: bytes) -> bytes:
    return base64.b64encode(raw)


def changed(value: bytes, at: int) -> bytes:
    """The value with another byte at a place."""
    return value[:at] + bytes([value[at] ^ 0x55]) + value[at + 1 :]


@pytest.fixture(scope="module")
def openssl(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Runs the openssl program: what `-out` of its arguments gets."""
    program, folder = shutil.which("openssl"), tmp_path_factory.mktemp("keys")
    if program is None:
        pytest.skip("there is no openssl program")

    def run(*arguments: str, given: bytes = b"") -> bytes:
        out = folder / "out"
        done = subprocess.run([program, *arguments, "-out", str(out)], input=given, capture_output=True, cwd=folder, check=False)
        if done.returncode:
            pytest.skip(f"this openssl cannot do {arguments[0]}: {done.stderr[-200:].decode(errors='replace')}")
        return out.read_bytes()

    return run


RSA = ("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
EC = ("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
P384 = (*EC[:-1], "ec_paramgen_curve:P-384")
KINDS = [RSA, EC, P384, *(("genpkey", "-algorithm", name) for name in ("ED25519", "X25519", "ED448"))]


@pytest.mark.parametrize("kind", KINDS, ids=[kind[-1] for kind in KINDS])
def test_real_keys(openssl: Make, kind: tuple[str, ...]) -> None:
    pem = openssl(*kind)
    raw = openssl("pkey", "-outform", "DER", given=pem)
    assert keyfiles.der_private_key(b64(raw)) is True
    assert keyfiles.pem_in_base64(b64(pem)) is True
    assert keyfiles.pem_in_base64(b64(pem.replace(b"\n", b"\r\n"))) is True
    locked = openssl("pkcs8", "-topk8", "-passout", "pass:open", "-outform", "DER", given=pem)
    assert keyfiles.der_encrypted_key(b64(locked)) is True
    assert keyfiles.der_private_key(b64(locked)) is False
    for public in (openssl("pkey", "-pubout", "-outform", "DER", given=pem), openssl("pkey", "-pubout", given=pem)):
        assert [name for name in NAMES if VALIDATORS[name](b64(public))] == []
    assert der.is_public(openssl("pkey", "-pubout", "-outform", "DER", given=pem))
    assert not der.is_public(raw)


def test_real_keys_in_their_older_forms(openssl: Make) -> None:
    rsa, ec = openssl(*RSA), openssl(*EC)
    assert keyfiles.der_private_key(b64(openssl("rsa", "-traditional", "-outform", "DER", given=rsa))) is True
    assert keyfiles.der_private_key(b64(openssl("ec", "-outform", "DER", given=ec))) is True
    assert keyfiles.pem_in_base64(b64(openssl("ecparam", "-name", "prime256v1", "-genkey"))) is True  # parameters stand first
    assert der.is_public(openssl("rsa", "-RSAPublicKey_out", "-outform", "DER", given=rsa))


def test_real_certificates_and_stores(openssl: Make, tmp_path: Path) -> None:
    key = openssl(*EC)
    (tmp_path / "key.pem").write_bytes(key)
    request = ("req", "-x509", "-new", "-key", str(tmp_path / "key.pem"), "-subj", "/CN=a.example", "-days", "9")
    certificate = openssl(*request)
    raw = openssl(*request, "-outform", "DER")
    for text in (b64(certificate), b64(raw), b64(certificate * 3)):
        assert [name for name in NAMES if VALIDATORS[name](text) is not False] == []
    assert der.is_public(raw)
    assert keyfiles.pem_in_base64(b64(certificate + key)) is True
    (tmp_path / "both.pem").write_bytes(certificate + key)
    store = openssl("pkcs12", "-export", "-passout", "pass:open", "-in", str(tmp_path / "both.pem"))
    assert keyfiles.pkcs12(b64(store)) is True
    assert keyfiles.der_private_key(b64(store)) is keyfiles.der_encrypted_key(b64(store)) is False


LABELS = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"]
ENDS = [b"\n", b"\r\n", b"\\n", b"\\r\\n", b"\n    ", b"\n+", b"\n+    ", b'" +\n   "', b'"\n + "', b"' .\n'", b'\\n" \\\n  "']


@pytest.mark.parametrize("label", LABELS)
def test_a_key_holds_however_it_is_written(label: str) -> None:
    for seed in "abcdefgh":
        text = made(f"{{der:{label}}}", seed)
        lines = [text[at : at + 64] for at in range(0, len(text), 64)]
        assert all(keyfiles.der_private_key(end.join(lines)) is True for end in ENDS)
        assert keyfiles.der_private_key(text.translate(bytes.maketrans(b"+/", b"-_"))) is True


@pytest.mark.parametrize("label", LABELS)
def test_a_key_that_is_cut_off_has_no_verdict(label: str) -> None:
    text = made(f"{{der:{label}}}")
    if label != "EC PRIVATE KEY":  # its length takes one byte only, as in any short sequence
        assert keyfiles.der_private_key(text[:120]) is None
    assert keyfiles.der_private_key(text[:16]) is False
    assert keyfiles.der_private_key(b64(base64.b64decode(text) + b"more")) is False


@pytest.mark.parametrize("form", FORMS)
def test_der_of_nothing_known(form: Callable[[bytes], bool]) -> None:
    for raw in (b"", b"\x30", b"\x30\x00", b"\x30\x80", b"\x30\x84\xff\xff\xff\xff", b"\x30\x03\x02\x01\x00", b"\x30\x02" * 90):
        assert not form(raw)
        assert not der.is_public(raw)


def test_pem_in_base64() -> None:
    for label in (*LABELS, "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"):
        assert keyfiles.pem_in_base64(made(f"{{b64:{{pem:{label}}}}}")) is True
        assert keyfiles.pem_in_base64(made(f"{{b64:-----BEGIN {label}-----{{n}}...{{n}}-----END {label}-----}}")) is False
    for label in ("CERTIFICATE", "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE REQUEST"):
        assert keyfiles.pem_in_base64(made(f"{{b64:{{pem:{label}}}}}")) is False
    assert keyfiles.pem_in_base64(made("{b64:{pem:PRIVATE KEY}}")[:400]) is True
    cosign = b64(b'{"kdf":{"name":"scrypt"},"ciphertext":"%b"}' % made("{base64:80}"))
    block = b"-----BEGIN ENCRYPTED COSIGN %b-----\n%b\n-----END ENCRYPTED COSIGN %b-----\n"
    assert keyfiles.pem_in_base64(b64(block % (b"PRIVATE KEY", cosign, b"PRIVATE KEY"))) is True


def store(*entries: bytes, version: int = 2) -> bytes:
    return b64(struct.pack(">4sII", b"\xfe\xed\xfe\xed", version, len(entries)) + b"".join(entries) + bytes(20))


def entry(kind: int, version: int = 2) -> bytes:
    text = b"\0\5X.509" if version == 2 else b""
    head = struct.pack(">IH", kind, 4) + b"acme" + bytes(8)
    return head + (struct.pack(">I", 40) + bytes(40) if kind == 1 else text + struct.pack(">I", 90) + bytes(90))


def test_java_keystore() -> None:
    assert keyfiles.java_keystore(store(entry(1))) is True
    assert keyfiles.java_keystore(store(entry(2), entry(1))) is True
    assert keyfiles.java_keystore(store(entry(2, 1), entry(1, 1), version=1)) is True
    assert keyfiles.java_keystore(store(entry(2), entry(2))) is False
    assert keyfiles.java_keystore(store(entry(2), entry(2))[:140]) is None
    assert keyfiles.java_keystore(store()) is keyfiles.java_keystore(store(entry(9))) is False
    assert keyfiles.java_keystore(b64(b"\xca\xfe\xba\xbe" + bytes(60))) is False


@pytest.mark.parametrize("marker", ["{minisign}", "{signify}"])
def test_minisign_and_signify(marker: str) -> None:
    raw = base64.b64decode(made(marker))
    assert keyfiles.minisign_secret(b64(raw)) is True
    assert keyfiles.minisign_secret(b64(changed(raw, 90))) is False
    assert keyfiles.minisign_secret(b64(raw[:-1])) is False
    locked = raw[:2] + b"Sc" + raw[4:] if marker == "{minisign}" else raw[:4] + b"\0\0\0\x2a" + raw[8:]
    assert keyfiles.minisign_secret(b64(locked)) is None
    assert keyfiles.minisign_secret(b64(b"Ed" + bytes(40))) is False  # as long as a public key


def test_fernet_key() -> None:
    assert keyfiles.fernet_key(made("{base64url:43}=")) is True
    assert keyfiles.fernet_key(b64(b"thirty-two letters of a sentence")) is None
    assert keyfiles.fernet_key(made("{base64url:42}")) is False


def test_kerberos_ticket() -> None:
    raw = bytes.fromhex("76820120 3082011c a003020105 a103020116") + bytes(274)
    assert keyfiles.kerberos_ticket(b64(raw)) is True
    assert keyfiles.kerberos_ticket(b64(raw[:200])) is None
    assert keyfiles.kerberos_ticket(b64(raw + b"more")) is False
    assert keyfiles.kerberos_ticket(b64(b"\x6e" + raw[1:])) is False


FILES = [(str(path), path.read_bytes()) for path in rules.rule_files([Path(__file__).parents[2] / "rules"])]
BUILT = [rule for rule in rules.load(FILES) if {*NAMES, "kubernetes-secret", "docker-config"} & set(rule.validate)]
HIDING = [
    "{}",
    "key = '{}'",
    "    client-key-data: {}",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\ndata:\n  tls.crt: {}\n",
    "kind: Secret\nmetadata:\n  name: web\ndata:\n  ca.crt: {0}\n  tls.crt: {0}\n  other.crt: {0}\n",
]


@pytest.mark.parametrize("seed", "abc")
def test_no_rule_reports_a_certificate_or_a_public_key(seed: str) -> None:
    matcher = Matcher(engine.build(BUILT), Judge(BUILT))
    labels = ("CERTIFICATE", "PUBLIC KEY")
    templates = [*(f"{{der:{label}}}" for label in labels), *(f"{{b64:{{pem:{label}}}}}" for label in labels)]
    templates += ["{b64:{pem:CERTIFICATE}{n}{pem:CERTIFICATE}}", "{b64:ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:47} me@host}"]
    values = [made(template, seed) for template in templates]
    for value in values:
        for text in HIDING:
            found = [BUILT[number].id for number, _, _ in matcher.candidates(text.format(value.decode()).encode(), REPORTED)]
            assert found == [], text


ENCODED = st.binary(max_size=200).map(b64)
HEADS = [
    bytes.fromhex("30820100020100"),
    bytes.fromhex("3081a030100609"),
    bytes.fromhex("feedfeed000000020000000400000002"),
    b"EdBK",
    b"Ed\0\0B2",
    b"\x76\x82",
]
NEAR = st.tuples(st.sampled_from(HEADS), st.binary(max_size=300)).map(lambda parts: b64(parts[0] + parts[1]))


@pytest.mark.parametrize("name", [*NAMES, "cisco-type7", "docker-config", "kubernetes-secret"])
@given(value=st.one_of(st.binary(max_size=200), ENCODED, NEAR))
def test_never_raises(name: str, value: bytes) -> None:
    assert VALIDATORS[name](value) in (True, False, None)


@given(raw=st.binary(max_size=300))
def test_der_never_raises(raw: bytes) -> None:
    assert len(der.members(raw)) <= 64
    assert der.cut_off(raw) in (True, False)
    assert all(form(raw) in (True, False) for form in (*FORMS, der.is_public))


def test_random_bytes_prove_nothing() -> None:
    rng = random.Random(3)
    checks: list[Validator] = [VALIDATORS[name] for name in NAMES if name != "fernet-key"]  # 32 random bytes are one
    for size in range(20, 320):
        value = b64(rng.randbytes(size))
        assert not any(check(value) for check in checks)

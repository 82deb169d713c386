"""Generic values: names, code and prose are no secrets; stand-ins are told from secrets that hold such a word by chance."""

import base64
import random
import string

import pytest

from expurgate.verify import values
from expurgate.verify.letters import word_share, wordlike
from expurgate.verify.placeholders import placeholder
from tests.support.templates import made


def test_entropy() -> None:
    assert values.entropy(b"") == 0
    assert values.entropy(b"aaaa") == 0
    assert values.entropy(b"abcd") == 2
    assert values.entropy(bytes(range(256))) == 8


@pytest.mark.parametrize("size", [20, 24, 32, 40, 64])
@pytest.mark.parametrize("kind", ["alnum", "base64", "base64url"])
def test_random_values_are_secrets(kind: str, size: int) -> None:
    for seed in "abcdefgh":
        assert values.generic_secret(made(f"{{{kind}:{size}}}", seed)) is not False


@pytest.mark.parametrize(
    "parts",
    [("Tr0ub4", "dor&3x"), ("Winter", "2031!"), ("k7#", "Pq9!z"), ("s3cr3t-", "Xq81"), ("9f86d081884c7d65", "9a2feaa0c55ad015")],
)
def test_passwords_of_people_and_hex_keys_are_plausible(parts: tuple[str, str]) -> None:
    assert values.generic_secret("".join(parts).encode()) is not False


@pytest.mark.parametrize(
    "text",
    [
        "getPassword", "self.password", "config.secret_key", "module::Token", "password_field", "user-password-input",
        "SecretStr", "Optional[str]",
        "get_token()", "os.environ['TOKEN']", "getenv(\"TOKEN\")", "func(username,", "tokens[index]", "len(tokens)", "accExp}]",
        "string | null",
        "./secrets/key.pem", "/etc/ssl/private/key", "C:\\keys\\id", "~/.ssh/id_rsa", "https://auth.acme.dev/token",
        "id_rsa.pub", "tokens.json",
        "Enter your password", "Passwort vergessen?", "Contraseña", "1.2.3", "v2.10.0-rc1", "12345", "2024-01-31", "#ff00aa",
        "0x1F",
        "sha256:9f86d081884c7d659a2feaa0c55ad015", "sha512-abcDEF", "true", "null", "bcrypt", "required", "forgot-password",
        "password", "hunter",
        "application/json", "Bearer", "x => x.token", "a && b", "&DummyAuth{}", "<input>", ".token-class", "%s", "{{ token }}",
        "${TOKEN}", "$TOKEN",
        "clientCredentialsProvider", "AUTHENTICATION_TOKEN", "", "short",
    ],
)  # fmt: skip
def test_code_names_and_prose_are_no_secrets(text: str) -> None:
    assert values.generic_secret(text.encode()) is False


LETTERS = string.ascii_letters + string.digits
PRINTABLE = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"'`{<")


@pytest.mark.parametrize("size", [12, 14, 16, 20, 32])
@pytest.mark.parametrize(
    "alphabet",
    [
        LETTERS,
        string.ascii_lowercase + string.digits,
        LETTERS + "-_",
        LETTERS + "!@#$%^&*",
        LETTERS + "!@#$%^&*-_=+.,:;?/~",
        PRINTABLE,
    ],
    ids=["letters and digits", "small", "base64url", "passwords", "more marks", "printable"],
)
def test_random_values_are_seldom_refused(alphabet: str, size: int) -> None:
    chance = random.Random(f"{alphabet}{size}")
    made_up = ("".join(chance.choice(alphabet) for _ in range(size)).encode() for _ in range(2200))
    mixed = [value for value in made_up if values.classes(value) > 1][:2000]
    assert sum(values.generic_secret(value) is False for value in mixed) < 20


@pytest.mark.parametrize(
    "text",
    [
        "iso-8859-15", "cc-by-sa-4.0", "LGPL-2.0-or-later", "aes-256-cbc", "$JS.API.STREAM.>", "mysql.password",
        "webauthn_credentials", "active_storage/disk#update", "Geheimnis", "Pasahitza", "prefix_%s_", "C:\\\\foo1/Bar.txt",
        "--sqlite-cache", "\\U0001d51e", "@scope/name-x32@0.35.3", "[a-fA-F0-9]{2}*", "0[xX][KL]?[a-f]+", "fieldId2PName.length()",
    ],
)  # fmt: skip
def test_names_with_digits_and_marks_are_no_secrets(text: str) -> None:
    assert values.generic_secret(text.encode()) is False


def test_random_beyond_doubt() -> None:
    assert values.generic_secret(made("{alnum:40}"))


@pytest.mark.parametrize(
    "text",
    [
        "xxxxxxxxxxxx", "****", "........", "----------", "changeme", "CHANGE_ME", "change-me-please", "password", "secret",
        "my-secret-token", "your-api-key",
        "YOUR_API_KEY_HERE", "<token>", "<your password>", "${DB_PASSWORD}", "$DB_PASSWORD", "{{ vault.password }}", "%s",
        "%(password)s", "#{ENV['X']}",
        "$(cat /run/secret)", "process.env.TOKEN", "os.environ['TOKEN']", "ENV['TOKEN']", "secrets.GITHUB_TOKEN", "[REDACTED]",
        "redacted", "null", "None",
        "undefined", "true", "123456789", "1234567890abcdef", "abcdefghijkl", "qwertyuiop", "0123456789abcdef0123456789abcdef",
        "foobar", "test1234",
        "dummy_token", "sample-key", "@@PASSWORD@@", "%PASSWORD%", "__TOKEN__", "insert-key-here", "abababababab", "aaaaaaaa",
        "deadbeefdeadbeefdeadbeef", "",
        "MIIEpAIB...", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "placeholder-value", "fake_password_123", "example_secret",
    ],
)  # fmt: skip
def test_stand_ins(text: str) -> None:
    assert placeholder(text.encode())


@pytest.mark.parametrize("parts", [("2YotnFZFEj", "r1zCsicMWpAA"), ("tGzv3JOkF0", "XG5Qx2TlKWIA"), ("mF_9.B5f-", "4.1JqM")])
def test_samples_of_standards(parts: tuple[str, str]) -> None:
    assert placeholder("".join(parts).encode())


@pytest.mark.parametrize(
    "text", ["$dbPassword", "$DB_PASS", "$1", "x-${NAME}-y", "$(cat key)", "pre$(get-key)", "${{ secrets.X }}", "#{token}/x"]
)
def test_variables(text: str) -> None:
    assert placeholder(text.encode())


@pytest.mark.parametrize(
    "parts",
    [
        ("pa$", "sword99X"),
        ("$2y$", "10$Vd0kq3MZr8Lw1Tg5Yc7NbeuPj2Hs9XfQaKo4Ei6Rm"),
        ("$6$", "q8Zt$kE3vB7nW1xR5mC9"),
        ("Xk$", "foo_bar7"),
    ],
)
def test_a_dollar_sign_within_a_value_makes_no_variable(parts: tuple[str, str]) -> None:
    assert placeholder("".join(parts).encode()) is None


def test_documentation_key_id() -> None:
    assert placeholder(b"AK" + b"IAIOSFODNN7" + b"EXAMPLE")


@pytest.mark.parametrize("word", ["hook", "test", "fake", "user", "null", "none", "secret", "xxx", "1234"])
def test_random_value_with_a_word_by_chance_stays(word: str) -> None:
    assert placeholder(made(f"{{alnum:30}}{word}{{alnum:26}}")) is None


@pytest.mark.parametrize(
    "text",
    ["Strictly con{}fidential", "trade secret", "INTERNAL USE {}ONLY", "+46 {}8 998 262 59", "Pa$Word81", "k7#Pq9!z", "1974-04-23"],
)
def test_no_stand_ins(text: str) -> None:
    assert placeholder(made(text)) is None


def test_words() -> None:
    assert wordlike(b"password")
    assert not wordlike(b"xqzkvjw")
    assert word_share(b"getPasswordFromVault") > 0.9
    assert word_share(made("{alnum:40}")) < 0.5
    assert word_share(b"") == 0


def login(user: str, password: str) -> bytes:
    return base64.b64encode(f"{user}:{password}".encode())


def test_basic_auth() -> None:
    assert values.basic_auth(login("marta", made("{alnum:12}").decode()))
    refused = [
        login("Aladdin", "open sesame"),
        login("user", "password"),
        login("admin", "admin"),
        b"not base64!",
        base64.b64encode(b"nocolon"),
    ]
    for value in [*refused, base64.b64encode(b"\xff\xfe:\x00"), b"", base64.b64encode(b":")]:
        assert values.basic_auth(value) is False


def test_bearer() -> None:
    assert values.bearer_token(made("{alnum:40}"))
    for text in ("token", "your-access-token-here", "${TOKEN}", "accessTokenFromStorage", "x" * 30, "eyJhbGciOiJIUzI1NiJ9.e30."):
        assert not values.bearer_token(text.encode())


def test_url_password() -> None:
    password = made("{alnum:12}")
    for value in (password, b"postgres://app:" + password + b"@db.nordhavn.dk/x"):
        assert values.url_password(value) is not False
    for value in (
        b"postgres",
        b"${PASS}",
        b"<password>",
        b"pw",
        b"postgres://u:" + password + b"@db.example.com/x",
        b"amqp://guest:guest@mq",
        b"a b",
    ):
        assert values.url_password(value) is False

"""Addresses that belong to somebody hold; reserved and documentation ones do not. `{}` keeps them from standing here in full."""

import ipaddress

import pytest

from expurgate.detect.examples import expand
from expurgate.verify import addresses, contacts, persons


def whole(text: str) -> bytes:
    """The text without its `{}`."""
    return expand(text, "").text


@pytest.mark.parametrize("parts", [(81, 117, 94, 168), (185, 21, 176, 30), (93, 21, 156, 72), (172, 15, 255, 7), (100, 63, 1, 200)])
def test_public_ipv4(parts: tuple[int, ...]) -> None:
    assert addresses.ipv4_public(".".join(map(str, parts)).encode())


@pytest.mark.parametrize(
    "text",
    b"0.0.0.0 10.1.2.3 127.0.0.1 100.64.3.2 169.254.169.254 172.16.0.9 172.31.9.8 192.0.2.1 192.168.1.9 198.18.4.4 198.51.100.7 "
    b"203.0.113.9 224.0.0.251 239.1.1.1 255.255.255.255 8.8.8.8 1.1.1.1 1.2.3.4 2.5.4.10 81.117.94.0 81.117.94.255 300.1.1.1 "
    b"81.117.94 81.117.94.168.1 081.117.94.168 x".split(),
)
def test_no_public_ipv4(text: bytes) -> None:
    assert addresses.ipv4_public(text) is False


@pytest.mark.parametrize("text", ["31.19{}.15.11", "12.4{}.1.13", "119.0{}.0.1"])
def test_maybe_a_version(text: str) -> None:
    assert addresses.ipv4_public(whole(text)) is None


@pytest.mark.parametrize(
    "text",
    ["2a02:{}810d:8bc0:4::1f", "2003:{}e1:17:4f00:3c2a:91ff:fe22:41d0", "::ffff:185.{}21.176.30", "2A00:{}1450:4001:81A::200E"],
)
def test_public_ipv6(text: str) -> None:
    assert addresses.ipv6_public(whole(text))


@pytest.mark.parametrize(
    "text",
    b":: ::1 fe80::1 fd00:12::1 ff02::fb 2001:db8::7 2001:db8:1:2:3:4:5:6 3fff::1 2001:4860:4860::8888 2a02:26f7:: 2000::1 "
    b"2023:10:12 1:2 a::b::c ::ffff:10.0.0.1 64:ff9b::1 2001:0:1::5 12345::1 2a02:::1 face::b00c x".split(),
)
def test_no_public_ipv6(text: bytes) -> None:
    assert addresses.ipv6_public(text) is False


def test_ipv6_number_agrees_with_the_standard_library() -> None:
    for text in ("fd02:810d::1", "::", "1::", "::1", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1::8"):
        assert addresses.ipv6_number(text.encode()) == int(ipaddress.IPv6Address(text))


@pytest.mark.parametrize("text", ["3c:5a:{}fb:17:9e:42", "A4-83-{}E7-09-B1-5D", "a483e709b15d"])
def test_mac(text: str) -> None:
    assert addresses.mac_address(whole(text))


@pytest.mark.parametrize(
    "text",
    b"00:00:5e:00:53:0f ff:ff:ff:ff:ff:ff 00:00:00:00:00:00 00:11:22:33:44:55 aa:bb:cc:dd:ee:ff 02:42:ac:11:00:02 "
    b"01:00:5e:7f:ff:fa 33:33:00:00:00:01 3c:5a:fb:17:9e 3c:5a:fb:17:9e:42:11 de:ad:be:ef:ca:fe 52:54:00:12:34:56 x".split(),
)
def test_no_mac(text: bytes) -> None:
    assert addresses.mac_address(text) is False


def address(local: str, domain: str) -> bytes:
    return f"{local}@{domain}".encode()


@pytest.mark.parametrize(
    "local,domain",
    [
        ("marta.lindqvist", "nordhavn.dk"),
        ("j_okonjo+git", "mail.ferrara.co.uk"),
        ("o'brien", "haugland.org"),
        ("ines", "petrak.consulting"),
    ],
)
def test_email(local: str, domain: str) -> None:
    assert contacts.email_address(address(local, domain))


@pytest.mark.parametrize(
    "local,domain",
    [
        ("alice", "example.com"), ("bob", "mail.example.org"), ("a.person", "db.test"), ("x.y", "nowhere.invalid"), ("joe",
        "localhost"),
        ("joe", "host.localdomain"), ("git", "nordhavn.dk"), ("noreply", "nordhavn.dk"), ("no-reply", "nordhavn.dk"), ("icon",
        "2x.png"),
        ("left-pad", "1.3.0"), ("1234+joe", "users.noreply.github.com"), ("getty", "tty1.service"), ("a..b", "nordhavn.dk"),
        ("joe", ""),
        ("", "nordhavn.dk"), ("joe", "-x.dk"), ("dependabot[bot]", "nordhavn.dk"), ("you", "company.com"), ("foo", "v1.2.x"),
    ],
)  # fmt: skip
def test_no_email(local: str, domain: str) -> None:
    assert contacts.email_address(address(local, domain)) is False


def test_unknown_top_level_domain() -> None:
    assert contacts.email_address(address("marta", "nordhavn.zz")) is None


@pytest.mark.parametrize("text", ["+1 (212) {}864-4713", "+33 6 {}83 71 49 02", "+44 {}7911 934 086"])
def test_phone(text: str) -> None:
    assert contacts.phone_e164(whole(text))


@pytest.mark.parametrize("text", ["+4930{}78214955", "+46 {}8 998 262 59", "+49 (0)30 {}78214955", "+353 1 {}679 4402"])
def test_possible_phone(text: str) -> None:
    assert contacts.phone_e164(whole(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "+1 800 555 1212", "+1 212 555 0147", "+1-555-867-5309", "+44 20 7946 0123", "+44 7700 900123", "+33 1 99 00 12 34",
        "+61 491 570 156",
        "+1 111 111 1111",
        "+1 212 864 471", "+999 123 456 78", "+0 12 34 56 78", "+49301234567", "212-864-4713", "+4930", "+1.2345678901",
        "+1234567890123456", "x",
    ],
)  # fmt: skip
def test_no_phone(text: str) -> None:
    assert contacts.phone_e164(text.encode()) is False


def test_ssn() -> None:
    assert persons.us_ssn(b"-".join((b"521", b"44", b"7391"))) is None
    for text in (
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "521-00-3456",
        "521-12-0000",
        "078-05-1120",
        "219-09-9999",
        "111-11-1111",
        "521-44-739",
    ):
        assert persons.us_ssn(text.encode()) is False


@pytest.mark.parametrize(
    "text", ["1974-04-23", "21.08.1963", "08/21/1963", "29 February 1980", "Feb 29, 1980", "3. Mai 1971", "2004/02/29"]
)
def test_birth_date(text: str) -> None:
    assert persons.birth_date(text.encode()) is None


@pytest.mark.parametrize(
    "text", ["1970-01-01", "1974-02-30", "1899-03-04", "29.02.1981", "45.45.1980", "32 Mar 1980", "3 Foo 1980", ""]
)
def test_no_birth_date(text: str) -> None:
    assert persons.birth_date(text.encode()) is False


def test_passport() -> None:
    assert persons.passport_number(b"C" + b"70418265") is None
    for text in ("123456789", "authenti", "AB12", "C7041826599", "000000001"):
        assert persons.passport_number(text.encode()) is False


@pytest.mark.parametrize("text", ["48.137154, 11.576124", "-33.86785,151.20732", '52.51627, "lng": 13.37770'])
def test_coordinates(text: str) -> None:
    assert persons.coordinates(text.encode()) is None


@pytest.mark.parametrize(
    "text", ["48.13, 11.57", "412.77314, 881.12344", "0.12345, 0.54321", "48.0000, 11.0000", "48.137154", "98.12345, 11.12345", ""]
)
def test_no_coordinates(text: str) -> None:
    assert persons.coordinates(text.encode()) is False

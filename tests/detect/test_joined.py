"""A key id near its secret is a part of that finding; alone it is one of its own, and of low severity."""

import expurgate
from expurgate import Config, Severity
from expurgate.detect.examples import expand
from expurgate.model import Finding


def scan(template: str, seed: str = "s") -> dict[str, Finding]:
    result = expurgate.scan_bytes(expand(template, seed).text, Config(select=("aws-*", "google-oauth-*")))
    return {finding.rule.id: finding for finding in result.findings}


PAIR = "aws_access_key_id = AKIA{base32:16}{n}aws_secret_access_key = {base64:40}{n}"


def test_id_and_secret_are_one_finding() -> None:
    found = scan(PAIR)
    assert list(found) == ["aws-secret-access-key"]
    (finding,) = found.values()
    assert [(place.position.line, place.part) for place in finding.occurrences] == [(1, "aws-access-key-id"), (2, "")]
    assert finding.severity is Severity.CRITICAL
    assert finding.blocking
    assert [value[:4] for value in finding.spellings] == [b"AKIA"]  # so that reports mask it, too


def test_a_lone_id_is_reported_and_does_not_block() -> None:
    found = scan("aws_access_key_id = AKIA{base32:16}{n}")
    assert list(found) == ["aws-access-key-id"]
    assert found["aws-access-key-id"].severity is Severity.LOW
    assert not found["aws-access-key-id"].blocking


def test_far_apart_they_are_two() -> None:
    assert set(scan("id = AKIA{base32:16}{n}" + "# nothing here{n}" * 60 + "aws_secret_access_key = {base64:40}{n}")) == {
        "aws-access-key-id",
        "aws-secret-access-key",
    }


def test_side_by_side_without_a_name() -> None:
    found = scan("Credentials.new('AKIA{base32:16}', '{base64:40}')")
    assert list(found) == ["aws-key-pair"]
    assert [place.part for place in found["aws-key-pair"].occurrences] == ["aws-access-key-id", ""]


def test_another_provider() -> None:
    template = '"client_id": "{digits:12}-{loweralnum:32}.apps.googleusercontent.com",{n}"client_secret": "GOCSPX-{base64url:28}"'
    found = scan(template)
    assert list(found) == ["google-oauth-client-secret"]
    assert {place.part for place in found["google-oauth-client-secret"].occurrences} == {"", "google-oauth-client-id"}


def test_reports_say_what_a_place_is() -> None:
    from expurgate.report import text

    result = expurgate.scan_bytes(expand(PAIR, "r").text, Config(select=("aws-*",)))
    lines = "\n".join(text.render(result, verbose=3))
    assert "the aws-access-key-id of it" in lines

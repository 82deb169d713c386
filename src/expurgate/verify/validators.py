"""The validators that rules name. True: the structure proves the value; False: it disproves it; None: no opinion.

Each one is total: it answers for any bytes and never raises. A rule says in `invalid` what a False does to its match.
"""

from __future__ import annotations

from collections.abc import Callable

from expurgate.verify import addresses, bitcoin, cards, checksums, contacts, persons, structures, values

Validator = Callable[[bytes], bool | None]

VALIDATORS: dict[str, Validator] = {
    "aba-routing": checksums.aba_routing,
    "aws-key-id": structures.aws_key_id,
    "basic-auth": values.basic_auth,
    "bearer-token": values.bearer_token,
    "birth-date": persons.birth_date,
    "btc-address": bitcoin.btc_address,
    "coordinates": persons.coordinates,
    "crc32-base62": checksums.crc32_base62,
    "email-address": contacts.email_address,
    "generic-secret": values.generic_secret,
    "github-checksum": checksums.github_checksum,
    "iban": checksums.iban,
    "ipv4-public": addresses.ipv4_public,
    "ipv6-public": addresses.ipv6_public,
    "jwt": structures.jwt,
    "luhn-card": cards.luhn_card,
    "mac-address": addresses.mac_address,
    "nkey-crc": checksums.nkey_crc,
    "npm-checksum": checksums.npm_checksum,
    "passport-number": persons.passport_number,
    "pem-key": structures.pem_key,
    "phone-e164": contacts.phone_e164,
    "url-password": values.url_password,
    "us-ssn": persons.us_ssn,
    "uuid": structures.uuid,
}

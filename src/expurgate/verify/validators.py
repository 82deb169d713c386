"""The validators that rules name. True: the structure proves the value; False: it disproves it; None: no opinion.

Each one is total: it answers for any bytes and never raises. A rule says in `invalid` what a False does to its match.
"""

from __future__ import annotations

from collections.abc import Callable

from expurgate.verify import (
    addresses,
    bitcoin,
    cards,
    checksums,
    configs,
    contacts,
    keyfiles,
    persons,
    structures,
    values,
    wallets,
)

Validator = Callable[[bytes], bool | None]

VALIDATORS: dict[str, Validator] = {
    "aba-routing": checksums.aba_routing,
    "aws-key-id": structures.aws_key_id,
    "basic-auth": values.basic_auth,
    "bearer-token": values.bearer_token,
    "bip32-key": wallets.bip32_key,
    "birth-date": persons.birth_date,
    "bitcoin-wif": wallets.bitcoin_wif,
    "btc-address": bitcoin.btc_address,
    "cisco-type7": configs.cisco_type7,
    "coordinates": persons.coordinates,
    "crc32-base62": checksums.crc32_base62,
    "der-encrypted-key": keyfiles.der_encrypted_key,
    "der-private-key": keyfiles.der_private_key,
    "docker-config": configs.docker_config,
    "ed25519-pair": wallets.ed25519_pair,
    "email-address": contacts.email_address,
    "ethereum-key": wallets.ethereum_key,
    "fernet-key": keyfiles.fernet_key,
    "generic-secret": values.generic_secret,
    "github-checksum": checksums.github_checksum,
    "iban": checksums.iban,
    "ipv4-public": addresses.ipv4_public,
    "ipv6-public": addresses.ipv6_public,
    "java-keystore": keyfiles.java_keystore,
    "jwt": structures.jwt,
    "kerberos-ticket": keyfiles.kerberos_ticket,
    "kubernetes-secret": configs.kubernetes_secret,
    "luhn-card": cards.luhn_card,
    "mac-address": addresses.mac_address,
    "minisign-secret": keyfiles.minisign_secret,
    "nkey-crc": checksums.nkey_crc,
    "npm-checksum": checksums.npm_checksum,
    "passport-number": persons.passport_number,
    "pem-in-base64": keyfiles.pem_in_base64,
    "pem-key": structures.pem_key,
    "phone-e164": contacts.phone_e164,
    "pkcs12": keyfiles.pkcs12,
    "stellar-seed": wallets.stellar_seed,
    "url-password": values.url_password,
    "us-ssn": persons.us_ssn,
    "uuid": structures.uuid,
    "xrp-seed": wallets.xrp_seed,
}

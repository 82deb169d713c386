"""Every validator answers for any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate.verify.placeholders import placeholder
from expurgate.verify.validators import VALIDATORS

# Bytes of every kind, and text that comes close to what validators look for.
NEAR = st.text(alphabet="0123456789abcdefABCDEFxXyz+/=-_.:@ $%{}()<>[]\\\"'#&*\n\u00e9", max_size=80).map(str.encode)
BYTES = st.one_of(st.binary(max_size=120), NEAR, st.from_regex(rb"-----BEGIN [A-Z ]{1,20}-----[ -~\n]{0,90}(-----END)?"))


@pytest.mark.parametrize("name", sorted(VALIDATORS))
@given(value=BYTES)
def test_never_raises(name: str, value: bytes) -> None:
    assert VALIDATORS[name](value) in (True, False, None)


@given(value=BYTES)
def test_placeholder_never_raises(value: bytes) -> None:
    assert placeholder(value) is None or isinstance(placeholder(value), str)


@pytest.mark.parametrize("name", sorted(VALIDATORS))
def test_nothing_is_no_proof(name: str) -> None:
    assert not VALIDATORS[name](b"")
    assert not VALIDATORS[name](b"\x00" * 5000)
    assert not VALIDATORS[name](b"9" * 5000)

"""Payment card numbers: issuer ranges, lengths, Luhn, and the numbers that providers publish for tests."""

from __future__ import annotations

import re

from expurgate.verify.checksums import digits_of, luhn

# Issuer identification ranges (first digits as numbers, inclusive) with the lengths in use: ISO/IEC 7812 and the networks' own
# merchant manuals. Compared on as many leading digits as the range has.
ISSUERS = (
    (4, 4, (13, 16, 19)),  # Visa
    (51, 55, (16,)),  # Mastercard
    (2221, 2720, (16,)),  # Mastercard
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),  # American Express
    (6011, 6011, (16, 19)),  # Discover
    (644, 649, (16, 19)),  # Discover
    (65, 65, (16, 19)),  # Discover, RuPay
    (300, 305, (14, 16)),  # Diners Club
    (3095, 3095, (14, 16)),  # Diners Club
    (36, 36, (14, 16)),  # Diners Club
    (38, 39, (14, 16)),  # Diners Club
    (3528, 3589, (16, 19)),  # JCB
    (1800, 1800, (15,)),  # JCB, older
    (2131, 2131, (15,)),  # JCB, older
    (62, 62, (16, 17, 18, 19)),  # UnionPay
    (2200, 2204, (16, 19)),  # Mir
    (5018, 5018, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5020, 5020, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5038, 5038, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (5893, 5893, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (6304, 6304, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (6759, 6759, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    (6761, 6763, (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
)

# Numbers that Stripe, Adyen, Braintree, PayPal, Authorize.Net, Worldpay, Square and Checkout.com print in their test guides.
# Those with few different digits, a long run of zeros or Stripe's 400000 need no entry: see `published`.
TEST_CARDS = frozenset(
    (
        b"378282246310005 371449635398431 378734493671000 371144371144376 373953192351004 374245455400126 376680816376961 "
        b"4000056655665556 4012888888881881 4012000033330026 4012000077777777 4009348888881881 4217651111111119 4500600000000061 "
        b"4263982640269299 4263970000005262 4988438843884305 4166676667666746 4293189100000008 4988080000000000 4911830000000 "
        b"4917610000000000 4462030000000000 4917300800000000 4484070000000000 4007702835532454 4012888818888 4543474002249996 "
        b"4658584090000001 4622943127013705 4622943127013713 4622943127013721 4622943127013739 4917484589897107 4001919257537193 "
        b"4532759734545858 4485040371536584 4724117215951699 4921817844445119 4263971921001307 4508750015741019 5555555555554444 "
        b"5105105105105100 5200828282828210 5454545454545454 5431111111111111 5500005555555559 5577000055770004 5424000000000015 "
        b"5100081112223332 5103221911199245 5136333333333335 5424180279791732 5425230000004415 5425233430109903 5114610000004778 "
        b"5114630000009791 5121220000006921 5135020000005871 5100000000000131 5555341244441115 5436031030606378 5199992312641465 "
        b"5186001700008785 5186001700009726 5573560100022200 5385308360135181 2223003122003222 2222400070000005 2222410740360010 "
        b"2222410700000002 2222400010000008 2222400030000004 2222400050000009 2223000048410010 2223000048400011 2223000010309703 "
        b"2223000010309711 2223520043560014 2223016768739313 2222420000001113 6011111111111117 6011000990139424 6011981111111113 "
        b"6011000991300009 6011000000000012 6011000400000000 6011601160116611 6011039964691945 6445644564456445 6555900000604105 "
        b"6510000000000133 6243030000000001 6250941006528599 6205500000000000004 30569309025904 38520000023237 36227206271667 "
        b"36259600000004 36006666333344 36070500001020 36700102000000 36148900647913 3056930009020004 3088000000000017 "
        b"3530111333300000 3566002020360505 3566111111111113 3569990010095841 3528000700000000 3569990012290937 3569990010030400 "
        b"6304000000000000 6759649826438453 6799990100000000019 6771798021000008 6761000000000006 5019717010103742 "
        b"6331101999990016 6761301000993772 5018000000000009 5020620000000000 6759156019808393"
    ).split()
)


def luhn_card(value: bytes) -> bool | None:
    """A payment card number: 12 to 19 digits in an issuer's range, of its length, that pass Luhn and are not published for tests.

    A 13-digit number that is a right EAN-13 as well (ISBN, barcodes 400-499) is taken for that: 13-digit Visa cards are gone.
    """
    digits = digits_of(value)
    if not 12 <= len(digits) <= 19 or not _issued(digits) or not luhn(digits):
        return False
    if len(digits) == 13 and _ean13(digits):
        return False
    return not published(digits)


def published(digits: bytes) -> bool:
    """Whether card digits are a provider's test number or show the pattern of one (random numbers do so once in about 10^5)."""
    if digits in TEST_CARDS or len(set(digits)) <= 3 or digits.startswith(b"400000"):
        return True
    return bool(re.search(rb"0{6}|12345678|23456789|87654321|(\d{4})\1\1", digits))


def _issued(digits: bytes) -> bool:
    """Whether some network issues numbers with this beginning in this length."""
    return any(low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths for low, high, lengths in ISSUERS)


def _ean13(digits: bytes) -> bool:
    """GS1 check digit of an EAN-13: weights 1 and 3 in turn, sum 0 mod 10."""
    return sum((digit - 48) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0

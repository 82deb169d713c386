"""Ways to reach a person: e-mail addresses and telephone numbers.

Functions answer True (well-formed and in nobody's reserved range), False (reserved, or something else) or None, and never raise.
"""

from __future__ import annotations

import re

# Top-level domains that are common in mail: every two-letter code that IANA has delegated, and the generic ones in wide use.
_COUNTRIES = frozenset(
    b"ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch "
    b"ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm "
    b"gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la "
    b"lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np "
    b"nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su "
    b"sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt "
    b"za zm zw".split()
)
_GENERIC = frozenset(
    b"com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel cat tel asia post app dev tech online site "
    b"store shop xyz cloud email mail digital agency group world life live today news media blog team work works studio design "
    b"art club company solutions services systems software network computer consulting engineering academy education university "
    b"school science health care clinic hospital bank finance money capital ventures legal law gmbh ltd llc inc swiss berlin "
    b"hamburg koeln bayern wien london paris amsterdam nyc tokyo eus gal scot wales ai io page link one top vip fun space "
    b"website tools codes global foundation ngo ong community social support help host hosting domains email".split()
)
# Reserved for documentation, tests and local use: RFC 2606, RFC 6761, RFC 6762, RFC 8375, RFC 9476.
_RESERVED = (
    rb"(?:.*\.)?(?:example\.(?:com|net|org|edu|co\.uk|de|fr)|example|test|invalid|localhost|local|internal|localdomain|lan|home\.arpa|"
    rb"alt|onion|arpa|corp|home|foo|bar|baz|tld|domain|(?:foo|bar|baz|test|sample|domain|mydomain|yourdomain|company|mycompany|"
    rb"yourcompany|email|host|server|fake|dummy|foobar|acme|nowhere|noreply|somewhere|some|my|your)\.(?:com|net|org|io|dev))"
)
_ROBOTS = (
    rb"(?:no|donot|do-not|do_not|dont)[-_.]?reply.*|git|hg|svn|ssh|mailer-daemon|bounces?|.*\[bot\]|.*-bot|.*noreply|notifications?|"
    rb"postmaster|nobody|root|www-data|user(?:name)?|name|someone|somebody|email|your[-_.]?(?:e?mail|name).*|me|you|foo|bar|tests?\d*|"
    rb"this|super|return|default|ubuntu|debian|centos|fedora|ec2-user|core|vagrant|admin|deploy|jenkins|docker|postgres|mysql"
)
_FILES = frozenset(
    b"png jpg jpeg gif svg webp bmp ico css scss less js mjs jsx tsx ts json json5 html htm xml yml yaml toml txt log csv tsv "
    b"pdf doc docx xls xlsx ppt pptx tar gz tgz bz2 xz whl jar war exe dll dylib deb rpm go java kt c h cc cpp hpp cs rb php sql "
    b"proto lock map min conf cfg ini env service socket timer target mount length size value key id data type text get set each "
    b"call new to_s".split()
)

# ITU-T E.164 country codes; one digit, two digits, and the three-digit zones with the third digits in use.
_CODES = frozenset(
    b"1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 "
    b"92 93 94 95 98 211 212 213 216 218".split()
) | frozenset(
    b"%d" % (decade * 10 + last)
    for decade, lasts in (
        (22, "0123456789"), (23, "0123456789"), (24, "0123456789"), (25, "012345678"), (26, "0123456789"), (29, "01789"),
        (35, "0123456789"), (37, "01234567"), (38, "01235679"), (42, "013"), (50, "0123456789"), (59, "0123456789"),
        (67, "023456789"),
        (68, "0123456789"), (69, "012"), (85, "02356"), (87, "08"), (88, "06"), (96, "012345678"), (97, "01234567"), (99, "234568"),
    )
    for last in map(int, lasts)
)  # fmt: skip
# National (significant) numbers by country code where all have one length or nearly so.
_LENGTHS = {
    b"1": (10,),
    b"7": (10,),
    b"33": (9,),
    b"34": (9,),
    b"31": (9,),
    b"41": (9,),
    b"44": (9, 10),
    b"48": (9,),
    b"61": (9,),
    b"91": (10,),
}
# Numbers kept free for films and books: NANP 555 (only 555-01xx and directory assistance are left in use); Ofcom, "Telephone
# numbers for use in TV and radio drama programmes"; Bundesnetzagentur, "Rufnummern für Medienproduktionen"; ARCEP decision
# 2018-0881; ACMA, "Phone numbers for use in TV shows, films and creative works".
_FICTION = (
    rb"1\d{3}555\d{4}|1555\d{7}|44(?:2079460|1632960|7700900|8081570|9098790|3069990|2890180|2920180|113496|114496|115496|"
    rb"116496|117496|118496|121496|131496|141496|151496|161496|191498)\d*|49(?:3023125|6990009|4066969|2214710|8999998)\d{3}|"
    rb"49(?:15228817386|15228895456|15254599371|171392\d{5}|17299\d{6}|1769\d{7}|17640690\d{3})|33(?:19900|26191|35301|46571|53649|63998)\d{4}|"
    rb"61(?:[2378](?:5550|7010)\d{4}|49157\d{4})"
)


def email_address(value: bytes) -> bool | None:
    """An address of a person (RFC 5321 in its usual form). False for reserved domains, robots, `git@host`, file and package names;
    None where the top-level domain is none that we know.
    """
    local, _, domain = value.lower().rpartition(b"@")
    if not re.fullmatch(rb"[a-z0-9_](?:[a-z0-9._%+'\-]{0,62}[a-z0-9_+\-])?", local) or b".." in local:
        return False
    labels = domain.split(b".")
    if len(labels) < 2 or len(domain) > 253 or not all(re.fullmatch(rb"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?", x) for x in labels):
        return False
    top = labels[-1]
    if (
        not re.fullmatch(rb"[a-z]{2,24}|xn--[a-z0-9\-]{2,59}", top)
        or top in _FILES
        or re.fullmatch(rb"\d{1,2}x|v\d+|\d{1,2}", labels[0])
    ):
        return False
    if re.fullmatch(_RESERVED, domain) or re.fullmatch(_ROBOTS, local) or domain == b"users.noreply.github.com":
        return False
    if domain.endswith((b".noreply.github.com", b".noreply.gitlab.com", b".gserviceaccount.com")) or b"noreply" in labels:
        return False
    return True if top in _COUNTRIES or top in _GENERIC or top.startswith(b"xn--") else None


def phone_e164(value: bytes) -> bool | None:
    """A telephone number in international form, `+` and 8 to 15 digits (ITU-T E.164), with blanks, dots, dashes or brackets.

    False for unknown country codes, wrong lengths where a country has one, numbers reserved for fiction, constant and counted-up
    ones. None is the best that a number without check digits can get; True if it is written in groups and its length is right.
    """
    digits = re.sub(rb"[\s().\-/\xc2\xa0]", b"", value.replace(b"(0)", b""))
    if not re.fullmatch(rb"\+[1-9]\d{7,14}", digits) or re.fullmatch(rb"\+\d\.\d+", value):  # the latter is a decimal number
        return False
    digits = digits[1:]
    code = next((digits[:size] for size in (1, 2, 3) if digits[:size] in _CODES), None)
    if code is None or re.fullmatch(_FICTION, digits):
        return False
    national = digits[len(code) :]
    if not _plausible(code, national):
        return False
    return True if code in _LENGTHS and len(re.findall(rb"\d+", value)) >= 3 else None


def _plausible(code: bytes, national: bytes) -> bool:
    """Whether a national number has a length that its country uses, North American codes, and more than one or two digits."""
    if len(national) < 5 or len(national) not in _LENGTHS.get(code, (len(national),)):
        return False
    if code == b"1" and not re.fullmatch(rb"[2-9](?!11|9)\d\d[2-9](?!11)\d{6}", national):
        return False
    return len(set(national)) > 2 and not re.search(rb"12345678|87654321|1234567$|0000000|(\d)\1{6}", national)

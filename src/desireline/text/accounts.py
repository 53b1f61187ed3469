"""Numbers that an authority or a bank gave to one person, told from others by their check digits.

IBAN (ISO 13616: country, length, remainder modulo 97), payment cards (ISO/IEC 7812: 13 to 19 digits, Luhn's check
digit), and national ids of a few countries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from desireline.text.found import Span, is_beside_letters, is_in_dotted_id, listed

_LENGTHS: Final = {
    code[:2]: int(code[2:])
    for code in listed(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 "
        "ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 "
        "LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 "
        "PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 "
        "YE30"
    )
}
_BETWEEN: Final = " -.\u00a0\u2007\u2009\u202f\u2010\u2011\u2013"
_SEP: Final = r"[ \-.\u00a0\u2007\u2009\u202f\u2010\u2011\u2013]"
_IBAN: Final = re.compile(rf"(?<!\w)[A-Za-z]{{2}}{_SEP}?\d{_SEP}?\d(?=[{_BETWEEN[2:]} -]?[A-Za-z0-9\d])")
_LONE: Final = re.compile(rf"(?<![\w.])\d(?:{_SEP}{{0,2}}\d){{12,18}}(?!{_SEP}{{0,2}}\d)")
_PIECES: Final = re.compile(  # looked for at every group of digits: those of two cards may stand side by side
    rf"(?<!\d)(?=((?:\d{{4}}{_SEP}{{1,2}}){{3}}\d{{4}}{_SEP}{{1,2}}\d{{1,3}}(?!\d))?)"
    rf"(?=((?:\d{{4}}{_SEP}{{1,2}}){{3}}\d{{1,7}}(?!\d)|\d{{4}}{_SEP}{{1,2}}\d{{6}}{_SEP}{{1,2}}\d{{4,5}}(?!\d)|\d{{13,19}}(?!\d)))"
)
_DOUBLED: Final = bytes.maketrans(b"0123456789", b"0246813579")
_CARD_FIRST: Final = "23456"
_CARD_WORDS: Final = re.compile(
    r"(?<![A-Za-z_\d])(?:card|visa|mastercard|amex|maestro|karte|cart[aã]o|tarjeta|carte|carta|cc|number|no|nr)\Z",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 13, 19
_FEWEST_DIGITS: Final = 8

IBAN_SIGN: Final = r"[A-Za-z]{2}\W?\d\W?\d"
ID_SIGN: Final = r"(?:\d\W?){5}\d|[A-Z]\d\d[A-Z]\d\d[A-Z]"
"""Every text that holds such a number holds its sign."""


def find_ibans(text: str) -> Iterator[Span]:
    """Where IBANs stand, with or without blanks or dashes: country and length are known, the check digits fit."""
    done = 0
    for found in _IBAN.finditer(text):
        start = found.start()
        length = _LENGTHS.get(text[start : start + 2].upper())
        end = _end_of(text, start, length) if length and start >= done else 0
        if end and not _goes_on(text, end) and _fits_97(text[start:end]):
            yield start, end
            done = end


def find_cards(text: str) -> Iterator[Span]:
    """Where numbers of payment cards stand: 13 to 19 digits whose last is Luhn's check digit, the first 2 to 6.

    Digits in one piece, in fours (or 4-6-5), or a lone number in any pieces with the same mark between all of them.
    Digits of a longer run of letters and digits, such as a hash, are none.
    """
    done = 0
    for run in _LONE.finditer(text):
        if len(set(re.sub(r"\d", "", run[0]))) <= 1 and _is_card(run[0]) and not _is_in_id(text, *run.span()):
            yield run.span()
    for found in _PIECES.finditer(text):
        start = found.start()
        for end in (found.end(1), found.end(2)) if start >= done else ():
            if end > done and _is_card(text[start:end]) and not _is_in_id(text, start, end):
                yield start, end
                done = end


def _goes_on(text: str, end: int) -> bool:
    return text[end : end + 1] == "_" or text[end : end + 1].isalnum()


def _is_in_id(text: str, start: int, end: int) -> bool:
    return is_beside_letters(text, start, end, words=_CARD_WORDS) or is_in_dotted_id(text, start, end)


def _is_card(written: str) -> bool:
    digits = "".join(str(int(letter)) for letter in written if letter.isdecimal())
    return _SHORTEST <= len(digits) <= _LONGEST and digits[0] in _CARD_FIRST and luhn(digits)


def luhn(digits: str) -> bool:
    """True when the last digit is Luhn's check digit of the others. All zeros do not count.

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    octets = digits.encode()
    total = sum(octets[::-2]) + sum(octets[-2::-2].translate(_DOUBLED)) - ord("0") * len(octets)
    return digits.strip("0") != "" and total % 10 == 0


def _end_of(text: str, start: int, length: int) -> int:
    """Where so many letters and digits end, at most one mark between two of them; 0 when there are not so many."""
    place, seen, marks = start, 0, 0
    while seen < length:
        if place >= len(text) or marks > 1:
            return 0
        if text[place] in _BETWEEN:
            marks += 1
        elif text[place].isalnum():
            seen, marks = seen + 1, 0
        else:
            return 0
        place += 1
    return place


def _fits_97(iban: str) -> bool:
    letters = [letter.upper() for letter in iban if letter not in _BETWEEN]
    if sum(map(str.isdecimal, letters)) < _FEWEST_DIGITS:  # words whose letters happen to fit
        return False
    try:
        return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1
    except ValueError:
        return False


def _numbers(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _fits_cpf(text: str) -> bool:
    """Brazil: two check digits modulo 11; eleven equal digits are no number."""
    numbers = _numbers(text)
    if len(numbers) != 11 or len(set(numbers)) == 1:
        return False
    checks = [10 * sum(n * (size + 1 - at) for at, n in enumerate(numbers[:size])) % 11 % 10 for size in (9, 10)]
    return checks == numbers[9:]


def _fits_bsn(text: str) -> bool:
    """Netherlands: the “elfproef”."""
    numbers = _numbers(text)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(numbers) == 9 and any(numbers) and sum(n * w for n, w in zip(numbers, weights, strict=True)) % 11 == 0


def _fits_dni(text: str) -> bool:
    """Spain: the letter follows from the number modulo 23; X, Y, Z stand for 0, 1, 2."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    number = plain[:-1].replace("X", "0").replace("Y", "1").replace("Z", "2")
    return number.isdecimal() and plain[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def _fits_nir(text: str) -> bool:
    """France: the two last digits are 97 minus the others modulo 97."""
    digits = "".join(map(str, _numbers(text)))
    return len(digits) == 15 and int(digits[13:]) == 97 - int(digits[:13]) % 97


def _fits(_: str) -> bool:
    return True


_IDS: Final[tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = (
    (re.compile(r"(?<![\w-])(?!000|666|9)\d{3}([- ])(?!00)\d\d\1(?!0000)\d{4}(?![\w-])", re.ASCII), _fits),  # US SSN
    (re.compile(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d\d(?!\w)"), _fits_cpf),
    (re.compile(r"(?<!\w)cpf\W{1,3}(?:n\W{1,3})?(?P<id>\d{11})(?!\w)", re.IGNORECASE), _fits_cpf),
    (
        re.compile(
            r"(?<!\w)(?:bsn|burgerservicenummer|sofi-?nummer)[\s:.-]{1,3}(?:is\s)?"
            r"(?P<id>\d{9}|\d{4}[. ]\d\d[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3})(?!\w)",
            re.IGNORECASE,
        ),
        _fits_bsn,
    ),
    (
        re.compile(
            r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
            r"(?:\d{6}[A-D]| \d\d \d\d \d\d [A-D])(?!\w)"
        ),
        _fits,
    ),
    (re.compile(r"(?<![\w-])(?:\d{8}|[XYZ]-?\d{7})[- ]?[TRWAGMYFPDXBNJZSQVHLCKE](?!\w)"), _fits_dni),
    (re.compile(r"(?<!\w)[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d\d ?\d{3} ?\d{3} ?\d\d(?!\w)"), _fits_nir),
    (re.compile(r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)"), _fits),  # Italian codice fiscale
)


def find_national_ids(text: str) -> Iterator[Span]:
    """Where national ids stand: US SSN, UK NI, Italian tax code by their pattern; Brazilian CPF, Dutch BSN (next to
    its name), Spanish DNI and NIE, French NIR by their check digits too."""
    for pattern, fits in _IDS:
        for found in pattern.finditer(text):
            of = "id" if "id" in pattern.groupindex else 0
            if fits(found[of]):
                yield found.span(of)

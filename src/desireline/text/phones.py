"""Phone numbers in running text, told from prices, dates, quantities and other numbers.

The numbering plans are those of `phonenumbers` (Google's libphonenumber). Its own matcher reads some hundred texts a
second; here a pattern finds what could be a number, and only that is looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final

from desireline.text.found import Span, is_in_dotted_id, listed

REGIONS: Final = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "BR", "PT", "MX", "IN", "AU", "PL", "AT", "CH")
"""The countries whose numbers are known by themselves; with a + in front, those of all countries are."""

_WITHOUT_ZERO: Final = listed("US CA BR ES PT MX IN PL DK NO CZ GR SG HK")
_MOST_LOOKS: Final = 300  # of one text; what could be a number beyond that is taken for one

_MARK: Final = r"[ \-.()/\u00a0\u2007\u2009\u202f\u2010-\u2013\u2212]"
_EXTENDED: Final = r"(?:x|ext|extn|extension|ramal)[.:]?\s?\d{1,6}(?!\w)"
_COULD_BE: Final = re.compile(
    rf"(?<![\w/#€$£¥-])(?<!\d[.,:])(?:[+＋]\s?|\()?\(?\d(?:{_MARK}{{0,3}}+\d)*+"
    rf"(?:(?={_EXTENDED})|(?![\w%€£$¥°]))",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(r"[^\s]+")
_TAIL: Final = re.compile(r"(?<=\d{4})(?:\(\d{1,5}|/\d{1,4}|-\d{2,3})\Z")
_EXTENSION: Final = re.compile(
    rf"\s?\((?:{_EXTENDED}|\d{{1,6}})\)|\s?{_EXTENDED}|/\d{{1,4}}(?!\w)|-\d{{2,3}}(?!\w)", re.IGNORECASE
)
_MOST_PIECES: Final = 6
_FEWEST, _MOST = 6, 15  # digits
_FAR: Final = 40
_BETWEEN: Final = re.compile(r"[\s.:#=(+-]+")
_CUES: Final = listed(
    "phone tel telephone mobile cell cellphone fax call called calling ring text dial whatsapp sms handy mobil "
    "telefon telefonnummer rufnummer anrufen handynummer telefone celular fone ligue ligar zap teléfono telefono "
    "móvil movil llame llamar llámame téléphone portable appelez cellulare chiamare telefoonnummer bel bellen ☎ 📞"
)
_SMALL_WORDS: Final = listed("number no nr nº me us him her them at on is unter al au op mij to back under my the")
_NOT_A_NUMBER: Final = re.compile(
    r"(?!0\d(?:[ .-]\d\d){4}$|[679]\d\d(?: \d{3}){2}$)"  # numbers in France, Spain and Portugal
    r"(?:\d{4}[-./–]\d{1,2}[-./–]\d{1,2}(?:\W+\d{1,2})?"  # 2026-11-22, 2026-11-22 10
    r"|\d{1,2}[-./–]\d{1,2}[-./–](?:19|20)?\d\d(?:\W+\d{1,2}(?:\.\d\d)?)?"  # 22.11.2026, 11/22/26 10.30
    r"|(?:19|20)\d\d ?[-/–] ?(?:19|20)?\d\d"  # 2019-2020
    r"|\d{1,3}(?:([ .\u00a0\u202f])\d{3})(?:\1\d{3})*"  # 1.234.567
    r"|\d{1,5}\.\d{1,2}(?:[ /–-]+\d{1,5}\.\d{1,2})*"  # 12.50 - 13.75
    r"|(?:\d{1,2}[ /.-]+)*\d{1,2}"  # 1-2-3-4-5-6-7
    r"|[1-9]\d{0,5} ?[-–/] ?\d{1,3}|[1-9]\d{0,3} ?/ ?\d{1,6})"  # 100000-200, 12/34567
)
_AMOUNT: Final = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}-\d\d?-\d\d?")
_NANP: Final = re.compile(r"(?:1[ .-]?)?(?:\(\d{3}\)[ .-]?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_BRAZIL: Final = re.compile(r"(?:\(?\d\d\)?[ -]?)?9\d{4}-\d{4}")
_UNIT: Final = re.compile(
    r"\s?(?:usd|eur|euros?|dollars?|reais|pounds?|people|personen|pessoas|personas|customers|units?|pieces|pcs|st(?:ü|ue)ck|"
    r"items|miles|km|points|points?|punkte|views|followers|kg|lbs?|%)\b",
    re.IGNORECASE,
)

NUMBER_SIGN: Final = r"(?:\d\D{0,3}){5}\d"
"""Every text that holds a number worth looking at holds this."""


def find_phones(text: str, regions: tuple[str, ...] = REGIONS) -> Iterator[Span]:
    """Where phone numbers stand.

    A number with a country code is one where its length fits; one without where it is valid in one of the regions
    as it is written there, or stands after “call me at”, “Tel.” and the like. Dates, years, prices, thousands and
    ranges are none.
    """
    looks = 0
    for run in _COULD_BE.finditer(text):
        done = 0
        for start, end in _windows(text, *run.span()):
            written = text[start:end]
            if start < done or _is_amount(written) or _UNIT.match(text, end) or is_in_dotted_id(text, start, end):
                continue
            looks += 1
            if looks > _MOST_LOOKS or _is_cued(text, start) or _is_phone(written, regions):
                done = _with_extension(text, start, end)
                yield start, done


def _windows(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces between blanks, and neighbours together, that have 6 to 15 digits: from the left, the longest first."""
    pieces = list(_pieces(text, start, end))
    counts = [sum(map(str.isdecimal, text[first:last])) for first, last in pieces]
    for place, (first, _) in enumerate(pieces):
        sums = list(accumulate(counts[place : place + _MOST_PIECES]))
        for further in range(len(sums) - 1, -1, -1):
            if _FEWEST <= sums[further] <= _MOST:
                yield _trimmed(text, first, pieces[place + further][1])


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between blanks; an extension that hangs on a number, such as `(99`, is a piece of its own."""
    for piece in _PIECE.finditer(text, start, end):
        tail = _TAIL.search(piece[0])
        cut = piece.start() + tail.start() if tail else piece.end()
        yield piece.start(), cut
        if tail:
            yield cut, piece.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without brackets that have no partner, and without marks at the ends."""
    while start < end and (text[start] in "-./" or (text[start] == "(" and ")" not in text[start:end])):
        start += 1
    return start, end


def _with_extension(text: str, start: int, end: int) -> int:
    """Where the number has ended with its extension: `(99)`, ` x99`, `/99`; and with the bracket that it opened."""
    written = text[start:end]
    if text[end : end + 1] == ")" and written.count("(") > written.count(")"):
        return end + 1
    further = _EXTENSION.match(text, end)
    return further.end() if further else end


def _is_amount(written: str) -> bool:
    """True for dates, years, prices, ranges; and for pieces of which one is a date or has dots between thousands."""
    pieces = written.split()
    return bool(_NOT_A_NUMBER.fullmatch(written)) or (len(pieces) > 1 and any(map(_AMOUNT.fullmatch, pieces)))


def _is_cued(text: str, start: int) -> bool:
    """True after “call me at”, “Tel.” and the like."""
    words = _BETWEEN.split(text[max(0, start - _FAR) : start].casefold())
    return next((word in _CUES for word in reversed(words) if word and word not in _SMALL_WORDS), False)


@lru_cache(maxsize=4096)
def _is_phone(written: str, regions: tuple[str, ...]) -> bool:
    digits = "".join(str(int(letter)) for letter in written if letter.isdecimal())
    if len(set(digits)) == 1:  # a heart: <3333333333
        return False
    if written[0] in "+＋" or written.startswith("(+"):
        return 8 <= len(digits) <= 15
    if digits.startswith("00"):
        return not digits.startswith("000") and _is_valid(f"+{digits[2:]}", None)
    if ("US" in regions and _NANP.fullmatch(written)) or ("BR" in regions and _BRAZIL.fullmatch(written)):
        return True
    bare = len(written) == len(digits)
    if digits[0] == "0":
        return (10 if bare else 9) <= len(digits) <= 12 and any(_is_valid(digits, region) for region in regions)
    if len(digits) < 9 or (bare and not 10 <= len(digits) <= 11):
        return False
    return any(_is_valid(digits, region) for region in regions if region in _WITHOUT_ZERO)


def _is_valid(digits: str, region: str | None) -> bool:
    from phonenumbers import NumberParseException, is_valid_number, parse  # noqa: PLC0415  takes 60 ms

    try:
        return is_valid_number(parse(digits, region))
    except NumberParseException:
        return False

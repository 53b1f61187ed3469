"""Names of people in texts: beside words that announce one, and the customer's own name where it is known.

Finding every name needs a model; whoever has one gives a `NameFinder` of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from desireline.text.found import Span, listed


class NameFinder(Protocol):
    """Finds names of people."""

    def find(self, text: str) -> Iterable[Span]:
        """Where names begin and end, in places of the text; none where there are none."""
        ...


_PART: Final = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_A-Z][^\W\d_]*|['’][^\W\d_]+|(?=\.? ))(?:['’-][^\W\d_]+)?"
_SMALL: Final = r"(?:da|de|do|dos|das|di|del|della|van|von|der|den|ten|la|le|el|al|bin)"
_NAME: Final = rf"{_PART}(?:[ \t]{{1,2}}(?:{_SMALL}[ \t]){{0,2}}{_PART}){{0,3}}"
_SAYS: Final = (
    r"[Mm]y (?:full )?name(?:'s|’s| is)|[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Mm]e llamo|[Mm]i nombre es|"
    r"[Mm]eu nome [eé]|[Mm]e chamo|[Cc]hamo-me|[Jj]e m['’]appelle|[Mm]on nom est|[Mm]i chiamo|[Ii]l mio nome [eè]|"
    r"[Mm]ijn naam is|[Ii]k heet|[Nn]azywam si[eę]|[Mm]am na imi[eę]"
)
_TITLES: Final = (
    r"Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Se[nñ]ora?|Sra?|Srta|Dona|Dom|Do[nñ]a|Don|Monsieur|Madame|Mme|Mlle|"
    r"Signora?|Sig|Dhr|Mevr|Mevrouw|Meneer|Pani"
)
_DEAR: Final = (
    r"[Dd]ear|[Hh]i|[Hh]ello|[Ll]iebe[rs]?|[Hh]allo|[Ss]ehr geehrter?|[Qq]uerid[oa]|[Ee]stimad[oa]|[Pp]rezad[oa]|"
    r"[Cc]ar[oa]|[Cc]her|[Cc]h[eè]re|[Gg]entile|[Ee]gregio|[Gg]eachte"
)
_BYE: Final = (
    r"(?:kind |best |warm |many |with )?regards|sincerely(?: yours)?|yours (?:truly|sincerely|faithfully)|cheers|"
    r"best wishes|thanks|many thanks|thank you|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:viele|liebe|beste|freundliche) gr(?:ü|ue)(?:ß|ss)e|mfg|lg|(?:un )?(?:cordial )?saludos?|atentamente|"
    r"atenciosamente|att|abra[cç]os?|cumprimentos|cordialement|bien [aà] vous|salutations|cordiali saluti|"
    r"distinti saluti|saluti|met vriendelijke groeten?|mvg|groet(?:en|jes)?"
)
_CUED: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(rf"(?<!\w)(?:{_SAYS})[:,]?[ \t]{{1,2}}(?P<name>{_NAME})"),
    re.compile(
        rf"(?<!\w)(?:I am|I['’]m|[Tt]his is|[Ii]ch bin|[Jj]e suis|[Ss]ou (?:o |a )?|[Ss]oy|[Ii]k ben|[Ss]ono)"
        rf"[ \t](?P<name>{_PART}[ \t](?:{_SMALL}[ \t])?{_PART})"
        r"(?=[ \t]?[,.;!\n]|[ \t](?:and|from|with|calling|writing|here|und|aus|y|de|et|e)\b|$)"
    ),
    re.compile(rf"(?:^|[\n.,;!?][ \t]?)(?:[Ff]ull |[Ff]irst |[Ll]ast )?[Nn]ame:[ \t]?(?P<name>{_NAME})"),
    re.compile(rf"(?<!\w)(?:{_TITLES})\.?[ \t](?P<name>{_NAME})"),
    re.compile(
        rf"(?:^|[\n.!?,][ \t]*)(?:{_DEAR})[ \t](?:(?:{_TITLES})\.?[ \t])?(?P<name>{_NAME})(?=[ \t]?[,:!\n]|[ \t]?$)"
    ),
    re.compile(
        rf"(?:^|[\n.!?,])[ \t]{{0,3}}(?i:{_BYE})[ \t]?(?:,[ \t]{{0,3}}\n?|[.!:-]?[ \t]{{0,3}}\n)\s{{0,3}}"
        rf"(?P<name>{_NAME})(?=[ \t.]{{0,3}}(?:\n|$))"
    ),
)
NAME_SIGN: Final = (
    rf"(?:{_SAYS})[:,]?[ \t]+[^\Wa-z]|ame:[ \t]?[^\Wa-z]|"
    rf"(?:I am|I['’]m|his is|ch bin|e suis|ou|ou [oa]|oy|k ben|ono|(?:{_TITLES})\.?)[ \t][^\Wa-z]|"
    rf"(?:{_DEAR})[ \t][^\Wa-z]|(?i:{_BYE})[ \t]?[,.!:\n-]"
)
"""Every text in which a name is found holds this."""

_NO_NAMES: Final = listed(
    "sir madam team customer customers support service sirs all everyone everybody friend friends guys folks "
    "there both lord god the a an so very not just too super really extremely still now here in on at to from "
    "happy sad angry glad sorry gold silver platinum diamond member premium elite i it is my your our we you "
    "they he she what why how who when where damen herren zusammen kunde kundin senhor senhora señor señora "
    "senhores cliente clientes equipe equipo todos monsieur madame messieurs mesdames client équipe signori heer "
    "mevrouw klant allemaal pepper martens oetker clean american british german french spanish italian dutch "
    "brazilian portuguese english irish canadian australian indian unhappy disappointed late flight lady us "
    "united leute grüße grüsse gruesse grüßen welt freunde liebe nachbarn time gracias obrigado obrigada merci "
    "danke pessoal gente galera amigos tutti"
)


class CuedNames:
    """Names beside words that announce them, in English, German, Spanish, Portuguese, French, Italian and Dutch.

    “My name is …”, “Dear …,”, “Mr …”, a last line after “Regards,”. A name begins with a capital letter.

    >>> text = "Hello, my name is Ana Silva and I waited."
    >>> [text[start:end] for start, end in CuedNames().find(text)]
    ['Ana Silva']
    """

    def find(self, text: str) -> Iterator[Span]:
        """Where such names stand."""
        for pattern in _CUED:
            for found in pattern.finditer(text):
                words = re.findall(r"[^\W\d_]+", found["name"].casefold())
                if _NO_NAMES.isdisjoint(words):
                    yield found.span("name")


def find_own_name(text: str, name: str) -> Iterator[Span]:
    """Where the words of a customer's own name stand, each by itself.

    Written small they count only all together (“ana silva”), because “will” and “rose” are words. Single letters
    and small words such as “de” are left out.
    """
    parts = [part for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name) if len(part) > 2]
    if not parts:
        return
    said = re.compile(rf"(?<!\w){'[ ,]{1,2}'.join(map(re.escape, parts))}(?!\w)", re.IGNORECASE)
    yield from (found.span() for found in said.finditer(text))
    single = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, parts))})(?!\w)", re.IGNORECASE)
    yield from (found.span() for found in single.finditer(text) if found[0][0].isupper())

"""What touchpoints mean that the map has no field for: where customers get in touch, and where they leave for good.

Both are read from what people wrote: the id, the title, the names of events and channels. A touchpoint for which the
company acts is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Touchpoint
from desireline.maps.rules import Rule

_IN_TOUCH = re.compile(
    r"\b(contacts?|get(s|ting)? in touch|calls?( us| in| the)|phones?|hotline|complain\w*"
    r"|support (ticket|request|call)s?|tickets? opened|opens? (a )?ticket|chat started"
    r"|asks? for help|kontakt\w*|anruf\w*|beschwer\w*)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(phone|call|calls|hotline|chat|live ?chat|messenger|whatsapp|telefon|call ?cent(er|re))\b", re.IGNORECASE
)
_LEAVES = re.compile(
    r"\b(unsubscrib\w*|cancel\w*|churn\w*|terminat\w*|opt(s|ed)?[ -]out|deactivat\w*|leaves (the|us)|left us"
    r"|stops? paying|submit downgrade|abmeld\w*|abbestell\w*|kündig\w*|kuendig\w*)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b(e ?mails?|mails?)\b", re.IGNORECASE)


def badly(outline: Outline) -> str:
    """What becomes of journeys that go wrong; a promise about the whole journey can be broken too."""
    return "are lost or break the promise" if outline.map.map.promise else "are lost"


def well(outline: Outline) -> str:
    """What becomes of journeys that go well."""
    return "succeed and keep the promise" if outline.map.map.promise else "succeed"


def contacts(outline: Outline) -> list[str]:
    """Touchpoints at which customers turn to the company.

    Those whose words say so; and those that happen in channels in which people talk (phone, chat), in one of them at
    least and elsewhere only by e-mail.
    """
    talk = {one.id for one in in_order(outline.map.channels) if _says(_TALK, [one.id, one.title, *one.names])}
    written = {one.id for one in in_order(outline.map.channels) if _says(_MAIL, [one.id, one.title, *one.names])}
    own = [point for point in outline.bound if _by_customers(point) and point.id not in outline.success]
    return [
        point.id
        for point in own
        if not _says(_LEAVES, _words(point))
        and (_says(_IN_TOUCH, _words(point)) or (talk & set(point.channels) and set(point.channels) <= talk | written))
    ]


def leavings(outline: Outline) -> list[str]:
    """Touchpoints at which customers leave: they unsubscribe, cancel, stop paying."""
    own = [point for point in outline.bound if _by_customers(point) and point.id not in outline.success]
    return [point.id for point in own if _says(_LEAVES, _words(point))]


def _by_customers(point: Touchpoint) -> bool:
    return point.acts == "customer" and point.front


def _words(point: Touchpoint) -> list[str]:
    return [point.id, point.title, *(_events(point.when) if point.when else [])]


def _events(rule: Rule) -> list[str]:
    return sorted(rule.texts("event"))


def _says(pattern: re.Pattern[str], texts: Iterable[str]) -> bool:
    return any(pattern.search(re.sub(r"[_.\-]+", " ", text)) for text in texts)

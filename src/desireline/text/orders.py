"""Ids of orders, tickets, bookings and parcels: they open a customer's file, and no opinion needs them.

By their form (`ORD-12345`, `#12345`) or beside a word that says what they are, in eight languages. Flights, rooms,
sizes and models (`UA 938`, `room 1204`, `WH-1000XM4`) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desireline.text.found import Span, listed

_BOOKINGS: Final = listed(
    "confirmation confirmations confirm conf booking bookings reservation reservations pnr locator buchung reserva "
    "réservation prenotazione boeking"
)
_LOCATORS: Final = listed("locator pnr")
_WORDS: Final = _BOOKINGS | listed(
    "order orders ticket tickets case cases reference ref invoice invoices tracking parcel parcels shipment "
    "shipments account member membership loyalty claim claims refund refunds return returns rma transaction "
    "transactions request requests contract policy serial file complaint incident customer bestellung bestellungen "
    "auftrag aufträge rechnung sendung vorgang paket kunde pedido pedidos protocolo factura fatura boleto rastreio "
    "rastreamento encomenda reclamação reclamacao reclamación seguimiento fiscal commande commandes facture colis "
    "dossier suivi ordine ordini fattura spedizione pratica bestelling factuur zending zamówienie zamówienia"
)
_NUMBER_WORDS: Final = listed(
    "number numbers num no nr nummer id ids code n nº n° número numero numéro numer nro código codigo"
)
_SMALL_WORDS: Final = listed("is was are ist lautet é es est de do da der my")
_ENDS: Final = ("number", "nummer", "nr", "_id", "-id")  # Bestellnummer, ordernumber
_BETWEEN: Final = re.compile(r"[\s.:#°º=(/-]+")
_FAR: Final = 48

_CODE: Final = re.compile(
    r"(?<![\w-])(?=[A-Za-z_/-]{0,40}\d|[A-Z]{6}(?![\w-]))[A-Za-z0-9]++(?:[-_/][A-Za-z0-9]++)*+(?![\w-])"
)
_BY_FORM: Final = re.compile(
    r"(?<![&/#])#(?:[A-Z]{1,5}-?)?\d{5,20}(?:-\d{1,12})?(?!\w)|(?<![&/#])# \d{6,20}(?!\w)|"
    r"(?<![\w&/-])(?:(?:ORD|ORDER|INV|TKT|TICKET|CASE|REF|PO|RMA|BKG|BOOKING|REQ|INC|SR|CS|SO|PED)[-_#]\d[\d-]{2,20}|[A-Z]{2,6}[-_#](?:\d{2,8}-)?\d{5,20}|[A-Z]{2,5}\d{6,20}[A-Z]{0,3}|1Z[0-9A-Z]{16})(?![\w-])"
)
_BOOKING_CODE: Final = re.compile(r"[A-Z0-9]{5,8}")
_LOCATOR_LENGTH: Final = 6
_LOCATOR: Final = re.compile(r"[A-Z]{6}")
_LONG: Final = re.compile(r"(?<![\w.,-])\d{9,24}(?![\w-]|[.,]\d)")
_DATE: Final = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{1,2}[-/]\d{1,2}|\d{4}-\d{2,4}")
_UNIT: Final = re.compile(
    r"[.,]?\d|"
    r"\s?(?:[€$£%]|(?:usd|eur|euros?|dollars?|reais|people|customers|units?|pieces|pcs|items|st(?:ü|ue)ck|times|"
    r"days?|hours?|points?|miles|km|kg|am|pm)\b)",
    re.IGNORECASE,
)

ORDER_SIGN: Final = r"\d{3}|[A-Za-z][_-]?\d|\d[A-Za-z]|[A-Z]{6}"
LONG_SIGN: Final = r"\d{9}"
"""Every text that holds such an id holds its sign."""


def find_order_ids(text: str) -> Iterator[Span]:
    """Where ids of orders, tickets, bookings, invoices and parcels stand.

    Beside their word five digits are enough, three with “number”, “#” or “:” between; a code of letters and digits
    needs three digits, after a word for a booking one.
    """
    for found in _CODE.finditer(text):
        code = found[0]
        digits = sum(map(str.isdigit, code))
        if (not digits and len(code) != _LOCATOR_LENGTH) or not 3 <= len(code) <= 40:
            continue
        if _DATE.fullmatch(code) or _UNIT.match(text, found.end()):
            continue
        if _is_beside(text, found.start(), code, digits=digits):
            yield found.span()
    for found in _BY_FORM.finditer(text):
        start, end = found.span()
        yield (start + 1 if found[0][0] == "#" and text[start - 1 : start].isalnum() else start), end


def find_long_numbers(text: str) -> Iterator[Span]:
    """Where nine digits or more stand in one piece: nobody pays, counts or waits that many of anything."""
    yield from (found.span() for found in _LONG.finditer(text) if len(set(found[0])) > 1)


def _is_beside(text: str, start: int, code: str, *, digits: int) -> bool:
    """True where a word before the code says that it is an id, and the code looks like one."""
    before = text[max(0, start - _FAR) : start]
    words = _BETWEEN.split(before)
    if len(words) < 2 or words.pop():
        return False
    named = False
    while len(words) > 1 and (words[-1].casefold() in _NUMBER_WORDS | _SMALL_WORDS):
        named |= words.pop().casefold() in _NUMBER_WORDS
    shouted, word = words[-1].isupper(), words[-1].casefold()
    compound = len(word) > 6 and word.endswith(_ENDS)
    if word not in _WORDS and not compound:
        return False
    marked = bool(re.search(r"[#:=]\s?$", before))
    named |= compound
    booked = not _BOOKINGS.isdisjoint(one.casefold() for one in words[-2:])
    if not digits:
        said = named or marked or " is " in before or word in _LOCATORS
        return booked and said and not shouted and bool(_LOCATOR.fullmatch(code))
    if digits == len(code):
        return digits >= (3 if named else 4 if marked else 5)
    if booked and _BOOKING_CODE.fullmatch(code):
        return True
    return digits >= 3 and len(code) >= 5 and (named or marked or code.upper() == code)

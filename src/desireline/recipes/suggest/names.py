"""What column names usually mean: for each role the names people and vendors give it, and how surely."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from unicodedata import combining, normalize

Role = Literal[
    "customer",
    "case",
    "event",
    "status",
    "channel",
    "value",
    "score",
    "text",
    "id",
    "campaign",
    "title",
    "question",
]

_NAMES: dict[Role, Sequence[tuple[str, float]]] = {
    "customer": [
        (r"(customer|client|person|user) unique id|unique (customer|client|person|user) id", 1.1),
        (r"customer|customer (id|no|nr|number|key)|client|client id|shopper id|buyer id", 1.0),
        (
            r"(case )?(customer|client)( id| name)?|(object|ocel type) (customers?|clients?|persons?|users?)",
            0.95,
        ),
        (
            r"kunden?( ?(id|nr|nummer))?|clientes?( id)?|klant( ?(id|nr|nummer))?"
            r"|(id|codice|codigo|numero) (de |del |do )?(client|cliente)",
            0.95,
        ),
        (
            r"requester id|household( id| key)?|(caller|member|guest|patient)( id)?|passenger( id)?",
            0.92,
        ),
        (r"contact( id)?|person( id)?|subscriber( id)?|prospect( id)?|policyholder( id)?|tenant( id)?", 0.9),
        (
            r"user( id)?|visitor( id)?|respondent( id)?|respnum|profile id|employee( id)?|applicant( id)?",
            0.87,
        ),
        (r"mql id|lead( id)?|candidate( id)?|unique id", 0.8),
        (
            r"lead (number|no)|e ?mail( address)?|recipient|(account|author)( id)?|handle|user ?name",
            0.7,
        ),
        (r"cookie( id)?|device( id)?|anonymous id|ga client id|phone( number)?|submitter id|vid", 0.6),
        (r"company( id)?|organi[sz]ation( id)?|seller id|partner( id)?", 0.4),
    ],
    "case": [
        (r"case concept name|case( id)?|trace( id)?|process instance( id)?", 1.0),
        (
            r"order( id| no| number)?|(object|ocel type) orders?|ticket( id| number)?|incident( id| number)?",
            0.95,
        ),
        (
            r"claim( id| number)?|(deal|booking|reservation|application|basket)( id)?|mql id",
            0.9,
        ),
        (
            r"(conversation|chat|contract|request)( id)?|invoice( id| number)?|lead id|number",
            0.8,
        ),
        (r"(object|ocel type) .*", 0.6),
        (r"session( id)?|visit( id)?", 0.5),
    ],
    "event": [
        (
            r"concept name|event( name| type| action)?|activity( name)?|ocel activity|action",
            1.0,
        ),
        (r"(vorgang|ereignis|aktivita?e?t|aktion)s?(name|typ|art)?|schritt", 0.9),
        (r"((nom|type) d(e l)? )?(evenement|action|activite|etape)|type d evenement", 0.9),
        (r"((nome|nombre|tipo) (de |do |da |di |dell )?)?(evento|accion|actividad|acao|atividade)", 0.9),
        (r"paso|etapa|((nome|tipo) (di |dell )?)?(azione|attivita|fase)|gebeurtenis|activiteit|stap", 0.9),
        (r"page|page name|screen|step|task|milestone|operation|interaction|touch ?point|event title", 0.85),
        (r".*(event|activity|action)( name| type)?", 0.7),
        (r".*(state|status|stage|phase)", 0.55),
        (r"type|name|title", 0.4),
    ],
    "status": [(r"status|state|result|outcome", 0.8), (r".*(status|state|outcome|result)", 0.6)],
    "channel": [
        (r"(case )?channel|via channel|.*channel( name)?", 1.0),
        (r"contact type|medium|utm medium|contact method|(lead )?origin", 0.8),
        (r"lead source|(utm )?source|platform|device( type)?|touch ?point type", 0.6),
    ],
    "value": [
        (r"(payment|sales|order|transaction|net|gross|purchase|basket|total)? ?value", 1.0),
        (r"(total|order|payment|net|gross|property)? ?amount|revenue|turnover|(order |grand )?total|amount paid", 0.95),
        (r"(gesamt|rechnungs|zahlungs|bestell|auftrags|vertrags|netto|brutto)?(betrag|summe|wert|umsatz)", 0.95),
        (r"betrag (netto|brutto|gesamt)|(montant|chiffre d affaires)( total| paye| ttc| ht)?|totale?|totaal", 0.95),
        (r"(importe|ingresos|valor|receita|faturamento)( total| pago)?", 0.95),
        (r"(importo|fatturato|valore)( totale)?|bedrag|omzet", 0.95),
        (r"(gesamt|einzel|kauf|verkaufs)?preis|kosten|prijs", 0.75),
        (r"(prix|precio|preco|prezzo|cout|costo|custo)( totale?| unitario| unitaire)?", 0.75),
        (r"(total |unit )?price|costs?|sales|spent|.* (revenue|amount)", 0.75),
        (r"freight value|fee|.*(value|price|cost)", 0.5),
    ],
    "score": [
        (r"nps( score)?|netpro|.*net promoter.*|likelihood to recommend|csat( score)?|ces( score)?", 1.0),
        (r"(.* )?(score|rating|stars|satisfaction)", 0.9),
    ],
    "text": [
        (r"(.* )?(comment message|review text|verbatim|comments?|feedback)", 0.9),
        (r"((chat|ticket|customer|note|original) )?(message|body)", 0.9),
        (r"text|review|note body|notes?|transcript|content", 0.8),
    ],
    "id": [
        (
            r"(event|row|record|log|ocel|activity|review|response|answer|message|tweet) ?e?id|(uu|gu|e)?id",
            0.9,
        )
    ],
    "campaign": [(r"campaign( id| name)?|nurture( id)?|.* campaign id", 1.0), (r"content id", 0.6)],
    "title": [(r"(.* )?(title|name|subject|label)", 0.8)],
    "question": [(r"question( id| text| name)?|item|metric|survey question", 0.9)],
}

STAFF = frozenset(("owner", "agent", "staff", "team", "role", "group", "employee"))
DUE = re.compile(r"\b(due|estimated|estimate|promised?|expected|deadline|planned|limit|target|sla)\b")
CREATED = re.compile(r"\bcreated\b")
STALE = re.compile(r"\b(synced|loaded|modified|updated|changed|ingested|birth|birthday|dob|deleted|extracted)\b")
SURVEYED = re.compile(r"\b(answer|answered|submitted|completed|response|responded|finished)\b")
CURRENCY_SIGNS = {"US$": "USD", "R$": "BRL", "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN"}
"""Signs that stand for one currency; a mere $ stands for many."""
_CODES = frozenset(
    "eur usd gbp chf brl jpy cny inr cad aud nzd sek nok dkk pln czk huf mxn zar krw sgd hkd".split()  # noqa: SIM905
)
_CURRENCY_WORDS = {code: code.upper() for code in _CODES} | {"euro": "EUR", "euros": "EUR", "reais": "BRL"}
_DESCRIBES = re.compile(
    r"\b(products?|articles?|items?|sku|brand|category|department|payment|method|currency|country|city|region|store"
    r"|shop|branch|plan|segment|language|gender|browser|os|size|colou?r|tags?|group|team|agent|owner|priority|reason"
    r"|produkt|artikel|kategorie|zahlungsart|wahrung|land|stadt|ort|filiale|abteilung|sprache|marke|produit|ville|pays"
    r"|produto|producto|prodotto|ciudad|cidade|citta|pais|paese|loja|tienda|categoria)\b"
)
_COUNTED = re.compile(r"\b(count|quantity|qty|week|month|year|day|hour|age|size|number|no|nr|index|version)\b")
_NOISE = re.compile(r"^(property|properties|data|fields|attr|attributes)\b ?")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The name as lower-case words of any script: `createdAt` and `CREATED_AT` both give `created at`.

    >>> plain("property_dealName"), plain("case:concept:name"), plain("GEPRÜFT_am")
    ('deal name', 'case concept name', 'geprüft am')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", normalize("NFC", name))
    words = re.sub(r"[\W_]+", " ", parted.lower()).strip()
    words = re.sub(r"\b(create|close)d?(date|time)\b", r"\1d \2", words)
    return _NOISE.sub("", words) or words


@lru_cache(maxsize=16_384)
def fits(name: str, role: Role) -> float:
    """How surely a column of this name has the role: 0 not at all, about 1 certainly.

    Accents do not matter, nor does a currency in the name of an amount.

    >>> fits("Événement", "event"), fits("amount_eur", "value"), fits("Betrag (€)", "value"), fits("EUR", "value")
    (0.9, 0.95, 0.95, 0.75)
    """
    words = _without_accents(plain(name))
    if role == "value" and currency_named(name):
        words = _without_currency(name)
        if not words:
            return 0.75
    return next((sure for pattern, sure in _NAMES[role] if re.fullmatch(pattern, words)), 0.0)


def currency_named(name: str) -> str | None:
    """The one currency that a name tells, as its ISO 4217 code.

    >>> currency_named("amount_eur"), currency_named("Valor (R$)"), currency_named("price"), currency_named("eur_usd")
    ('EUR', 'BRL', None, None)
    """
    words = plain(name).split()
    signed = next((code for sign, code in CURRENCY_SIGNS.items() if sign in name), None)
    found = {_CURRENCY_WORDS[word] for word in words if word in _CURRENCY_WORDS} | ({signed} if signed else set())
    return found.pop() if len(found) == 1 else None


def _without_currency(name: str) -> str:
    for sign in CURRENCY_SIGNS:
        name = name.replace(sign, " ")
    words = [word for word in _without_accents(plain(name)).split() if word not in _CURRENCY_WORDS]
    return " ".join(words[:-1] if words[-1:] in (["in"], ["en"], ["em"]) else words)


def _without_accents(words: str) -> str:
    return "".join(letter for letter in normalize("NFKD", words) if not combining(letter))


def is_of_thing(name: str) -> bool:
    """True for names of what a row is about, such as a product or a shop, and not of what happened."""
    return bool(_DESCRIBES.search(_without_accents(plain(name))))


def is_of_export(name: str) -> bool:
    """True for columns that a connector adds, such as `_fivetran_synced`: they are about the export."""
    return bool(re.match(r"_(fivetran|airbyte|sdc|dlt|etl)_|.*_synced$", name.lower()))


def is_id_name(name: str) -> bool:
    """True for names that say the column identifies something."""
    return bool(re.search(r"\b(id|ids|key|uuid|guid|no|number|nr|code)$", plain(name)))


def is_counted(name: str) -> bool:
    """True for names that count something, so that their small numbers are no answers."""
    return bool(_COUNTED.search(plain(name)))


def singular(source: str) -> str:
    """The thing that a source lists: `orders` gives `order`, `ticket_data` gives `ticket`."""
    words = [word for word in plain(source).split() if word not in ("data", "dataset", "export", "sample", "csv")]
    if not words:
        return plain(source)
    last = words[-1]
    if last.endswith("ies"):
        last = last[:-3] + "y"
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return " ".join([*words[:-1], last])


def key_name(source: str, column: str) -> str:
    """The name under which other sources know a column: `id` of `ticket_data` is `ticket id`."""
    return f"{singular(source)} id" if plain(column) in ("id", "eid") else plain(column)

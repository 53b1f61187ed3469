"""Where somebody can be reached or followed online: e-mail addresses, handles, telling links, IP addresses.

Every pattern runs in time that grows with the text's length only: repeats are possessive, and a match begins where
a word begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

from desireline.text.found import Span, listed

_LOCAL: Final = r"[\w.+%-]"
_AT: Final = "[@＠]"
_EMAIL: Final = re.compile(rf"[@＠]?(?<!{_LOCAL})(?P<local>{_LOCAL}++){_AT}(?P<host>[\w-]++(?:\.[\w-]++)*+)")

_OPEN, _SHUT = r"\s{0,2}[\[({<]\s?", r"\s?[\])}>]\s{0,2}"
_AT_WORD: Final = "at|arroba|chiocciola|@|＠"
_DOT_WORD: Final = "dot|punkt|ponto|punto|point|punt|ponto|[.]"
_SAID_AT: Final = (
    rf"(?:{_OPEN}(?P<sign>{_AT_WORD}){_SHUT}|\s{{1,3}}(?:{_AT_WORD})\s{{1,3}}|{_AT}\s{{1,3}}|\s{{1,3}}{_AT})"
)
_SAID_DOT: Final = rf"(?:{_OPEN}(?:{_DOT_WORD}){_SHUT}|\s{{1,3}}(?:{_DOT_WORD})\s{{1,3}}|\.)"
_SAID: Final = re.compile(
    rf"(?<!{_LOCAL})(?P<local>(?:{_LOCAL}++\s{{1,3}}(?:{_DOT_WORD})\s{{1,3}}){{0,2}}{_LOCAL}++){_SAID_AT}"
    rf"(?P<host>[\w-]{{2,63}}+(?:{_SAID_DOT}[\w-]{{2,63}}+){{1,3}})",
    re.IGNORECASE,
)
_ENDINGS: Final = listed(
    "com net org edu gov io co info biz me app dev de fr es it nl pt br uk us ca mx ar cl in au nz ie at ch be pl se "
    "no dk fi cz gr ru ua tr jp cn kr sg hk za ae eu"
)
_MAIL_HOUSES: Final = listed(
    "gmail googlemail hotmail outlook live msn yahoo ymail icloud me mac aol gmx web t-online freenet proton "
    "protonmail pm mail uol bol terra ig libero virgilio tiscali orange free wanadoo laposte sfr ziggo kpn telenet "
    "btinternet sky comcast verizon att rediffmail yandex qq naver zoho fastmail"
)

_HANDLE: Final = re.compile(rf"(?:(?<![\w@＠])|(?<=RT)){_AT}(?P<name>\w++(?:\.(?=[a-z0-9_])\w++)*+)")
_AMOUNT: Final = re.compile(r"\d+(?:[.:]\d+)?[^\W\d_]{0,4}")

_LINK: Final = re.compile(
    r"(?:\b(?:https?|ftp)://|(?<![\w.@/-])(?:mailto:|www\.))[^\s<>\"“”«»\[\]]++"
    r"|(?<![\w.@/-])[\w-]++(?:\.[\w-]++)*\.[a-z]{2,10}/[^\s<>\"“”«»\[\]]++",
    re.IGNORECASE,
)
_SITE: Final = re.compile(r"(?:[a-z]+:(?://)?)?(?P<host>[^/?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_ENDS_A_SENTENCE: Final = ".,;:!?'’)…"
_OF_PEOPLE: Final = listed(
    "t.co bit.ly tinyurl.com goo.gl ow.ly buff.ly is.gd lnkd.in fb.me wa.me t.me youtu.be facebook.com instagram.com "
    "twitter.com x.com linkedin.com tiktok.com threads.net pinterest.com snapchat.com vk.com medium.com"
)
_TELLING: Final = re.compile(r"[?#@]|\d|[\w-]{24}")

_IP4: Final = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IP6: Final = re.compile(r"(?<![\w:.])[0-9a-fA-F]{0,4}+(?::[0-9a-fA-F]{0,4}+){2,7}(?![\w:])")
_VERSION: Final = re.compile(
    r"(?:\bv|version|release|firmware|build|ios|android|windows|chrome|firefox|safari|app|update)[\s:]{0,2}$",
    re.IGNORECASE,
)

EMAIL_SIGN: Final = "[@＠]"
SAID_SIGN: Final = (
    r"(?i:[\[({<] ?(?:at|arroba|chiocciola|@)|\s[@＠]|[@＠]\s|[\s\[({<](?:dot|punkt|ponto|punto|point)[\s\])}>]|"
    r"\s(?:at|arroba|chiocciola)\s+[a-z0-9-]+\s*[.\[({<])"
)
LINK_SIGN: Final = r"(?i:://|www\.|\w\.[\w-]+/)"
IP_SIGN: Final = r"\d\.\d+\.\d|:[0-9a-fA-F]*:"
"""Every text that holds such an address holds its sign."""


def find_emails(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand: `ana@example.com`, `ana (at) example dot com`, `ana at gmail dot com`.

    A name and an ending are asked of those that are written out, so that “look at example dot com” stays.
    """
    for found in _EMAIL.finditer(text):
        local, host = found["local"], found["host"]
        if not re.search(r"[^\W\d_]", host) or ("." not in host and host.casefold() not in _MAIL_HOUSES):
            continue
        kept = local.rsplit("..", 1)[-1].lstrip(".-")
        if kept:
            first = found.end("local") - len(kept)
            yield (found.start() if first == found.start("local") else first), found.end()


def find_said_emails(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand whose @ or dot is written out, or has blanks beside it."""
    for found in _SAID.finditer(text):
        local, host = found["local"], re.split(r"[^\w-]+", found["host"].casefold())
        end = found.end()
        if host[-1] not in _ENDINGS or not re.search(r"[^\W\d_]", local):
            continue
        known = not _MAIL_HOUSES.isdisjoint(host[:-1])
        if found["sign"] or known or re.search(r"[\d._+]|\s", local.strip(".")):
            yield found.start(), end


def find_handles(text: str) -> Iterator[Span]:
    """Where handles stand (`@ana_silva`); times and prices (`@5pm`, `@10each`) and lone signs are none."""
    for found in _HANDLE.finditer(text):
        name = found["name"]
        if re.search(r"[^\W\d_]", name) and not _AMOUNT.fullmatch(name):
            yield found.span()


def find_links(text: str) -> Iterator[Span]:
    """Where links stand that may lead to a person: with a query, a user, a number or a long code, or to a profile.

    A link to a page anybody may read (`https://shop.example/help/returns`) stays.
    """
    for found in _LINK.finditer(text):
        link = found[0].rstrip(_ENDS_A_SENTENCE)
        parts = _SITE.fullmatch(link)
        if parts is None or link.casefold().startswith("mailto:"):
            continue
        host, rest = parts["host"].casefold().removeprefix("www."), parts["rest"]
        profile = host in _OF_PEOPLE and len(rest) > 1
        if profile or "@" in host or _TELLING.search(rest):
            yield found.start(), found.start() + len(link)


def find_ip_addresses(text: str) -> Iterator[Span]:
    """Where IP addresses stand. Four single digits (`1.2.3.4`), and four numbers after “version”, are a version."""
    for found in _IP4.finditer(text):
        numbers = found[0].split(".")
        if max(map(len, numbers)) == 1 or max(map(int, numbers)) > 255:
            continue
        if not _VERSION.search(text, max(0, found.start() - 12), found.start()):
            yield found.span()
    if "::" not in text and text.count(":") < 7:
        return
    for found in _IP6.finditer(text):
        groups = [group for group in found[0].split(":") if group]
        if len(groups) >= 3 and any(map(str.isdigit, "".join(groups))) and _is_address(found[0]):
            yield found.span()


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

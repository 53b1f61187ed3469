"""Elements of HTML and SVG in which every text is escaped unless it is `Markup` already.

    el("p", {"class": "lead"}, "5 < 6 ", el("b", {}, title))

The same builder makes well-formed XML, because only HTML's void elements are left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import TypeAlias, Union

_VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


Attributes: TypeAlias = Mapping[str, str | float | bool | None]
Size: TypeAlias = dict[str, str | float | bool | None]
Child: TypeAlias = Union[str, float, "Iterable[Child]", None]


def el(tag: str, attributes: Attributes | None = None, *children: Child) -> Markup:
    """One element. Attributes that are None or False are left out; True stands as a bare attribute."""
    opened = "".join(_attribute(name, value) for name, value in (attributes or {}).items())
    if tag in _VOID:
        return Markup(f"<{tag}{opened}>")
    return Markup(f"<{tag}{opened}>{markup(children)}</{tag}>")


def markup(children: Child) -> Markup:
    """The children one after the other: texts escaped, markup as it is, None left out."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(escape(writable(children), quote=False))
    if isinstance(children, int | float):
        return Markup(f"{children:g}")
    return Markup("".join(markup(child) for child in children))


def writable(text: str) -> str:
    """The text without the control characters that neither HTML nor XML may hold."""
    return _UNWRITABLE.sub("", text)


def number(value: float) -> str:
    """A coordinate with at most two decimals, so that files stay small and goldens stay still."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _attribute(name: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = value if isinstance(value, str) else number(value)
    return f' {name}="{escape(writable(text), quote=True)}"'

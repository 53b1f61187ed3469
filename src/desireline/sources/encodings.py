"""Which encoding a text file is written in, told from all of its bytes, not from its first lines."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desireline.errors import SourceUnreadable
from desireline.sources.opened import Stamp, stamp, unpacked

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHUNK = 1 << 20
_UNDECODED = re.compile("[\udc80-\udcff]+")
_WESTERN = frozenset("€‚„…‘’“”•–—™ŠšŽžŒœŸ«»¿¡£§©®°ºª´·àáâãäåæçèéêëìíîïñòóôõöøùúûüßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜ\u00a0")


@dataclass(frozen=True)
class Encoding:
    """An encoding, how it shows bytes that it cannot read, and a note where it is not UTF-8."""

    name: str
    errors: str = "surrogateescape"
    note: str | None = None


@dataclass
class _Tally:
    """Bytes beyond ASCII: how many belong to sound UTF-8, and those that do not, by how they lie together."""

    sound: int = 0
    total: int = 0
    loose: int = 0
    lone: int = 0
    western: int = 0


def sense_encoding(path: Path, wanted: str | None = None) -> Encoding:
    """The encoding of a text file: the wanted one, else by its mark, else UTF-8 if that fits, else cp1252.

    Rows whose bytes do not fit are refused later. Raises SourceUnreadable when neither UTF-8 nor a western
    encoding is plausible, because a wrong guess would turn every name into other letters without anybody
    noticing.
    """
    if wanted:
        return _named(path, wanted)
    return _sensed(path, stamp(path))


@lru_cache(maxsize=64)
def _sensed(path: Path, _stamp: Stamp) -> Encoding:
    with unpacked(path) as file:
        head = file.read(4096)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return _wide(name) if name != "utf-8-sig" else Encoding(name)
    if unmarked := _unmarked_utf16(head):
        return _wide(unmarked)
    return _narrow(path, _count(path))


def _named(path: Path, wanted: str) -> Encoding:
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        raise SourceUnreadable(
            f"{path.name}: no encoding is called {wanted!r}. "
            "Usual ones: utf-8, utf-16, cp1252, latin-1, cp1251, shift_jis."
        ) from None
    if name in ("utf-16", "utf-32", "utf-16-le", "utf-16-be"):
        return _wide(name)
    return Encoding("utf-8-sig" if name == "utf-8" else name)


def _wide(name: str) -> Encoding:
    return Encoding(name, errors="replace", note=f"Read as {name}.")


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: in text of mostly western letters, every other byte is zero."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    if head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def _count(path: Path) -> _Tally:
    tally = _Tally()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    try:
        with unpacked(path) as file:
            while chunk := file.read(_CHUNK):
                if chunk.isascii() and not decoder.getstate()[0]:
                    tally.total += len(chunk)
                else:
                    _count_chunk(tally, decoder.decode(chunk), len(chunk))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        pass  # the row reader meets the same break and says after which row it came
    return tally


def _count_chunk(tally: _Tally, text: str, size: int) -> None:
    tally.total += size
    if text.isascii():
        return
    loose = 0
    for run in _UNDECODED.findall(text):
        loose += len(run)
        tally.lone += len(run) == 1
        letters = run.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
        tally.western += sum(letter in _WESTERN for letter in letters)
    tally.loose += loose
    tally.sound += len(text.encode("utf-8", "surrogateescape")) - len(text)


def _narrow(path: Path, tally: _Tally) -> Encoding:
    if tally.loose == 0:
        return Encoding("utf-8")
    western = tally.western >= 0.9 * tally.loose and tally.lone >= 0.5 * tally.loose
    if western and tally.sound <= tally.loose:
        return Encoding("cp1252", note="Not UTF-8; read as cp1252 (western Windows). Name another with `encoding`.")
    if tally.loose > 0.02 * tally.total and tally.sound < tally.loose:
        raise SourceUnreadable(
            f"{path.name}: the text is neither UTF-8 nor western. Say what it is in the recipe, "
            "such as `encoding: cp1251` or `encoding: shift_jis`."
        )
    return Encoding("utf-8", note="Rows whose bytes are not UTF-8 were refused.")

"""States as bytes and back: dataclasses of plain values, days, arrays and frames. Nothing in a parcel is ever executed.

A parcel is a line that says its form, the hash of the tree that follows as JSON, and the bytes of arrays and frames
that the tree names by place, length and checksum. Of classes only dataclasses of this program are made.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import blake2b
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from desireline.errors import DesirelineError
from desireline.trace.columns import checksum

_FORM = b"desireline parcel 2\n"
_DIGEST = 16
_START = len(_FORM) + _DIGEST + 8  # of the tree, behind its size
_ALIGNED = 8
_HOME = "desireline."

Bytes = bytes | memoryview


class ParcelDamaged(DesirelineError):
    """The bytes are not what was packed."""


class NotPackable(DesirelineError):
    """Something is neither plain data nor a dataclass of this program."""


def pack(thing: Any) -> bytes:
    """The thing as bytes. Raises NotPackable."""
    return b"".join(pieces(thing))


def pieces(thing: Any) -> list[Bytes]:
    """The thing as bytes that belong one behind the other; large arrays are not copied. Raises NotPackable."""
    blobs: list[Bytes] = []
    tree = json.dumps(_Packer(blobs).node(thing), separators=(",", ":"), allow_nan=True).encode()
    tree += b" " * (-(_START + len(tree)) % _ALIGNED)
    return [_FORM, blake2b(tree, digest_size=_DIGEST).digest(), len(tree).to_bytes(8, "little"), tree, *blobs]


def unpack(data: bytes) -> Any:
    """The thing that was packed; arrays may not be written to. Raises ParcelDamaged."""
    size = int.from_bytes(data[_START - 8 : _START], "little")
    tree = data[_START : _START + size]
    if data[: len(_FORM)] != _FORM or blake2b(tree, digest_size=_DIGEST).digest() != data[len(_FORM) : _START - 8]:
        raise ParcelDamaged("A kept state is torn, or of another form.")
    try:
        return _Unpacker(memoryview(data)[_START + size :]).thing(json.loads(tree))
    except (KeyError, TypeError, AttributeError, ImportError, ValueError) as fault:
        raise ParcelDamaged(f"A kept state was packed by another version: {fault}") from fault


class _Packer:
    """Makes the tree, and gathers the bytes that it points to."""

    def __init__(self, blobs: list[Bytes]) -> None:
        self._blobs = blobs
        self._end = 0

    def node(self, thing: Any) -> Any:
        """The thing as JSON: plain values as they are, all others as an object of one entry that says the kind."""
        if thing is None or isinstance(thing, bool | int | float | str):
            return thing
        if isinstance(thing, np.generic):
            return thing.item()
        if isinstance(thing, np.ndarray):
            return {"array": [thing.dtype.str, list(thing.shape), *self._put(np.ascontiguousarray(thing))]}
        if type(thing) in (tuple, list):
            return {type(thing).__name__: [self.node(one) for one in thing]}
        if isinstance(thing, dict):
            return {"dict": [[self.node(key), self.node(one)] for key, one in thing.items()]}
        if isinstance(thing, date):  # and instants, which are dates too
            return {type(thing).__name__: thing.isoformat()}
        if hasattr(thing, "write_ipc"):
            held = io.BytesIO()
            thing.write_ipc(held, compression="zstd")
            return {"frame": self._put(np.frombuffer(held.getbuffer(), dtype=np.uint8))}
        return {"made": self._made(thing)}

    def _made(self, thing: Any) -> list[Any]:
        kind = type(thing)
        if not is_dataclass(thing) or not kind.__module__.startswith(_HOME):
            raise NotPackable(f"{kind.__module__}.{kind.__qualname__} cannot be packed.")
        return [
            kind.__module__,
            kind.__qualname__,
            {one.name: self.node(getattr(thing, one.name)) for one in fields(kind)},
        ]

    def _put(self, data: npt.NDArray[Any]) -> list[int]:
        """Place, length and checksum of the bytes."""
        flat = data.reshape(-1).view(np.uint8)
        start, gap = self._end, _gap(len(flat))
        self._blobs += [flat.data, gap]
        self._end += len(flat) + len(gap)
        return [start, len(flat), checksum(flat)]


class _Unpacker:
    """Follows the tree."""

    def __init__(self, blobs: memoryview) -> None:
        self._blobs = blobs
        self._kinds: dict[str, Callable[[Any], Any]] = {
            "array": self._array,
            "frame": self._frame,
            "made": self._made,
            "date": date.fromisoformat,
            "datetime": datetime.fromisoformat,
            "tuple": lambda held: tuple(map(self.thing, held)),
            "list": lambda held: list(map(self.thing, held)),
            "dict": lambda held: {self.thing(key): self.thing(one) for key, one in held},
        }

    def thing(self, node: Any) -> Any:
        """What the node stands for."""
        if not isinstance(node, dict):
            return node
        [(kind, held)] = node.items()
        return self._kinds[kind](held)

    def _array(self, held: list[Any]) -> Any:
        kind, shape, *place = held
        return self._bytes(*place).view(np.dtype(kind)).reshape(shape)

    def _frame(self, held: list[int]) -> Any:
        import polars as pl  # noqa: PLC0415 - loaded for parcels that hold frames; the others do not wait for it

        return pl.read_ipc(io.BytesIO(self._bytes(*held).data))

    def _bytes(self, start: int, size: int, check: int) -> npt.NDArray[np.uint8]:
        found = np.frombuffer(self._blobs[start : start + size], dtype=np.uint8)
        behind = self._blobs[start + size : start + size + len(_gap(size))]
        if len(found) != size or checksum(found) != check or behind != _gap(size):
            raise ParcelDamaged("An array of a kept state is torn.")
        return found

    def _made(self, held: list[Any]) -> Any:
        module, name, said = held
        kind = getattr(import_module(module), name) if module.startswith(_HOME) else None
        if not (isinstance(kind, type) and is_dataclass(kind)):
            raise ParcelDamaged(f"A kept state names {module}.{name}, which holds no state.")
        return kind(**{field: self.thing(one) for field, one in said.items()})


def _gap(size: int) -> bytes:
    """What stands behind so many bytes, so that the next array begins where the processor likes it."""
    return bytes(-size % _ALIGNED)

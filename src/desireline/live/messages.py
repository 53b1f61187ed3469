"""The messages between a client and the room of a map: one byte for the kind, then the body.

    0 hello     JSON   client: {epoch}; server: {epoch, role, archived, member, client, limits}
    1 state     bytes  a state vector: "send me what I lack"
    2 update    seq and bytes  an edit; from a client `seq` counts its own edits from 1, from the server it is 0
    3 saved     seq    every edit of this client up to `seq` is on the disk
    4 refused   JSON   {seq, code, says}: this edit was not taken; the client must not keep it in its document
    5 presence  JSON   {client, member, name, state}; state null: gone. From a client only the state
    6 told      JSON   {kind, …}: something happened beside the document (remarks, role, name, version, closing)

`seq` is an unsigned LEB128 number, as Yjs writes them. The same list is in `web/src/session/messages.ts`.
"""

from __future__ import annotations

import json
from enum import IntEnum
from typing import Any

from desireline.errors import UpdateRefused


class Kind(IntEnum):
    """What a message is."""

    HELLO = 0
    STATE = 1
    UPDATE = 2
    SAVED = 3
    REFUSED = 4
    PRESENCE = 5
    TOLD = 6


def told(kind: Kind, body: Any) -> bytes:
    """A message with JSON."""
    return bytes([kind]) + json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()


def numbered(kind: Kind, seq: int, body: bytes = b"") -> bytes:
    """A message with a number, and bytes."""
    return bytes([kind]) + written(seq) + body


def written(number: int) -> bytes:
    """An unsigned number as LEB128."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def read_number(body: bytes) -> tuple[int, bytes]:
    """The number at the beginning, and what comes after it. Raises UpdateRefused."""
    number = 0
    for place, byte in enumerate(body[:8]):
        number |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return number, body[place + 1 :]
    raise UpdateRefused("A message was cut off, so it was not taken.", code="malformed")


def read_json(body: bytes) -> dict[str, Any]:
    """The mapping in the body. Raises UpdateRefused."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UpdateRefused("A message could not be read, so it was not taken.", code="malformed")
    return found

"""Pictures of a map as they stand in an export: small, without anything hidden in them, and part of the file itself."""

from __future__ import annotations

import warnings
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from io import BytesIO

from PIL import Image, ImageOps

from desireline.draw.board import Column, Lane, Note
from desireline.maps.outline import Outline, in_order

SIDES = (640, 400)
MOST_PIXELS = 50_000_000
_BEGIN = "data:image/jpeg;base64,"


def storyboard(outline: Outline, columns: Sequence[Column], pictures: Mapping[str, bytes]) -> Lane | None:
    """The lane of pictures: those of each touchpoint and of its cards; None where there is none."""
    shown: dict[str, str] = {}
    notes: dict[str, list[Note]] = {}
    strips: dict[str, list[Note]] = {}
    places = {column.place for column in columns if column.card}
    stages = {column.stage for column in columns}
    records = [(point.id, point.title or point.id, point.image) for point in outline.touchpoints]
    records += [(card.at, card.says or card.lane, card.image) for card in in_order(outline.map.cards)]
    for at, says, image in records:
        if image and image in pictures:
            shown[image] = shown.get(image) or picture_uri(pictures[image])
        if image and shown.get(image):
            kept = notes if at in places else strips if at in stages else {}
            kept.setdefault(at, []).append(Note(says, image=shown[image]))
    return Lane("picture", "Storyboard", strips, notes) if notes or strips else None


def picture_uri(body: bytes) -> str:
    """The picture, made small, as a `data:` address; nothing for bytes that are no picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(body)) as found:
                if found.width * found.height > MOST_PIXELS:
                    return ""
                small = ImageOps.exif_transpose(found).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return ""
    small.thumbnail(SIDES)
    sheet = Image.new("RGB", small.size, "white")
    sheet.paste(small, mask=small.getchannel("A"))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=85)
    return _BEGIN + b64encode(out.getvalue()).decode()


def bytes_of(uri: str) -> bytes:
    """The bytes behind such an address."""
    return b64decode(uri.removeprefix(_BEGIN))

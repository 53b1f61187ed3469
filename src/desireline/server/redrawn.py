"""A picture that somebody uploads is drawn again: what comes out holds pixels and nothing else.

Places, names, thumbnails and whatever was appended are gone. A picture that would take too much memory is refused
before it is unpacked.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from desireline.errors import PictureRefused

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600  # pixels; what is larger is made smaller

_BEGINS = {
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "JPEG": (b"\xff\xd8\xff",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "WEBP": (b"RIFF",),
}


@dataclass(frozen=True)
class Redrawn:
    """A picture's bytes, and what they are."""

    kind: str
    body: bytes
    width: int
    height: int


def redrawn(body: bytes) -> Redrawn:
    """The picture, upright, at most 1,600 pixels a side: JPEG, or PNG where parts are clear. Raises PictureRefused."""
    if len(body) > MOST_BYTES:
        raise PictureRefused(f"This picture is larger than {MOST_BYTES // 1024 // 1024} MB. Save it smaller.")
    kind = next((kind for kind, begins in _BEGINS.items() if body.startswith(begins)), None)
    if kind is None:
        raise PictureRefused("This is no picture that is taken. Upload PNG, JPEG, GIF or WebP.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(body, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError) as fault:
        raise PictureRefused("This picture is damaged, so it was not taken. Save it again and upload that.") from fault


def _drawn(body: bytes, kind: str) -> Redrawn:
    with Image.open(BytesIO(body), formats=[kind]) as held:
        if held.width * held.height > MOST_PIXELS:
            raise _too_large()
        held.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(held)
        clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        plain = picture.convert("RGBA" if clear else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = BytesIO()
    if clear:
        fresh.save(out, "PNG", optimize=True)
    else:
        fresh.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    return Redrawn("image/png" if clear else "image/jpeg", out.getvalue(), fresh.width, fresh.height)


def _too_large() -> PictureRefused:
    return PictureRefused(f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. Save it smaller.")

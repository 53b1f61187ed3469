"""A picture in a file: SVG as it is, PNG and PDF through vl-convert, without a browser and without a
network.
"""

from __future__ import annotations

import re
from pathlib import Path

from desireline.errors import MissingExtra, UnknownPicture

MOST_PIXELS = 16_000
KINDS = ("svg", "png", "pdf")


def export(svg: str, path: str | Path, *, scale: float = 2.0) -> Path:
    """The picture stands in `path`, in the kind that its ending names. `scale` is PNG pixels per SVG pixel.

    Raises `UnknownPicture` for other endings and `MissingExtra` where PNG or PDF is asked for without
    `desireline[export]`.
    """
    path = Path(path)
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UnknownPicture(path.name, KINDS)
    path.write_bytes(svg.encode() if kind == "svg" else convert(svg, kind, scale=scale))
    return path


def convert(svg: str, kind: str, *, scale: float = 2.0) -> bytes:
    """The picture as the bytes of a PNG or PDF. Very large maps are scaled down to what fits in 16,000
    pixels.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an optional package
    except ImportError:
        raise MissingExtra(f"Writing a {kind.upper()}", "export") from None
    made: bytes = (
        vl_convert.svg_to_png(svg, scale=_fitting(svg, scale)) if kind == "png" else vl_convert.svg_to_pdf(svg)
    )
    return made


def _fitting(svg: str, scale: float) -> float:
    sides = [float(side) for side in re.findall(r'\b(?:width|height)="([\d.]+)"', svg[:400])]
    return min(scale, MOST_PIXELS / max(sides, default=1.0))

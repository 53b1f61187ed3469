"""The templates from which a map can be begun."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from desireline.maps.files import map_data, read_map
from desireline.maps.templates import load_template, template_abouts, template_titles
from desireline.server.fields import Id
from desireline.server.guards import READ, desk_of
from desireline.server.sketches import MapSketch, template_sketch

router = APIRouter(prefix="/api/templates", tags=["templates"], dependencies=[Depends(READ)])


class Template(BaseModel):
    """A map to begin with."""

    name: str
    title: str
    about: str
    sketch: MapSketch


@router.get("")
def templates(request: Request) -> list[Template]:
    """All templates, the default first."""
    abouts, today = template_abouts(), desk_of(request).clock().date()
    return [
        Template(name=name, title=title, about=abouts[name], sketch=template_sketch(name, today))
        for name, title in template_titles().items()
    ]


@router.get("/{name}")
def template(name: Id) -> dict[str, Any]:
    """A template as data, in the shape of its file."""
    return map_data(read_map(load_template(name), name))

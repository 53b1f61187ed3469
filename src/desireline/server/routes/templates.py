"""The templates from which a map can be begun."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from desireline.maps.templates import template_abouts, template_titles
from desireline.server.guards import READ

router = APIRouter(prefix="/api/templates", tags=["templates"], dependencies=[Depends(READ)])


class Template(BaseModel):
    """A map to begin with."""

    name: str
    title: str
    about: str


@router.get("")
def templates() -> list[Template]:
    """All templates, the default first."""
    abouts = template_abouts()
    return [Template(name=name, title=title, about=abouts[name]) for name, title in template_titles().items()]

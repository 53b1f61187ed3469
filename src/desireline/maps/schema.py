"""The JSON Schema of map files, for editors and other programs.

It says what a *file* may hold, so ids of cards and links may be missing and rules may use their short forms.
It cannot say that ids are unique or that mentioned records exist; `desireline map check` does.
"""

from __future__ import annotations

from typing import Any

from desireline.maps.records import Map

SCHEMA_ID = "urn:desireline:map:1"

_TEXT_OR_NUMBER = [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]
_SAID = {
    "title": "Said",
    "description": "A text or number (equals), a list of them (any of), or a test.",
    "anyOf": [
        *_TEXT_OR_NUMBER,
        {"type": "array", "minItems": 1, "items": {"anyOf": _TEXT_OR_NUMBER}},
        {"$ref": "#/$defs/Test"},
    ],
}


def map_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) against which an editor checks a map file."""
    schema = Map.model_json_schema(by_alias=True, mode="validation")
    schema = _with_short_forms(schema)
    definitions = {name: _definition(name, found) for name, found in schema["$defs"].items()} | {"Said": _SAID}
    own = {name: value for name, value in schema.items() if name != "$defs"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **own,
        "title": "A customer journey map",
        "properties": {name: _blank_allowed(found) for name, found in own["properties"].items()},
        "$defs": dict(sorted(definitions.items())),
    }


def _with_short_forms(node: Any) -> Any:
    """Wherever a test is wanted, its short forms are taken too."""
    if isinstance(node, dict):
        if node.get("$ref") == "#/$defs/Test":
            return {**node, "$ref": "#/$defs/Said"}
        return {name: _with_short_forms(value) for name, value in node.items()}
    return [_with_short_forms(value) for value in node] if isinstance(node, list) else node


def _definition(name: str, found: dict[str, Any]) -> dict[str, Any]:
    """Ids of cards and links are worked out where missing; fields that name themselves need no title."""
    required = [field for field in found.get("required", []) if not (field == "id" and name in ("Card", "Link"))]
    properties = {field: _untitled(value) for field, value in found.get("properties", {}).items()}
    changed = {**found, "properties": properties, "required": required}
    return {key: value for key, value in changed.items() if value not in ([], {})}


def _untitled(field: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in field.items() if key != "title" and not (key == "default" and value is None)}


def _blank_allowed(field: dict[str, Any]) -> dict[str, Any]:
    """A section may stand empty (`campaigns:`)."""
    return {**_untitled(field), "type": ["array", "null"]} if field.get("type") == "array" else _untitled(field)
